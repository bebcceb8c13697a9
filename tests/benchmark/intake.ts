import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { post } from '#lib/server/intake/post.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { stage } from '#lib/server/intake/stage.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { ROLES, addressOf, createDatabase, startCluster } from '../support/postgres-cluster.ts';
import { writeIatiFile, type IatiFileSize } from './iati-file.ts';

const SIZES: Record<string, IatiFileSize> = {
	'10 MB': { activities: 1_000, transactions: 15_000 },
	'100 MB': { activities: 12_000, transactions: 180_000 }
};
const PATIENCE_SECONDS = 3600;
const AIMS = { postgresql: 10_000, pglite: 3_000 };

/** A generated IATI file from its bytes to the books, phase by phase, beside what the machine can do at best. */
export async function measureIntake(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-bench-'));
	const binaries = findPostgresBinaries();
	const cluster = binaries ? await startCluster(binaries) : null;
	try {
		for (const [name, size] of Object.entries(SIZES)) {
			const file = join(folder, `${size.activities}.xml`);
			await pipeline(Readable.from(writeIatiFile(size)), createWriteStream(file));
			if (cluster) {
				const url = addressOf(cluster.address, await createDatabase(cluster.address), ROLES.administrator);
				await measure(`PostgreSQL, ${name}`, file, size, AIMS.postgresql, {
					databaseUrl: url,
					databaseOwnerUrl: url
				});
				printFloor(file, size, url);
			}
		}
		const pglite = SIZES['10 MB']!;
		const file = join(folder, `${pglite.activities}.xml`);
		await measure('PGlite, 10 MB', file, pglite, AIMS.pglite, { databaseUrl: null, databaseOwnerUrl: null });
	} finally {
		await cluster?.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(
	title: string,
	file: string,
	{ transactions }: IatiFileSize,
	aim: number,
	where: { databaseUrl: string | null; databaseOwnerUrl: string | null }
): Promise<void> {
	const database = await openDatabase({
		...where,
		dataDir: 'memory://',
		queryTimeoutSeconds: PATIENCE_SECONDS
	});
	let peak = 0;
	const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
	try {
		await migrateToLatest(database);
		const phases: [name: string, seconds: number, cpuSeconds: number][] = [];
		const lap = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
			const start = performance.now();
			const before = process.cpuUsage();
			const done = await work();
			const { user, system } = process.cpuUsage(before);
			phases.push([name, (performance.now() - start) / 1000, (user + system) / 1e6]);
			return done;
		};
		await takeThrough(database, file, lap);
		const seconds = phases.reduce((sum, [, each]) => sum + each, 0);
		const perSecond = transactions / seconds;
		console.log(
			`\n${title}: ${transactions} transactions in ${seconds.toFixed(1)} s, ${perSecond.toFixed(0)} a second (aim ${aim}: ${perSecond >= aim ? 'reached' : 'MISSED'})`
		);
		console.log(phases.map(([name, each]) => `${name} ${each.toFixed(1)} s`).join(', '));
		// Of the machine's other work this says less than the seconds do. With PGlite the database's thread is in it.
		console.log(
			`CPU of this process a transaction: ${phases.map(([name, , cpu]) => `${name} ${((cpu / transactions) * 1e6).toFixed(0)} µs`).join(', ')}`
		);
		console.log(`peak memory of this process ${(peak / 2 ** 20).toFixed(0)} MB (aim <= 400)`);
	} finally {
		clearInterval(watching);
		await database.close();
	}
}

async function takeThrough(
	{ intake: db }: Database,
	file: string,
	lap: <T>(name: string, work: () => Promise<T>) => Promise<T>
): Promise<void> {
	const source = await lap('receive', () =>
		receive(db, {
			name: 'benchmark.xml',
			mediaType: 'application/xml',
			bytes: createReadStream(file),
			receivedBy: 'command',
			released: false
		})
	);
	const { importId, state } = await lap('read and check', () =>
		stage(db, {
			sourceId: source.sourceId,
			nature: 'published',
			format: 'iati-activities',
			coverage: { complete: false },
			options: { fileName: 'benchmark.xml', nature: 'published' }
		})
	);
	if (state !== 'staged') throw new Error(`the benchmark's file was ${state}`);
	await lap('compare', () => compare(db, importId));
	await lap('post', () => post(db, importId, { explanation: 'benchmark' }));
	const { rows } = await sql<{ entries: string; cells: string }>`
		select (select count(*) from ledger_entry) as entries, (select count(*) from entry_share) as cells`.execute(
		db
	);
	console.log(`${rows[0]!.entries} entries, ${rows[0]!.cells} cells`);
}

/** The bare limit: the XML through expat in C without looking at it, and the same rows by COPY into tables without indexes. */
function printFloor(file: string, { transactions }: IatiFileSize, url: string): void {
	const script =
		'import sys, time, xml.parsers.expat as e\nt = time.time()\ne.ParserCreate().ParseFile(open(sys.argv[1], "rb"))\nprint(time.time() - t)';
	try {
		const parse = Number(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }));
		const rows = `${file}.rows`;
		const psql = (command: string) => execFileSync('psql', [url, '-qAtc', command], { encoding: 'utf8' });
		let copy = 0;
		for (const table of ['ledger_entry', 'entry_share']) {
			psql(`\\copy ${table} to '${rows}'`);
			psql(`create table bare_${table} (like ${table})`);
			const start = performance.now();
			psql(`\\copy bare_${table} from '${rows}'`);
			copy += (performance.now() - start) / 1000;
			writeFileSync(rows, '');
		}
		console.log(
			`bare limit: expat ${parse.toFixed(1)} s + COPY ${copy.toFixed(1)} s = ${(transactions / (parse + copy)).toFixed(0)} transactions a second`
		);
	} catch (error) {
		console.log(`bare limit: not run (${(error as Error).message.split('\n')[0]})`);
	}
}
