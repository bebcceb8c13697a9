import { readdirSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { listMigrations, migrateTo, migrateToLatest, resetSchema } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { describeOnBothEngines, openFreshPglite, openFreshPostgres } from '../support/databases.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { ROLES, addressOf, createDatabase, dropDatabase } from '../support/postgres-cluster.ts';

const NAMES = readdirSync('db/migrations')
	.map((file) => file.replace(/\.ts$/, ''))
	.sort();

/** Everything that a migration makes, one line each; the same on both engines. */
async function describeSchema(db: Kysely<DB>): Promise<string[]> {
	const { rows } = await sql<{ line: string }>`
		select concat_ws(' ', 'column', table_name, column_name, coalesce(domain_name, udt_name), is_nullable, is_identity, generation_expression,
			case when is_identity = 'NO' then column_default end) as line
		from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
		union all
		select concat_ws(' ', 'constraint', conrelid::regclass, contype, pg_get_constraintdef(oid)) from pg_constraint
		where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid::regclass::text not like 'kysely%'
		union all
		select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
		union all
		select concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
		union all
		select concat_ws(' ', 'comment', c.relname, d.objsubid, d.description) from pg_description d join pg_class c on c.oid = d.objoid
		where c.relnamespace = 'public'::regnamespace`.execute(db);
	return rows.map(({ line }) => line).sort();
}

describeOnBothEngines('migrations', (engine, fresh) => {
	let database: Database;
	let expected: string[];

	beforeAll(async () => {
		database = await fresh();
		expected = await describeSchema(database.db);
	});

	async function empty(): Promise<void> {
		await sql`drop schema public cascade`.execute(database.owner);
		await sql`create schema public`.execute(database.owner);
	}

	test('bring an empty database up to date, and then have nothing more to do', async () => {
		await empty();
		expect((await listMigrations(database)).every(({ executedAt }) => executedAt === undefined)).toBe(true);
		expect(await migrateToLatest(database)).toEqual(NAMES);
		expect(await migrateToLatest(database)).toEqual([]);
		expect((await listMigrations(database)).every(({ executedAt }) => executedAt !== undefined)).toBe(true);
		expect(await describeSchema(database.db)).toEqual(expected);
	});

	const earlier = NAMES.slice(0, -1);
	const ends = [earlier[0]!, earlier.at(-1)!];
	const bringsUpToDate = async (name: string) => {
		await resetSchema(database, name);
		await sql`insert into source (sha256, name, media_type, size, received_by)
			values (${'a'.repeat(64)}, 'kept.csv', 'text/csv', 0, 'seed')`.execute(database.db);
		expect(await migrateTo(database, name)).toEqual([]);
		expect(await migrateToLatest(database)).toEqual(NAMES.slice(NAMES.indexOf(name) + 1));
		const { rows } = await sql<{ name: string }>`select name from source`.execute(database.db);
		expect(rows).toEqual([{ name: 'kept.csv' }]);
		expect(await describeSchema(database.db)).toEqual(expected);
	};
	test.each(ends)('bring up to date what %s left, with what it holds', bringsUpToDate);

	// PGlite takes seconds for each.
	test.each(engine === 'postgresql' ? earlier.slice(1, -1) : [])(
		'bring up to date what %s left, with what it holds',
		{ tags: 'nightly' },
		bringsUpToDate
	);

	test('take away the sums of today that came to nothing', async () => {
		await resetSchema(database, '20261126T0750_party_country_sums');
		await sql`insert into ledger_current_heading (nature, reporting_organisation_id, project_id, agreement_id, objective_id, returned, kind,
				heading, counting, state, currency, booked, eur, usd, booked_without_eur, booked_without_usd, entries, entries_without_eur, entries_without_usd)
			select 'published', 1, 1, 0, 0, false, '4', heading, 'counted', 'not_stated', 'EUR', entries, entries, entries, 0, 0, entries, 0, 0
			from (values ('staff', 0), ('travel', 2)) as sum (heading, entries)`.execute(database.db);
		await migrateToLatest(database);
		const { rows } = await sql`select heading from ledger_current_heading`.execute(database.db);
		expect(rows).toEqual([{ heading: 'travel' }]);
	});

	test('leave an empty schema behind when everything is thrown away', async () => {
		await sql`insert into project (key) values ('gone')`.execute(database.db);
		await resetSchema(database);
		expect((await sql`select from project`.execute(database.db)).rows).toEqual([]);
		expect(await describeSchema(database.db)).toEqual(expected);
	});

	test('say which one failed, and leave nothing of it', async () => {
		await empty();
		await sql`create table finding (in_the_way boolean)`.execute(database.db);
		await expect(migrateToLatest(database)).rejects.toThrow(
			new RegExp(`migration ${NAMES[0]} failed: .*finding`)
		);
		const { rows } =
			await sql`select from pg_tables where schemaname = 'public' and tablename = 'source'`.execute(
				database.db
			);
		expect(rows).toEqual([]);
	});
});

describe.skipIf(inject('postgres') === null)('migrations on two engines and in two processes', () => {
	test('make the same schema on both engines', async () => {
		const [pglite, postgres] = [await openFreshPglite(), await openFreshPostgres()];
		try {
			expect(await describeSchema(pglite.db)).toEqual(await describeSchema(postgres.db));
		} finally {
			await Promise.all([pglite.close(), postgres.close()]);
		}
	});

	test('run once when several start at once, with rights for the application', async () => {
		const { cluster } = inject('postgres')!;
		const open = (name: string): Promise<Database> =>
			openDatabase({
				...TEST_OPTIONS,
				databaseUrl: addressOf(cluster, name, ROLES.application),
				databaseOwnerUrl: addressOf(cluster, name)
			});
		for (let round = 0; round < 3; round++) {
			const name = await createDatabase(cluster);
			const databases = await Promise.all([open(name), open(name), open(name)]);
			try {
				const ran = await Promise.all(databases.map((database) => migrateToLatest(database)));
				expect(ran.map((names) => names.length).sort()).toEqual([0, 0, NAMES.length]);
				const { rows } = await sql`select from posting`.execute(databases[0]!.db);
				expect(rows).toEqual([]);
			} finally {
				await Promise.all(databases.map((database) => database.close()));
				await dropDatabase(cluster, name);
			}
		}
	});
});
