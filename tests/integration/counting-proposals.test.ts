import type { Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import type { Preview, Proposal } from '#lib/server/intake/preview.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { total } from '#lib/server/ledger/total.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { accept, preview } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiTransaction } from '../support/iati-records.ts';

type Counting = Extract<Proposal, { what: 'counting' }>;

let run = 0;

describeOnBothEngines('what is proposed not to be counted', (_engine, fresh) => {
	let db: Kysely<DB>;
	let reporter: string;
	let name: (key: string) => string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(() => {
		const mark = `N${run++}`;
		reporter = `XM-${mark}`;
		name = (key) => `${reporter}-${key}`;
	});

	const spent = (amount: string, change: Partial<LedgerEntryRecord> = {}): Partial<LedgerEntryRecord> => ({
		entryKind: '3',
		amount,
		...change
	});
	const money = (activity: string, change: Partial<LedgerEntryRecord> = {}) =>
		anIatiTransaction(name(activity), reporter, change);
	const parent = (key: string, change = {}) => anIatiActivity(name(key), reporter, change);
	const child = (key: string, of: string) =>
		anIatiActivity(name(key), reporter, { related: [{ type: '1', key: name(of) }] });
	const countingOf = ({ proposals }: Preview) =>
		proposals.filter((proposal): proposal is Counting => proposal.what === 'counting');
	const handIn = (records: IntakeRecord[], decide: Parameters<typeof accept>[3] = {}) =>
		accept(db, 'published', records, decide);
	const totalOf = async (project: string, change: Partial<Slice> = {}) => {
		const { amount, notCounted } = await total(db, {
			...defaultSlice('all'),
			project: name(project),
			...change
		});
		return { amount, notCounted: notCounted.map((part) => [part.reason, part.amount, part.entries]) };
	};

	test('a parent that equals its children in kind, currency and year is left out without asking', async () => {
		const { preview: shown } = await handIn([
			parent('P'),
			child('A', 'P'),
			child('B', 'P'),
			money('P', spent('100.00', { dateFrom: '2017-02-01', dateTo: '2017-02-01' })),
			money('P', spent('50.00', { dateFrom: '2018-02-01', dateTo: '2018-02-01' })),
			money('A', spent('60.00', { dateFrom: '2017-06-01', dateTo: '2017-06-01' })),
			money('B', spent('40', { dateFrom: '2017-12-31', dateTo: '2017-12-31' })),
			money('B', spent('49.00', { dateFrom: '2018-02-01', dateTo: '2018-02-01' }))
		]);
		expect(countingOf(shown)).toMatchObject([
			{
				counting: 'reported_by_children',
				certain: true,
				entries: 1,
				sums: [{ kind: '3', currency: 'EUR', count: 1, sum: '100.00' }]
			},
			{
				counting: 'reported_by_children',
				certain: false,
				entries: 1,
				reason: expect.stringContaining('EUR 50.00 on parents, EUR 49.00 on children'),
				sums: [{ kind: '3', currency: 'EUR', count: 1, sum: '50.00' }]
			}
		]);
		expect(await totalOf('P')).toEqual({
			amount: '199.00',
			notCounted: [['reported_by_children', '100.00', 1]]
		});
	});
});
