import fc from 'fast-check';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { SUMMARIES } from '#lib/server/ledger/summaries.ts';
import { total } from '#lib/server/ledger/total.ts';
import { accept } from '../support/comparing.ts';
import { recordsOf, steps } from '../support/ledger-generator.ts';
import { plainSum } from '../support/ledger-oracle.ts';
import { plainly, readNumbers, slicesOf } from '../support/ledger-slices.ts';
import { createWorld } from '../support/ledger-world.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { addressOf, createDatabase, startCluster } from '../support/postgres-cluster.ts';
import { countDiffering, type SummaryName } from '../support/summary-rebuild.ts';

/** The scorecard's numbers: what the tests of every commit do for a few ledgers and slices, at length. */
const SEQUENCES = 500;
const SLICES = 10_000;

/**
 * Generated lives of ledgers, one after the other in one database: postings that add, replace, correct, withdraw and
 * recount. Then every summary beside one made anew from the entries, and totals beside one plain SELECT.
 */
export async function measureIntegrity(): Promise<void> {
	const binaries = findPostgresBinaries();
	const cluster = binaries ? await startCluster(binaries) : null;
	const url = cluster && addressOf(cluster.address, await createDatabase(cluster.address));
	const database = await openDatabase({
		databaseUrl: url,
		databaseOwnerUrl: url,
		dataDir: 'memory://',
		queryTimeoutSeconds: 600
	});
	try {
		await migrateToLatest(database);
		const start = performance.now();
		const { postings, filled, different } = await live(database);
		const seconds = ((performance.now() - start) / 1000).toFixed(0);
		console.log(
			`\nIntegrity (${database.engine}): ${SEQUENCES} sequences, ${postings} postings, ${seconds} s`
		);
		console.log(
			`Totals beside a plain SELECT: ${different} of ${SLICES} slices differ (aim 0); ${filled} of them hold entries`
		);
		for (const { name } of SUMMARIES) {
			const { cells, differing } = await countDiffering(database.db, name as SummaryName);
			console.log(`Summary ${name.padEnd(16)}${differing} of ${cells} cells differ from a rebuild (aim 0)`);
		}
	} finally {
		await database.close();
		await cluster?.stop();
	}
}

async function live({ db }: Database): Promise<{ postings: number; filled: number; different: number }> {
	const today = new Date().toISOString().slice(0, 10);
	const counted = { postings: 0, filled: 0, different: 0 };
	for (const [index, life] of fc.sample(steps, { numRuns: SEQUENCES, seed: 20_190_731 }).entries()) {
		const world = await createWorld(db);
		for (const step of life) {
			await accept(db, index % 4 ? 'published' : 'demonstration', recordsOf(world, step), (_, changes) => ({
				pairs: Object.fromEntries(
					changes.filter(({ change }) => change === 'unclear').map(({ changeNo }) => [changeNo, null])
				)
			}));
			counted.postings++;
		}
		const slices = fc.sample(slicesOf(world, await readNumbers(db, world), [today]), {
			numRuns: SLICES / SEQUENCES,
			seed: index + 1
		});
		for (const slice of slices) {
			const [own, plain] = await Promise.all([total(db, slice), plainSum(db, slice)]);
			if (plain.entries > 0) counted.filled++;
			if (JSON.stringify(plainly(own)) === JSON.stringify(plainly(plain))) continue;
			counted.different++;
			console.log(`differs: ${JSON.stringify(slice)}`);
		}
	}
	return counted;
}
