import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RawNode, sql, type Kysely, type KyselyPlugin } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { readSource } from '#lib/server/intake/receive.ts';
import { listChecks } from '#lib/server/ledger/checks/list.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import { MEASURES } from '#lib/slice/slice.ts';
import { loadFirstPortfolio } from '../../db/seed/load.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { ASKED_MEASURES, plainSum } from '../support/ledger-oracle.ts';
import { plainly, sliceOf } from '../support/ledger-slices.ts';

const FILES = [
	'gloact/organisations.csv',
	'gloact/projects.csv',
	'gloact/objectives.csv',
	'gloact/countries.csv',
	'gloact/activities.csv',
	'gloact/funding.csv',
	'gloact/budget_lines.csv',
	'gloact/expenditure.csv',
	'gloact/claims.csv',
	'gloact/indicators.csv',
	'rates/h10-monthly.csv'
];

/** Lets so many postings through and fails at the next: as when the process ends there. */
function failAfter(postings: number): KyselyPlugin {
	let made = 0;
	return {
		transformQuery({ node }) {
			if (RawNode.is(node) && node.sqlFragments[0]!.includes('insert into posting') && made++ === postings) {
				throw new Error('the power went');
			}
			return node;
		},
		transformResult: async ({ result }) => result
	};
}

describeOnBothEngines('the first portfolio', (_engine, fresh) => {
	let database: Database;
	let db: Kysely<DB>;
	const said: string[] = [];
	const postings: Record<string, number> = {};

	beforeAll(async () => {
		database = await fresh();
		({ db } = database);
		const load = async (demonstration: boolean, from = database) => {
			said.length = 0;
			await loadFirstPortfolio(from, { demonstration }, (line) => said.push(line));
		};
		const failing = { ...database, intake: database.intake.withPlugin(failAfter(4)) };
		await expect(load(false, failing)).rejects.toThrow('the power went');
		postings.interrupted = await countPostings();
		await load(false);
		postings.facts = await countPostings();
		postings.demonstrationBefore = await countPostings('demonstration');
		await load(true);
		postings.demonstration = await countPostings('demonstration');
		await load(true);
		postings.again = await countPostings();
		postings.demonstrationAgain = await countPostings('demonstration');
	}, 300_000);

	async function countPostings(nature = 'published'): Promise<number> {
		return (await db.selectFrom('posting').select('posting_no').where('nature', '=', nature).execute())
			.length;
	}

	test('goes on where it was interrupted, each file in a posting of its own', () => {
		expect(postings).toMatchObject({ interrupted: 4, facts: FILES.length });
	});

	test('loads the demonstration only where it is wanted', () => {
		expect(postings.demonstrationBefore).toBe(0);
		expect(postings.demonstration).toBeGreaterThan(4);
	});

	test('loads once, and says nothing the second time', () => {
		expect(said).toEqual([]);
		expect(postings.again).toBe(postings.facts);
		expect(postings.demonstrationAgain).toBe(postings.demonstration);
	});

	test('holds 17 projects, 135 published activities and 13 programme countries', async () => {
		const { rows } = await sql<{ projects: number; activities: number; countries: number }>`
			select (select count(*)::integer from project) as projects,
				(select count(*)::integer from activity_current where nature = 'published') as activities,
				(select count(distinct country)::integer from country_coverage) as countries`.execute(db);
		expect(rows).toEqual([{ projects: 17, activities: 135, countries: 13 }]);
	});

	test('left nothing unread: findings are warnings', async () => {
		const rows = await db
			.selectFrom('finding')
			.select(['severity', 'rule', 'place', 'was_read'])
			.where('severity', '<>', 'warning')
			.execute();
		expect(rows).toEqual([]);
	});

	test('holds the contribution of the Union with its rivals, the right one chosen', async () => {
		expect(await claimsOf('contribution')).toEqual([
			{ value: '10000000', unit: 'EUR', chosen: true },
			{ value: '11000000', unit: 'EUR', chosen: false },
			{ value: '12700000', unit: 'USD', chosen: false }
		]);
		const { rows } = await sql<{ reason: string | null }>`
			select reason from claim_choice join claim using (claim_id) where not chosen and subject_key = 'GLOACT' and property = 'contribution'`.execute(
			db
		);
		for (const { reason } of rows) expect(reason).toMatch(/\w{4}/);
	});

	test('holds the budget of EUR 11 million, and the million that nobody is said to give', async () => {
		const budget = await claimsOf('budget_total');
		expect(budget.filter(({ chosen }) => chosen)).toEqual([{ value: '11000000', unit: 'EUR', chosen: true }]);
		expect(budget.filter(({ chosen }) => !chosen)).toContainEqual({
			value: '12700000',
			unit: 'USD',
			chosen: false
		});
		expect(await claimsOf('contribution_unattributed')).toEqual([
			{ value: '1000000', unit: 'EUR', chosen: true }
		]);
	});

	test('tells what was aimed at from what was done', async () => {
		const { rows } = await sql<{ title: string; target: string | null; actual: string | null }>`
			select i.title, p.target, p.actual from indicator i join indicator_period p using (indicator_id)
			where i.title = 'Awareness campaign: leaflets' order by p.period_no`.execute(db);
		expect(rows).toEqual([
			{ title: 'Awareness campaign: leaflets', target: '250000', actual: null },
			{ title: 'Awareness campaign: leaflets', target: null, actual: '500000' }
		]);
	});

	async function claimsOf(property: string) {
		const { rows } = await sql<{ value: string; unit: string; chosen: boolean }>`
			select c.value, c.unit, choice.chosen from claim c join claim_choice choice using (claim_id)
			where c.nature = 'published' and subject_kind = 'project' and subject_key = 'GLOACT' and property = ${property}
			order by c.unit, c.value`.execute(db);
		return rows;
	}

	test('chooses at most one of rival claims', async () => {
		const { rows } = await sql`
			select subject_kind, subject_key, property, party_id from claim join claim_choice using (claim_id) where chosen
			group by 1, 2, 3, 4 having count(*) > 1`.execute(db);
		expect(rows).toEqual([]);
	});

	test.each(FILES)('gives back %s byte for byte', async (path) => {
		const bytes = readFileSync(`db/seed/${path}`);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const { source_id, released } = await db
			.selectFrom('source')
			.selectAll()
			.where('sha256', '=', sha256)
			.executeTakeFirstOrThrow();
		const pieces: Uint8Array[] = [];
		for await (const piece of readSource(db, source_id)) pieces.push(piece);
		expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
		expect(released).toBe(true);
	});

	test('publishes no money of GLO.ACT, of whatever kind', async () => {
		for (const measure of MEASURES) {
			expect(await total(db, sliceOf({ portfolio: 'gloact', measure }))).toEqual({
				amount: null,
				entries: 0,
				unconverted: [],
				notCounted: [],
				currency: 'EUR'
			});
		}
	});

	test('demonstrates with amounts that are the same by every way', async () => {
		let held = 0;
		for (const measure of ASKED_MEASURES) {
			for (const change of [
				{},
				{ country: 'ML' },
				{ heading: 'staff' },
				{ from: '2017-01-01', to: '2017-12-31' },
				{ asof: '2017-06-30' }
			]) {
				const slice = sliceOf({ portfolio: 'gloact', nature: 'demonstration', measure, ...change });
				const expected = plainly(await plainSum(db, slice));
				if (expected.entries > 0) held++;
				expect(plainly(await total(db, slice)), JSON.stringify(slice)).toEqual(expected);
				expect(plainly(await total(db, slice, 'entries')), JSON.stringify(slice)).toEqual(expected);
			}
		}
		expect(held).toBeGreaterThan(10);
	});

	test('names no country or party twice in a breakdown', async () => {
		for (const by of ['country', 'receiver', 'quarter', 'project'] as const) {
			const parts = await breakdown(db, sliceOf({ portfolio: 'gloact', nature: 'demonstration' }), [by]);
			expect(new Set(parts.map(({ keys }) => keys[0])).size).toBe(parts.length);
			expect(parts.length).toBeGreaterThan(0);
		}
	});

	test('passes its own checks', async () => {
		const results = await listChecks(db, sliceOf({ portfolio: 'gloact', nature: 'demonstration' }));
		expect(results.filter(({ passed }) => passed === false)).toEqual([]);
		expect(results.length).toBeGreaterThan(10);
	});
});
