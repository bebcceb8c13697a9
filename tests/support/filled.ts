import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { loadFirstPortfolio } from '../../db/seed/load.ts';
import { TEST_OPTIONS, writeFolder, type PostgresEngine } from './engines.ts';
import { addressOf, administer, createDatabase } from './postgres-cluster.ts';

/*
 * The first portfolio with its demonstration is loaded once per run and engine, by the first test that asks for it; all
 * that ask get copies.
 */

const FILLED = 'filled';

/** The file of a PGlite folder that holds the first portfolio. */
export async function filledPglite(): Promise<string> {
	const file = inject('filled');
	await once(file, async () => {
		const database = await openDatabase({ ...TEST_OPTIONS, loadDataDir: readFileSync(inject('pglite')) });
		await fill(database, () => writeFolder(database, file));
	});
	return file;
}

/** The name of a PostgreSQL database that holds the first portfolio, to make others from. */
export async function filledPostgres({ cluster, template }: PostgresEngine): Promise<string> {
	const mark = `${inject('filled')}.${FILLED}`;
	await once(mark, async () => {
		const name = await createDatabase(cluster, template);
		await fill(await openDatabase({ ...TEST_OPTIONS, databaseUrl: addressOf(cluster, name) }));
		await administer(cluster, `alter database ${name} rename to ${FILLED}`);
		writeFileSync(mark, '');
	});
	return FILLED;
}

/** Makes a file unless it is there. Of several workers one does, the others wait; one that fails leaves it to the next. */
async function once(file: string, make: () => Promise<void>): Promise<void> {
	const turn = `${file}.turn`;
	while (!existsSync(file)) {
		try {
			mkdirSync(turn);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			await pause(50);
			continue;
		}
		try {
			if (!existsSync(file)) await make();
		} finally {
			rmdirSync(turn);
		}
	}
}

async function fill(database: Database, then = async () => {}): Promise<void> {
	try {
		await loadFirstPortfolio(database, { demonstration: true }, () => {});
		await then();
	} finally {
		await database.close();
	}
}
