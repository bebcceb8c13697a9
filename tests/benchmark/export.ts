import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { entryExpression } from '#lib/server/ledger/entry-expressions.ts';
import { pinSlice } from '#lib/server/ledger/pinned.ts';
import { NAMES, pageOf } from '#lib/server/ledger/row-stream.ts';
import { openExtract, type Extract } from '#lib/server/outlet/extract.ts';
import { writeTransactionsCsv } from '#lib/server/outlet/transactions-csv.ts';
import { writeTransactionsJson } from '#lib/server/outlet/transactions-json.ts';
import { writeTransactionsXlsx } from '#lib/server/outlet/transactions-xlsx.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { streamPieces } from '#lib/server/outlet/stream.ts';
import { writeActivityFile } from '#lib/server/outlet/iati/activities-xml.ts';
import { activitiesOfSlice } from '#lib/server/ledger/activity-entries.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { ROLES, addressOf, createDatabase, startCluster } from '../support/postgres-cluster.ts';
import { measureAuditPack } from './audit-pack.ts';
import { fill } from './fill.ts';

const SLICE = { ...defaultSlice('all'), measure: 'spent' as const };
const SITE = { origin: 'https://portfolio.example.org', portfolio: 'gloact' };
const SLOW_BYTES_A_SECOND = 100_000;
const SLOW_SECONDS = 5;
const MEGABYTE = 1024 * 1024;
const PGLITE_MOST = 200_000;

type Format = { name: string; write: (extract: Extract, db: Kysely<DB>) => Response; aim: string };

const FORMATS: readonly Format[] = [
	{ name: 'CSV, guarded', write: writeTransactionsCsv, aim: '>= 0.60 of psql' },
	{ name: 'JSON', write: writeTransactionsJson, aim: '' },
	{ name: 'XLSX', write: writeTransactionsXlsx, aim: '>= 25000 rows/s' },
	{ name: 'IATI XML', write: writeXml, aim: '>= 40000 rows/s' }
];

function writeXml({ pinned }: Extract, db: Kysely<DB>): Response {
	const pieces = writeActivityFile({
		db,
		at: { posting: pinned.version.published!, latest: false, loadedOn: null },
		publisher: { reference: 'XX-BENCH', name: 'Benchmark', type: null },
		entries: { pinned, whole: false },
		about: 'benchmark',
		projects: () => Promise.resolve([]),
		activities: (after, limit) => activitiesOfSlice(db, pinned, after, limit)
	});
	return new Response(streamPieces(pieces));
}

/** Downloads of one slice in every format beside `psql \copy` of the same rows, and a slow reader. */
export async function measureExport(entries: number): Promise<void> {
	await onPostgres(entries);
	const size = Math.min(entries, PGLITE_MOST);
	const database = await openDatabase({
		databaseUrl: null,
		databaseOwnerUrl: null,
		dataDir: 'memory://',
		queryTimeoutSeconds: 3600
	});
	try {
		await prepare(database, size);
		console.log(`\nDownloads, PGlite, ${size} entries (aim for CSV: >= 80000 rows/s)`);
		await measureFormats(database, null);
	} finally {
		await database.close();
	}
}

async function onPostgres(entries: number): Promise<void> {
	const binaries = findPostgresBinaries();
	if (!binaries) {
		console.log('\nDownloads, PostgreSQL: not run, no server programs were found');
		return;
	}
	const cluster = await startCluster(binaries);
	try {
		const url = addressOf(cluster.address, await createDatabase(cluster.address), ROLES.administrator);
		const database = await openDatabase({
			databaseUrl: url,
			databaseOwnerUrl: url,
			dataDir: '',
			queryTimeoutSeconds: 3600
		});
		try {
			await prepare(database, entries);
			console.log(`\nDownloads, PostgreSQL, ${entries} entries`);
			const floor = await measureCopy(database, url);
			await measureFormats(database, floor);
			await measureAuditPack(database, SLICE, SITE);
			await measureSlowReader(database);
		} finally {
			await database.close();
		}
	} finally {
		await cluster.stop();
	}
}

async function prepare(database: Database, entries: number): Promise<void> {
	await migrateToLatest(database);
	await fill(database, {
		entries,
		postings: Math.max(10, Math.round(entries / 5000)),
		activities: Math.max(100, Math.round(entries / 50))
	});
}

/** `psql \copy` of the same rows and columns, names joined as plainly as can be, without a guard; rows a second. */
async function measureCopy({ db }: Database, url: string): Promise<number> {
	const pinned = await pinSlice(db, SLICE);
	const columns = ENTRY_COLUMNS.map(({ name }) => sql`${entryExpression(name, SLICE)} as ${sql.id(name)}`);
	const { sql: text, parameters } = sql`with ${pageOf(pinned, null, 2_000_000_000)}
		select ${sql.join(columns)} from page ${NAMES} order by page.sort_date, page.reporting_organisation_id, page.entry_id`.compile(
		db
	);
	const inlined = text
		.replace(/\$(\d+)/g, (_, number: string) => literal(parameters[Number(number) - 1]))
		.replace(/\s+/g, ' ');
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-bench-'));
	// In a session as the application has it: psql would lose time with compiling.
	const env = { ...process.env, PGOPTIONS: '-c jit=off' };
	try {
		const rates = [1, 2].map(() => {
			const start = performance.now();
			execFileSync('psql', [url, '-qAtc', `\\copy (${inlined}) to '${join(folder, 'rows.csv')}' csv`], {
				env
			});
			return (pinned.total.entries / (performance.now() - start)) * 1000;
		});
		const best = Math.max(...rates);
		print('psql \\copy of the same rows', pinned.total.entries, best, null);
		return best;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function literal(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return `array[${value.map(literal).join(',')}]`;
	return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}

async function measureFormats({ exports: db }: Database, floor: number | null): Promise<void> {
	for (const { name, write, aim } of FORMATS) {
		const before = process.memoryUsage().rss;
		let peak = before;
		const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
		const start = performance.now();
		const extract = await openExtract(db, SLICE, SITE);
		let first = 0;
		let bytes = 0;
		for await (const chunk of write(extract, db).body!) {
			first ||= performance.now() - start;
			bytes += chunk.length;
		}
		const seconds = (performance.now() - start) / 1000;
		clearInterval(watching);
		const rows = extract.pinned.total.entries;
		print(name, rows, rows / seconds, {
			beside: floor === null ? '' : `${(rows / seconds / floor).toFixed(2)} of psql`,
			rest: `${(bytes / MEGABYTE).toFixed(0)} MB, first byte ${first.toFixed(0)} ms (aim <= 300), memory +${((peak - before) / MEGABYTE).toFixed(0)} MB (aim <= 150)`,
			aim
		});
	}
}

/** A reader at 100 kB/s: what it holds of memory and of the connections for downloads. */
async function measureSlowReader({ exports: db, db: pages }: Database): Promise<void> {
	const before = process.memoryUsage().rss;
	const reader = writeTransactionsCsv(await openExtract(db, SLICE, SITE)).body!.getReader();
	let peak = before;
	let held = 0;
	const until = performance.now() + SLOW_SECONDS * 1000;
	while (performance.now() < until) {
		const { value } = await reader.read();
		await new Promise((resolve) => setTimeout(resolve, ((value?.length ?? 0) / SLOW_BYTES_A_SECOND) * 1000));
		peak = Math.max(peak, process.memoryUsage().rss);
		const { rows } = await sql<{ busy: number }>`select count(*)::integer as busy from pg_stat_activity
			where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`.execute(pages);
		held = Math.max(held, rows[0]!.busy);
	}
	await reader.cancel();
	console.log(
		`a reader at 100 kB/s: memory +${((peak - before) / MEGABYTE).toFixed(0)} MB, ${held} connections at work while it waits (aim 0)`
	);
}

function print(
	name: string,
	rows: number,
	rate: number,
	more: { beside: string; rest: string; aim: string } | null
): void {
	const line = `${name.padEnd(30)}${String(rows).padStart(9)} rows${rate.toFixed(0).padStart(9)} rows/s`;
	console.log(more === null ? line : `${line}  ${more.beside.padEnd(14)}${more.aim.padEnd(18)}${more.rest}`);
}
