import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { ROLES, addressOf, createDatabase, startCluster } from '../support/postgres-cluster.ts';
import { fill, type Size } from './fill.ts';
import { measureExport } from './export.ts';
import { measureIntegrity } from './integrity.ts';
import { measureIntake } from './intake.ts';
import { measurePages } from './pages.ts';
import { measureQueries } from './queries.ts';
import { printGrowth, printHead, printLines, type Line } from './report.ts';
import { measureSite } from './site.ts';
import { measureSpreadsheet } from './spreadsheet.ts';

/*
 * npm run bench [-- 1m 10m pglite pages site integrity intake spreadsheet export [<entries>]]: everything, or the parts named. Figures are printed beside
 * the machine's own floor in the same run; nothing here passes or fails.
 */
const ACTIVITIES = 20_000;
const SIZES: Record<'1m' | '10m', Size> = {
	'1m': { entries: 1_000_000, postings: 200, activities: ACTIVITIES },
	'10m': { entries: 10_000_000, postings: 2_000, activities: ACTIVITIES }
};
const POSTGRESQL_AIMS = { current: 50, asof: 100, rows: 15, search: 30 };
const PGLITE_AIMS = { current: 150, asof: 150, rows: 150, search: 150 };
/** Filling and the comparison on the raw ledger take long; the pages' own limit does not hold here. */
const PATIENCE_SECONDS = 3600;

const parts = process.argv.slice(2);
const wanted = (part: string) => parts.length === 0 || parts.includes(part);
/** For `export`: how many entries to fill a ledger with. */
const entries = Number(parts.find((part) => /^\d+$/.test(part)) ?? SIZES['1m'].entries);

printHead();
if (wanted('1m') || wanted('10m')) await onPostgres();
if (wanted('pglite')) await onPglite();
if (wanted('pages')) await measurePages();
if (wanted('site')) await measureSite(SIZES['1m']);
if (wanted('integrity')) await measureIntegrity();
if (wanted('intake')) await measureIntake();
if (wanted('spreadsheet')) await measureSpreadsheet();
if (wanted('export')) await measureExport(entries);

async function onPostgres(): Promise<void> {
	const binaries = findPostgresBinaries();
	if (!binaries) {
		console.log('\nPostgreSQL: not run, no server programs were found');
		return;
	}
	const cluster = await startCluster(binaries);
	const measured: Partial<Record<keyof typeof SIZES, Line[]>> = {};
	try {
		for (const name of ['1m', '10m'] as const) {
			if (!wanted(name)) continue;
			const url = addressOf(cluster.address, await createDatabase(cluster.address), ROLES.administrator);
			const database = await openDatabase({
				databaseUrl: url,
				databaseOwnerUrl: url,
				dataDir: '',
				queryTimeoutSeconds: PATIENCE_SECONDS
			});
			measured[name] = await measure(database, `PostgreSQL, ${name}`, SIZES[name], POSTGRESQL_AIMS);
		}
		if (measured['1m'] && measured['10m']) printGrowth(measured['1m'], measured['10m']);
	} finally {
		await cluster.stop();
	}
}

async function onPglite(): Promise<void> {
	const database = await openDatabase({
		databaseUrl: null,
		databaseOwnerUrl: null,
		dataDir: 'memory://',
		queryTimeoutSeconds: PATIENCE_SECONDS
	});
	await measure(database, 'PGlite, 1m', SIZES['1m'], PGLITE_AIMS);
}

async function measure(
	database: Database,
	title: string,
	size: Size,
	aims: Parameters<typeof measureQueries>[2]
): Promise<Line[]> {
	try {
		await migrateToLatest(database);
		const start = performance.now();
		await fill(database, size);
		const seconds = (performance.now() - start) / 1000;
		const lines = await measureQueries(database, title, aims);
		printLines(
			`${title}: ${size.entries} entries in ${size.postings} postings, filled in ${seconds.toFixed(0)} s`,
			lines
		);
		return lines;
	} finally {
		await database.close();
	}
}
