import type { Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import type { Preview, Proposal } from '#lib/server/intake/preview.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { accept } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiTransaction } from '../support/iati-records.ts';
import { sliceOf } from '../support/ledger-slices.ts';

type Counting = Extract<Proposal, { what: 'counting' }>;

const on = (day: string) => ({ dateFrom: day, dateTo: day });
let run = 0;

describeOnBothEngines('what is proposed not to be counted', (_engine, fresh) => {
	let db: Kysely<DB>;
	let reporter: string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(() => {
		reporter = `XM-N${run++}`;
	});

	const id = (key: string, of = reporter) => `${of}-${key}`;
	const activity = (key: string, change = {}) => anIatiActivity(id(key), reporter, change);
	const child = (key: string, of: string) => activity(key, { related: [{ type: '1', key: id(of) }] });
	const paid = (key: string, amount: string, change: Partial<LedgerEntryRecord> = {}) =>
		anIatiTransaction(id(key), reporter, { entryKind: '3', amount, ...on('2017-02-01'), ...change });
	const handIn = async (records: IntakeRecord[], decide: Parameters<typeof accept>[3] = {}) => {
		const { preview, posted } = await accept(db, 'published', records, decide);
		return { shown: countingOf(preview), posted, preview };
	};
	const countingOf = ({ proposals }: Preview) =>
		proposals.filter((proposal): proposal is Counting => proposal.what === 'counting');
	const acceptAll = ({ proposals }: Preview) => ({ accepted: proposals.map(({ key }) => key) });
	const seen = async (project: string, change: Partial<Slice> = {}) => {
		const { amount, notCounted } = await total(db, sliceOf({ project, ...change }));
		return { amount, ...Object.fromEntries(notCounted.map((part) => [part.reason, part.amount])) };
	};

	test('a parent that equals its children in kind, currency and year is left out without asking', async () => {
		const { shown } = await handIn([
			activity('P'),
			child('A', 'P'),
			child('B', 'P'),
			paid('P', '100.00'),
			paid('P', '50.00', on('2018-02-01')),
			paid('P', '7.00', { ...on('2019-02-01'), currency: 'XOF' }),
			paid('A', '60.00', on('2017-06-01')),
			paid('B', '40', on('2017-12-31')),
			paid('B', '49.00', on('2018-02-01')),
			paid('B', '7.00', on('2019-02-01'))
		]);
		expect(shown).toMatchObject([
			{
				key: `children:${reporter}:3:EUR`,
				counting: 'reported_by_children',
				certain: true,
				entries: 1,
				match: {
					entryKind: '3',
					currency: 'EUR',
					activities: [{ activity: id('P'), from: '2017-01-01', to: '2017-12-31' }]
				},
				sums: [{ kind: '3', currency: 'EUR', count: 1, sum: '100.00' }]
			},
			{
				key: `children-differing:${reporter}:3`,
				counting: 'reported_by_children',
				certain: false,
				entries: 1,
				reason: expect.stringContaining('EUR 50.00 on parents, EUR 49.00 on children'),
				sums: [{ kind: '3', currency: 'EUR', count: 1, sum: '50.00' }]
			}
		]);
		expect(await seen(id('P'))).toEqual({ amount: '206.00', reported_by_children: '100.00' });
	});

	test('what is certain can be refused, what is not accepted', async () => {
		const file = [activity('P'), child('A', 'P'), paid('P', '10.00'), paid('A', '10.00')];
		await handIn(file, ({ proposals }) => ({ refused: proposals.map(({ key }) => key) }));
		expect(await seen(id('P'))).toEqual({ amount: '20.00' });
		// Asked again with the next file.
		await handIn(file);
		expect(await seen(id('P'))).toEqual({ amount: '10.00', reported_by_children: '10.00' });

		const differing = [...file, paid('P', '5.00', { entryKind: '4' }), paid('A', '4.00', { entryKind: '4' })];
		const { shown } = await handIn(differing, acceptAll);
		expect(shown.map(({ key }) => key)).toEqual([`children-differing:${reporter}:4`]);
		expect(await seen(id('P'))).toEqual({ amount: '14.00', reported_by_children: '15.00' });
		// Standing rules are not proposed again.
		expect((await handIn(differing)).shown).toEqual([]);
	});

	test('a parent that is no longer equal counts again, one that has become equal no more', async () => {
		const file = (ofParent: string, ofChild: string) => [
			activity('P'),
			child('A', 'P'),
			activity('Q'),
			child('B', 'Q'),
			paid('P', ofParent),
			paid('A', ofChild),
			paid('Q', '1.00'),
			paid('B', '1.00')
		];
		await handIn(file('10.00', '9.00'));
		expect(await seen(id('P'))).toEqual({ amount: '19.00' });
		const { shown: became } = await handIn(file('9.00', '9.00'));
		expect(became.map(({ certain }) => certain)).toEqual([true]);
		expect(became[0]!.match.activities!.map(({ activity: key }) => key).sort()).toEqual([id('P'), id('Q')]);
		expect(await seen(id('P'))).toEqual({ amount: '9.00', reported_by_children: '9.00' });
		const { shown: ceased } = await handIn(file('9.00', '8.00'));
		expect(ceased.map(({ certain }) => certain)).toEqual([true, false]);
		expect(await seen(id('P'))).toEqual({ amount: '17.00' });
		expect(await seen(id('Q'))).toEqual({ amount: '1.00', reported_by_children: '1.00' });
	});

	test('a file of the child alone is held against the parent of the books, an additional one too', async () => {
		await handIn([activity('P'), child('A', 'P'), paid('P', '10.00'), paid('A', '4.00')]);
		const { shown } = await handIn([child('A', 'P'), paid('A', '4.00'), paid('A', '6.00', on('2017-09-01'))]);
		expect(shown.map(({ certain }) => certain)).toContain(true);
		expect(await seen(id('P'))).toEqual({ amount: '10.00', reported_by_children: '10.00' });
		// A ledger extract, without a record of the activity, adds to the child.
		const more = await handIn([paid('A', '1.00', on('2017-10-01'))]);
		expect(more.shown).toMatchObject([
			{ certain: true, match: { activities: [] } },
			{ certain: false, reason: expect.stringContaining('EUR 10.00 on parents, EUR 11.00 on children') }
		]);
		expect(await seen(id('P'))).toEqual({ amount: '21.00' });
	});

	test('money between two reporters is no family, nor is a circle of parents a trap', async () => {
		const other = `${reporter}-X`;
		const { shown } = await handIn([
			activity('P', { related: [{ type: '2', key: id('1', other) }] }),
			anIatiActivity(id('1', other), other, { related: [{ type: '1', key: id('P') }] }),
			activity('C', { related: [{ type: '1', key: id('D') }] }),
			activity('D', { related: [{ type: '1', key: id('C') }] }),
			activity('E', { related: [{ type: '1', key: id('E') }] }),
			paid('P', '10.00'),
			anIatiTransaction(id('1', other), other, { entryKind: '3', amount: '10.00', ...on('2017-02-01') }),
			paid('C', '3.00'),
			paid('D', '2.00'),
			paid('E', '1.00')
		]);
		expect(shown.map(({ key }) => key)).toEqual([`children-differing:${reporter}:3`]);
	});

	test('secondary reporters repeat others: proposed, and let go when they do no longer', async () => {
		const file = (secondary: boolean) => [
			activity('1', { secondaryReporter: secondary }),
			activity('2'),
			paid('1', '10.00'),
			paid('2', '3.00')
		];
		const { shown } = await handIn(file(true), acceptAll);
		expect(shown).toMatchObject([
			{
				key: `secondary:${reporter}`,
				counting: 'secondary',
				certain: false,
				entries: 1,
				sums: [{ kind: '3', currency: 'EUR', count: 1, sum: '10.00' }]
			}
		]);
		expect(await seen(id('1'))).toEqual({ amount: null, secondary: '10.00' });
		expect(await seen(id('2'))).toEqual({ amount: '3.00' });
		expect((await handIn(file(true))).shown).toEqual([]);
		const { shown: ceased } = await handIn(file(false));
		expect(ceased).toMatchObject([{ certain: true, match: { activities: [] } }]);
		expect(await seen(id('1'))).toEqual({ amount: '10.00' });
	});

	test('a revised budget replaces the original one of its period', async () => {
		const budget = (key: string, version: 'original' | 'revised', year: number, amount: string) =>
			paid(key, amount, {
				entryKind: 'budget',
				budgetVersion: version,
				dateFrom: `${year}-04-01`,
				dateTo: `${year + 1}-03-31`,
				datePrecision: 'period'
			});
		const file = [
			activity('1'),
			budget('1', 'original', 2016, '100.00'),
			budget('1', 'original', 2017, '110.00'),
			budget('1', 'revised', 2017, '90.00'),
			activity('2'),
			budget('2', 'original', 2017, '5.00')
		];
		const { shown } = await handIn(file, acceptAll);
		expect(shown).toMatchObject([
			{
				key: `superseded-budget:${reporter}`,
				counting: 'superseded_budget',
				certain: false,
				entries: 1,
				match: {
					entryKind: 'budget',
					budgetVersion: 'original',
					activities: [{ activity: id('1'), from: '2017-04-01', to: '2018-03-31' }]
				},
				sums: [{ kind: 'budget', currency: 'EUR', count: 1, sum: '110.00' }]
			}
		]);
		expect(await seen(id('1'), { measure: 'budget' })).toEqual({
			amount: '190.00',
			superseded_budget: '110.00'
		});
		expect(await seen(id('2'), { measure: 'budget' })).toEqual({ amount: '5.00' });
		expect((await handIn(file)).shown).toEqual([]);
	});

	test('money that one reporter gave and another received is proposed on both sides', async () => {
		const partner = `${reporter}-PARTNER`;
		const given = [
			activity('1'),
			paid('1', '100.00', { receiver: partner }),
			paid('1', '20.00', { receiver: 'XM-SOMEONE' }),
			activity('2'),
			paid('2', '50.00', { receiver: partner })
		];
		expect((await handIn(given)).shown).toEqual([]);
		const received = (amount: string, change = {}) =>
			anIatiTransaction(id('A', partner), partner, {
				entryKind: '1',
				amount,
				provider: reporter,
				...on('2017-02-20'),
				...change
			});
		const { shown } = await handIn(
			[
				anIatiActivity(id('A', partner), partner),
				received('100.00'),
				received('1.00', { provider: 'XM-SOMEONE' }),
				anIatiTransaction(id('A', partner), partner, { entryKind: '4', amount: '80.00', ...on('2017-05-01') })
			],
			acceptAll
		);
		expect(shown).toMatchObject([
			{
				key: `transfer:${partner}:1:${reporter}`,
				counting: 'internal_transfer',
				reporter: partner,
				certain: false,
				entries: 1,
				match: { entryKind: '1', provider: reporter, activities: [{ activity: id('A', partner) }] },
				sums: [{ kind: '1', currency: 'EUR', count: 1, sum: '100.00' }]
			},
			{
				key: `transfer:${reporter}:3:${partner}`,
				counting: 'internal_transfer',
				reporter,
				certain: false,
				entries: 1,
				match: { entryKind: '3', receiver: partner, activities: [{ activity: id('1') }] },
				sums: [{ kind: '3', currency: 'EUR', count: 1, sum: '100.00' }]
			}
		]);
		expect(await seen(id('1'))).toEqual({ amount: '20.00', internal_transfer: '100.00' });
		expect(await seen(id('2'))).toEqual({ amount: '50.00' });
		expect(await seen(id('A', partner))).toEqual({ amount: '80.00' });
		expect(await seen(id('A', partner), { measure: 'received' })).toEqual({
			amount: '1.00',
			internal_transfer: '100.00'
		});
		// What comes later is counted by the rules that stand.
		await handIn([...given, paid('1', '9.00', { receiver: partner, ...on('2017-07-01') })]);
		expect(await seen(id('1'))).toEqual({ amount: '20.00', internal_transfer: '109.00' });
	});

	test('two reporters of one file, new to the books, are held against each other', async () => {
		const partner = `${reporter}-PARTNER`;
		const { shown } = await handIn([
			activity('1'),
			paid('1', '100.00', { entryKind: '2', receiver: partner }),
			anIatiActivity(id('A', partner), partner),
			anIatiTransaction(id('A', partner), partner, {
				entryKind: '11',
				amount: '100.0',
				provider: reporter,
				...on('2017-03-01')
			}),
			anIatiTransaction(id('A', partner), partner, {
				entryKind: '1',
				amount: '100.0',
				provider: reporter,
				...on('2017-03-01')
			})
		]);
		expect(shown.map(({ key, sums }) => [key, sums[0]!.sum])).toEqual([
			[`transfer:${partner}:11:${reporter}`, '100.0'],
			[`transfer:${reporter}:2:${partner}`, '100.00']
		]);
	});

	test('counts thousands of activities by their rule as it counts one', { tags: 'nightly' }, async () => {
		const keys = Array.from({ length: 1500 }, (_, index) => `${index}`);
		const file = keys.flatMap((key) => [
			activity(key, { secondaryReporter: Number.parseInt(key, 10) % 2 === 0 }),
			paid(key, '1.00', { receiver: `XM-R-${reporter}` })
		]);
		const { shown } = await handIn(file, acceptAll);
		expect(shown.map(({ entries }) => entries)).toEqual([750]);
		const of = { organisation: null, portfolio: 'all' };
		const sums = await Promise.all([id('0'), id('1'), id('1498')].map((project) => seen(project, of)));
		expect(sums).toEqual([
			{ amount: null, secondary: '1.00' },
			{ amount: '1.00' },
			{ amount: null, secondary: '1.00' }
		]);
	});
});
