import { sql } from 'kysely';
import { chromium, type Browser } from 'playwright-core';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { startApplication } from '../support/application.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { ROLES, addressOf, createDatabase, startCluster } from '../support/postgres-cluster.ts';
import { measureBesideDownloads } from './beside-downloads.ts';
import { fill, type Size } from './fill.ts';
import { percentile } from './report.ts';

const ROUNDS = 20;
const SLOWER = 4;
const KIB = 1024;
const PATIENCE_SECONDS = 3600;

/** Stands for the page of the portfolio's first activity, whose number comes after the filler's: those belong to no project. */
const FIRST_ACTIVITY = 'the first activity';

/** One page of each kind, over everything the ledger holds. */
const PAGES = [
	'/?portfolio=all',
	'/projects?portfolio=all',
	'/projects/GLOACT',
	'/projects/GLOACT/agreement',
	'/countries?portfolio=all',
	'/countries/ML?portfolio=all',
	'/activities?portfolio=all',
	'/activities?portfolio=all&q=prosecutors',
	FIRST_ACTIVITY,
	'/organisations?portfolio=all',
	'/organisations/3?portfolio=all',
	'/funding?portfolio=all',
	'/results?portfolio=all',
	'/transactions?portfolio=all',
	'/transactions?portfolio=all&country=ML',
	'/proof?portfolio=all&country=ML',
	'/search?q=mali',
	'/sources',
	'/about'
];

/** Papers, drawn anew as well. */
const REPORTS = [
	'/brief.pdf',
	'/fr/brief.pdf',
	'/projects/GLOACT.pdf',
	'/countries/ML.pdf',
	'/organisations/2.pdf'
];

type Seen = { bytes: number; script: number; requests: number; lcp: number; shift: number };

/**
 * Every kind of page over a filled PostgreSQL: made anew by the server (no page is kept, drawings are), what it weighs, and
 * when its largest part is painted in Chromium with the processor four times slower.
 */
export async function measureSite(size: Size): Promise<void> {
	const binaries = findPostgresBinaries();
	if (!binaries) {
		console.log('\nSite: not run, no server programs of PostgreSQL were found');
		return;
	}
	const cluster = await startCluster(binaries);
	try {
		const url = addressOf(cluster.address, await createDatabase(cluster.address), ROLES.administrator);
		await prepare(url, size);
		const application = await startApplication({ DATABASE_URL: url, PAGE_CACHE_MB: '0' }, 600);
		const browser = await chromium.launch(chromiumOptions());
		try {
			await printPages(application.address, browser, size);
			await printReports(application.address);
			await measureBesideDownloads(application.address);
		} finally {
			await browser.close();
			await application.stop();
		}
	} finally {
		await cluster.stop();
	}
}

async function printPages(address: string, browser: Browser, size: Size): Promise<void> {
	console.log(
		`\nSite on PostgreSQL, ${size.entries} entries, ${size.activities} activities; aims: p95 <= 200 ms, 250 kB in all, 60 kB of script, largest paint <= 1000 ms at ${SLOWER}x, shift <= 0.02`
	);
	const heads = ['p50 ms', 'p95 ms', 'kB', 'script kB', 'requests', 'paint ms', 'shift'];
	console.log('page'.padEnd(42) + heads.map((head) => head.padStart(10)).join(''));
	for (const named of PAGES) {
		const path = named === FIRST_ACTIVITY ? await findActivity(address) : named;
		const drawn = await drawAnew(address + path);
		if (typeof drawn === 'string') {
			console.log(`${path.padEnd(42)}  ${drawn}`);
			continue;
		}
		const { bytes, script, requests, lcp, shift } = await see(browser, address + path);
		const missed =
			drawn.p95 > 200 || bytes > 250 * KIB || script > 60 * KIB || lcp > 1000 || shift > 0.02
				? '  MISSED'
				: '';
		const figures = [
			drawn.p50.toFixed(0),
			drawn.p95.toFixed(0),
			(bytes / KIB).toFixed(1),
			(script / KIB).toFixed(1),
			String(requests),
			lcp.toFixed(0),
			shift.toFixed(3)
		];
		console.log(path.padEnd(42) + figures.map((figure) => figure.padStart(10)).join('') + missed);
	}
}

async function findActivity(address: string): Promise<string> {
	const list = await (await fetch(`${address}/activities`)).text();
	const [, path] = /href="(\/activities\/\d+[^"#]*)/.exec(list) ?? [];
	if (path === undefined) throw new Error('the list of activities leads to none');
	return path.replaceAll('&amp;', '&');
}

async function printReports(address: string): Promise<void> {
	console.log('\nReports (PDF), the same books; aim: p95 <= 1000 ms');
	for (const path of REPORTS) {
		const drawn = await drawAnew(address + path);
		const figures =
			typeof drawn === 'string'
				? `  ${drawn}`
				: [drawn.p50, drawn.p95].map((time) => time.toFixed(0).padStart(10)).join('') +
					(drawn.p95 > 1000 ? '  MISSED' : '');
		console.log(path.padEnd(42) + figures);
	}
}

async function drawAnew(url: string): Promise<{ p50: number; p95: number } | string> {
	const times: number[] = [];
	for (let round = -2; round < ROUNDS; round++) {
		const start = performance.now();
		const response = await fetch(url);
		await response.text();
		if (response.status !== 200) return `answers ${response.status}`;
		if (round >= 0) times.push(performance.now() - start);
	}
	return { p50: percentile(times, 50), p95: percentile(times, 95) };
}

/** One first visit with an empty cache and a slow processor. */
async function see(browser: Browser, url: string): Promise<Seen> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
	try {
		const page = await context.newPage();
		const devtools = await context.newCDPSession(page);
		await devtools.send('Network.enable');
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
		const kinds = new Map<string, string>();
		const weight = { bytes: 0, script: 0, requests: 0 };
		devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
		devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			weight.bytes += encodedDataLength;
			weight.requests += 1;
			if (kinds.get(requestId) === 'Script') weight.script += encodedDataLength;
		});
		await page.goto(url, { waitUntil: 'networkidle' });
		const seen = await page.evaluate(async () => {
			const read = (type: string) =>
				new Promise<PerformanceEntry[]>((resolve) => {
					new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
					setTimeout(() => resolve([]), 500);
				});
			const [paints, shifts] = await Promise.all([read('largest-contentful-paint'), read('layout-shift')]);
			return {
				lcp: paints.at(-1)?.startTime ?? 0,
				shift: shifts.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0)
			};
		});
		return { ...weight, ...seen };
	} finally {
		await context.close();
	}
}

async function prepare(url: string, size: Size): Promise<void> {
	const database = await openDatabase({
		databaseUrl: url,
		databaseOwnerUrl: url,
		dataDir: '',
		queryTimeoutSeconds: PATIENCE_SECONDS
	});
	try {
		await migrateToLatest(database);
		await fill(database, size);
		await advanceNumbers(database);
	} finally {
		await database.close();
	}
}

/** What was filled in has its numbers; what the application adds goes on after them. */
async function advanceNumbers({ owner: db }: Database): Promise<void> {
	const { rows } = await sql<{ table: string; column: string }>`
		select table_name as "table", column_name as "column" from information_schema.columns
		where table_schema = 'public' and is_identity = 'YES'`.execute(db);
	for (const { table, column } of rows) {
		await sql`select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.id(column)}), 0) + 1)
			from ${sql.table(table)}`.execute(db);
	}
}
