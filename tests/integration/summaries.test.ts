import { sql, type Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { CHECKPOINT_EVERY, COMMON, SUMMARIES, SUMS } from '#lib/server/ledger/summaries.ts';
import { total } from '#lib/server/ledger/total.ts';
import { up as makePartySums } from '../../db/migrations/20261126T1000_agreement_of_party_sums.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { aCountingRule, aWithdrawal, anEntry, postRecords, reachInstant } from '../support/ledger-factory.ts';
import { plainSum } from '../support/ledger-oracle.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { keyOf, lineOf, rebuiltSummary, type SummaryName } from '../support/summary-rebuild.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

const POSTINGS = CHECKPOINT_EVERY + 12;
/** The day by which the posting of a turn is known: every sixth turn ends one. */
const dayOf = (turn: number) => `2100-01-${String(Math.ceil(turn / 6)).padStart(2, '0')}`;

describeOnBothEngines('the summaries', (_engine, fresh) => {
	let database: Database;
	let db: Kysely<DB>;
	let world: World;
	/** Postings of the published nature at which an as-of is asked, with the days by which they are known. */
	const days = new Map<string, number>();

	/** More than a hundred postings: every one adds, some correct, withdraw or recount. */
	beforeAll(async () => {
		database = await fresh();
		({ db } = database);
		world = await createWorld(db);
		const [reporter] = world.reporters as [string];
		const of = (index: number) => {
			const activity = world.activities[index % world.activities.length]!;
			return { reporter, activity: activity.key, project: activity.project };
		};
		for (let index = 1; ; index++) {
			const { postingNo } = await postRecords(db, 'published', [
				...[index, index + 1000].map((number) =>
					anEntry(
						{ ...of(index), reference: `A${number}` },
						{
							amount: `${number}.37`,
							currency: number % 3 ? 'EUR' : 'GBP',
							agreement: index % 2 ? world.agreements[0]! : null,
							heading: number % 4 ? 'staff' : null,
							sectors: [{ code: '15130', percentage: '33.3' }],
							...(index % 5 ? {} : { dateFrom: null, dateTo: null, datePrecision: 'unknown' })
						}
					)
				),
				...(index % 4 === 0
					? [anEntry({ ...of(index - 3), reference: `A${index - 3}` }, { amount: '-5.00' })]
					: []),
				...(index % 5 === 0 ? [aWithdrawal({ ...of(index - 1), reference: `A${index - 1}` })] : []),
				...(index % 9 === 0
					? [
							aCountingRule('rule', reporter, index % 2 ? 'secondary' : 'counted', {
								project: of(index).project
							})
						]
					: [])
			]);
			if (index % 6 === 0) days.set(dayOf(index), postingNo);
			if (postingNo >= POSTINGS) break;
			// Postings that move no money have numbers too.
			await reachInstant(db, 'published', `${dayOf(index + 1)}T06:00:00Z`);
			await reachInstant(db, 'published', `${dayOf(index + 1)}T06:00:00Z`);
		}
	});

	test.each(SUMMARIES.map(({ name }) => name as SummaryName))(
		'%s, kept posting by posting, is what the entries give',
		async (name) => {
			const key = keyOf(name);
			const kept = await sql<{ line: string }>`
			select ${lineOf(key, (sum) => sum)} as line from ${sql.table(`ledger_current_${name}`)} where entries <> 0`.execute(
				db
			);
			const rebuilt = await sql<{ line: string }>`
			select ${lineOf(key, (sum) => sum)} as line from (${rebuiltSummary(name)}) rebuilt`.execute(db);
			const deltas = await sql<{ line: string }>`
			select ${lineOf(key, (sum) => `sum(${sum})`)} as line from ${sql.table(`ledger_delta_${name}`)} where not checkpoint
			group by ${sql.raw(key.join(', '))} having sum(entries) <> 0`.execute(db);
			const checkpointed = await sql<{ line: string }>`
			select ${lineOf(key, (sum) => `sum(${sum})`)} as line from ${sql.table(`ledger_delta_${name}`)}
			where (checkpoint and posting_no = ${CHECKPOINT_EVERY} and nature = 'published')
				or (not checkpoint and (posting_no > ${CHECKPOINT_EVERY} or nature = 'demonstration'))
			group by ${sql.raw(key.join(', '))} having sum(entries) <> 0`.execute(db);
			const lines = (rows: { line: string }[]) => rows.map(({ line }) => line).sort();
			expect(kept.rows.length).toBeGreaterThan(0);
			expect(lines(kept.rows)).toEqual(lines(rebuilt.rows));
			expect(lines(deltas.rows)).toEqual(lines(rebuilt.rows));
			expect(lines(checkpointed.rows)).toEqual(lines(rebuilt.rows));
		}
	);

	test('write a checkpoint at every hundredth posting and at no other', async () => {
		for (const { name } of SUMMARIES) {
			const { rows } = await sql<{ posting_no: number }>`
				select distinct posting_no from ${sql.table(`ledger_delta_${name}`)} where checkpoint order by 1`.execute(db);
			expect(rows).toEqual([{ posting_no: CHECKPOINT_EVERY }]);
		}
	});

	test('give the same as the entries at days before and after a checkpoint', async () => {
		expect([...days.values()].some((posting) => posting > CHECKPOINT_EVERY)).toBe(true);
		for (const asof of days.keys()) {
			for (const change of [
				{},
				{ country: 'ML' },
				{ heading: 'staff' },
				{ sector: 'none' },
				{ activity: await firstActivity() }
			]) {
				const slice = wholeOf(world, { ...change, asof });
				const expected = plainly(await plainSum(db, slice));
				expect(plainly(await total(db, slice, 'summary')), JSON.stringify(slice)).toEqual(expected);
				expect(plainly(await total(db, slice, 'entries')), JSON.stringify(slice)).toEqual(expected);
			}
		}
	});

	test('have the columns that the migrations gave them', async () => {
		for (const { name, columns } of SUMMARIES) {
			for (const [table, more] of [
				[`ledger_current_${name}`, []],
				[`ledger_delta_${name}`, ['posting_no', 'checkpoint', 'row_no']]
			] as const) {
				const { rows } = await sql<{ column: string; nullable: string }>`
					select column_name as column, is_nullable as nullable from information_schema.columns
					where table_schema = 'public' and table_name = ${table}`.execute(db);
				const defined = [
					'reporting_organisation_id',
					'nature',
					...COMMON,
					...Object.keys(columns),
					...SUMS,
					...more
				];
				expect(rows.map(({ column }) => column).sort(), table).toEqual(defined.sort());
				expect(
					rows.filter(({ nullable }) => nullable === 'YES'),
					table
				).toEqual([]);
			}
		}
		const { rows: tables } = await sql<{ name: string }>`
			select tablename as name from pg_tables where tablename like 'ledger\\_current\\_%' or tablename like 'ledger\\_delta\\_%'`.execute(
			db
		);
		const expected = SUMMARIES.flatMap(({ name }) => [`ledger_current_${name}`, `ledger_delta_${name}`]);
		expect(tables.map(({ name }) => name).sort()).toEqual(expected.sort());
	});

	test('of parties are made anew by the migration just as the postings kept them', async () => {
		const written = async (table: string, more: readonly string[]) => {
			const line = lineOf([...more, ...keyOf('party')], (sum) => sum);
			const { rows } = await sql<{ line: string }>`select ${line} as line from ${sql.table(table)}`.execute(
				db
			);
			return rows.map((row) => row.line).sort();
		};
		const all = async () => [
			await written('ledger_current_party', []),
			await written('ledger_delta_party', ['posting_no', 'checkpoint'])
		];
		const kept = await all();
		expect(kept[1]!.length).toBeGreaterThan(CHECKPOINT_EVERY);
		await makePartySums(database.owner as unknown as Kysely<unknown>);
		expect(await all()).toEqual(kept);
	});

	test('hold the reporting organisation in every key, so that they can be partitioned', async () => {
		const { rows } = await sql<{ table: string; key: string[] }>`
			select conrelid::regclass::text as table, array(select attname::text from unnest(conkey) with ordinality k(number, place)
				join pg_attribute on attrelid = conrelid and attnum = number order by place) as key
			from pg_constraint where contype = 'p' and conrelid::regclass::text similar to 'ledger_(current|delta)_%|ledger_entry|ledger_retirement|entry_share'`.execute(
			db
		);
		expect(rows).toHaveLength(2 * SUMMARIES.length + 3);
		for (const { table, key } of rows) expect(key, table).toContain('reporting_organisation_id');
	});

	async function firstActivity(): Promise<string> {
		const row = await db
			.selectFrom('activity')
			.select('activity_id')
			.where('nature', '=', 'published')
			.where('key', '=', world.activities[0]!.key)
			.executeTakeFirstOrThrow();
		return row.activity_id;
	}
});
