import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { refreshStatistics } from '#lib/server/database/statistics.ts';
import { describeOnBothEngines, openFreshPostgres } from '../support/databases.ts';

const addProjects = (database: Database, from: number, to: number) =>
	sql`insert into project (key) select 'P' || n from generate_series(${from}::integer, ${to}::integer) n`.execute(
		database.owner
	);
/** How many rows the database takes a table to have; -1 where it never looked. */
const estimate = async (database: Database, table: string) => {
	const { rows } = await sql<{ rows: number }>`select reltuples::integer as rows from pg_class
		where oid = ${`public.${table}`}::regclass`.execute(database.owner);
	return rows[0]!.rows;
};

describeOnBothEngines('the statistics of the database', (_engine, fresh) => {
	test('know a table that nobody had looked at, and one that a few rows came to', async () => {
		const database = await fresh();
		await addProjects(database, 1, 7);
		await refreshStatistics(database.owner);
		expect(await estimate(database, 'project')).toBe(7);
		await addProjects(database, 8, 30);
		await refreshStatistics(database.owner);
		expect(await estimate(database, 'project')).toBe(30);
	});

	test('of a large table are kept until it has grown by a fifth', async () => {
		const database = await fresh();
		// The server's own look at it would come in between.
		await sql`alter table project set (autovacuum_enabled = false)`.execute(database.owner);
		await addProjects(database, 1, 10_000);
		await refreshStatistics(database.owner);
		expect(await estimate(database, 'project')).toBe(10_000);
		await addProjects(database, 10_001, 10_500);
		await refreshStatistics(database.owner);
		expect(await estimate(database, 'project')).toBe(10_000);
		await addProjects(database, 10_501, 13_000);
		await refreshStatistics(database.owner);
		expect(await estimate(database, 'project')).toBe(13_000);
	});
});

test.skipIf(inject('postgres') === null)('statistics are left to the role that owns the tables', async () => {
	const database = await openFreshPostgres({ twoRoles: true });
	onTestFinished(() => database.close());
	await addProjects(database, 1, 7);
	await refreshStatistics(database.db);
	expect(await estimate(database, 'project')).toBe(-1);
	await refreshStatistics(database.owner);
	expect(await estimate(database, 'project')).toBe(7);
});
