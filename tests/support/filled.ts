import { existsSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { loadFirstPortfolio } from '../../db/seed/load.ts';
import { TEST_OPTIONS, writeFolder, type PostgresEngine } from './engines.ts';
import { addressOf, administer, createDatabase, dropDatabase } from './postgres-cluster.ts';

/*
 * The first portfolio with its demonstration is loaded once per run and engine, by the first test that asks for it; all
 * that ask get copies. Two that ask at once may both load it: one copy is kept.
 */

const FILLED = 'filled';
const ALREADY_THERE = '42P04';

/** The file of a PGlite folder that holds the first portfolio. */
export async function filledPglite(): Promise<string> {
	const filled = inject('filled');
	if (existsSync(filled)) return filled;
	const database = await openDatabase({
		...TEST_OPTIONS,
		loadDataDir: readFileSync(inject('pglite'))
	});
	await fill(database, () => writeFolder(database, filled));
	return filled;
}

/** The name of a PostgreSQL database that holds the first portfolio, to make others from. */
export async function filledPostgres({ cluster, template }: PostgresEngine): Promise<string> {
	const known = await administer(cluster, `select from pg_database where datname = '${FILLED}'`);
	if (known === 1) return FILLED;
	const name = await createDatabase(cluster, template);
	await fill(await openDatabase({ ...TEST_OPTIONS, databaseUrl: addressOf(cluster, name) }));
	await administer(cluster, `alter database ${name} rename to ${FILLED}`).catch(
		async (error: pg.DatabaseError) => {
			if (error.code !== ALREADY_THERE) throw error;
			await dropDatabase(cluster, name);
		}
	);
	return FILLED;
}

async function fill(database: Database, then = async () => {}): Promise<void> {
	try {
		await loadFirstPortfolio(database, { demonstration: true }, () => {});
		await then();
	} finally {
		await database.close();
	}
}
