import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { addressOf, administer, createDatabase, dropDatabase } from '../support/postgres-cluster.ts';

/** A value of every type that the migrations use, as SQL, and as JavaScript must receive it. */
const VALUES: readonly [sql: string, received: unknown][] = [
	['9007199254740993::bigint', '9007199254740993'],
	['(select count(*) from generate_series(1, 3))', '3'],
	['2147483647::integer', 2147483647],
	['12::smallint', 12],
	['12.50::numeric', '12.50'],
	['-0.001::numeric', '-0.001'],
	['123456789012345678901234567890.123456789::numeric', '123456789012345678901234567890.123456789'],
	['(select sum(n) from (values (0.1::numeric), (0.2)) sum(n))', '0.3'],
	[`date '2017-10-24'`, '2017-10-24'],
	[`date 'infinity'`, 'infinity'],
	[`date '-infinity'`, '-infinity'],
	[`array[date '2017-10-24', null]`, ['2017-10-24', null]],
	['array[0.1::numeric, 123456789012345678.90, null]', ['0.1', '123456789012345678.90', null]],
	['array[9007199254740993::bigint, null]', ['9007199254740993', null]],
	[`timestamptz '2017-10-24 23:30:00+02'`, new Date('2017-10-24T21:30:00Z')],
	[`'text, "quoted" and ''more'''::text`, `text, "quoted" and 'more'`],
	[`'EUR'::currency_code`, 'EUR'],
	['true', true],
	['null::text', null],
	[`array['a', 'b,c', null, '"']`, ['a', 'b,c', null, '"']],
	[`'{}'::text[]`, []],
	[`'{"b": [1, 2.5, null], "a": "é"}'::jsonb`, { a: 'é', b: [1, 2.5, null] }],
	[`'\\x00ff10'::bytea`, Buffer.from([0, 255, 16])]
];

describeOnBothEngines('values of the database', (_engine, fresh) => {
	let db: Kysely<DB>;
	beforeAll(async () => {
		({ db } = await fresh());
	});

	test('arrive alike from both engines', async () => {
		expect(await readValues(db)).toEqual(VALUES.map(([, received]) => received));
	});

	test('cover every type that a column has', async () => {
		const { rows } = await sql<{ type: string }>`
			select distinct udt_name as type from information_schema.columns
			where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(db);
		expect(rows.map(({ type }) => type)).toEqual([
			'_text',
			'bool',
			'bytea',
			'date',
			'int2',
			'int4',
			'int8',
			'jsonb',
			'numeric',
			'text',
			'timestamptz'
		]);
	});

	test('are stored as they are given', async () => {
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
		await db
			.insertInto('source')
			.values({
				sha256: 'b'.repeat(64),
				name: 'naïve “file”.csv',
				media_type: 'text/csv',
				size: 256,
				received_by: 'seed'
			})
			.execute();
		const source = await db.selectFrom('source').selectAll().executeTakeFirstOrThrow();
		await db.insertInto('source_chunk').values({ source_id: source.source_id, chunk_no: 0, bytes }).execute();
		expect(source.name).toBe('naïve “file”.csv');
		expect(source.size).toBe('256');
		expect(source.received_at).toBeInstanceOf(Date);
		expect((await db.selectFrom('source_chunk').selectAll().executeTakeFirstOrThrow()).bytes).toEqual(bytes);
	});

	test('survive an error in the statement before', async () => {
		await expect(sql`select 1 / 0`.execute(db)).rejects.toThrow(/division by zero/);
		await expect(sql`select nothing from nowhere`.execute(db)).rejects.toThrow(/nowhere/);
		await expect(sql`select ${'x'}::integer`.execute(db)).rejects.toThrow(/invalid input syntax/);
		expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
	});
});

describe.skipIf(inject('postgres') === null)('values of a server with a taste of its own', () => {
	test('arrive all the same', async () => {
		const { cluster, template } = inject('postgres')!;
		const name = await createDatabase(cluster, template);
		await administer(cluster, `alter database ${name} set datestyle to 'SQL, DMY'`);
		await administer(cluster, `alter database ${name} set timezone to 'Pacific/Kiritimati'`);
		await administer(cluster, `alter database ${name} set bytea_output to 'escape'`);
		const database = await openDatabase({
			...TEST_OPTIONS,
			databaseUrl: addressOf(cluster, name),
			databaseOwnerUrl: null
		});
		try {
			expect(await readValues(database.db)).toEqual(VALUES.map(([, received]) => received));
			const { rows } = await sql<{ text: string }>`select date '2017-10-24'::text as text`.execute(
				database.db
			);
			expect(rows).toEqual([{ text: '2017-10-24' }]);
		} finally {
			await database.close();
			await dropDatabase(cluster, name);
		}
	});
});

async function readValues(db: Kysely<DB>): Promise<unknown[]> {
	const columns = VALUES.map(([expression], index) => `${expression} as value_${index}`).join(', ');
	const { rows } = await sql.raw<Record<string, unknown>>(`select ${columns}`).execute(db);
	return VALUES.map((_, index) => rows[0]![`value_${index}`]);
}
