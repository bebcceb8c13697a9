import { beforeAll, expect, test } from 'vitest';
import { compare, sum } from '#lib/money/decimal.ts';
import type { Database } from '#lib/server/database/open.ts';
import { findMovedActivity, findOrganisationNumber } from '#lib/server/facts/moved.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { total } from '#lib/server/ledger/total.ts';
import { groupableBy, type Groups } from '#lib/server/page/groups.ts';
import { readTransaction } from '#lib/server/page/transaction.ts';
import { readTransactions } from '#lib/server/page/transactions.ts';
import type { Dimension, Slice } from '#lib/slice/slice.ts';
import type { View } from '#lib/slice/view.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity } from '../support/iati-records.ts';
import {
	anEntry,
	anOrganisation,
	aProject,
	anActivity,
	aWithdrawal,
	postRecords
} from '../support/ledger-factory.ts';
import { plainly } from '../support/ledger-slices.ts';
import { askedOf } from '../support/question.ts';

describeOnBothEngines('the list of transactions', (_engine, fresh) => {
	let database: Database;

	beforeAll(async () => {
		database = await fresh({ filled: true });
		await postRecords(database.db, 'published', [
			anOrganisation('R-1', 'First reporter'),
			anOrganisation('R-2', 'Second reporter'),
			aProject('P-1'),
			anActivity('A-1', 'P-1')
		]);
	});

	const asked = (slice: Partial<Slice> = {}, view: Partial<View> = {}, open: string | null = null) =>
		askedOf(database.db, { slice, view, fields: { open } });
	const invented = { nature: 'demonstration' } as const;
	const read = async (...question: Parameters<typeof asked>) => readTransactions(await asked(...question));
	const grouped = async (group: Dimension, slice: Partial<Slice> = invented): Promise<Groups> =>
		(await read(slice, { group })).grouped!;

	test('has subtotals that add up to its total, each the total of the slice it opens as', async () => {
		const whole = await total(database.db, (await asked(invented)).slice);
		for (const dimension of groupableBy((await asked(invented)).slice)) {
			const { groups, count } = await grouped(dimension);
			expect(groups.length, dimension).toBe(count);
			expect(sum(groups.flatMap((group) => group.sum.amount ?? [])), dimension).toBe(whole.amount);
			for (const group of groups.slice(0, 12)) {
				expect(plainly(await total(database.db, group.slice)), `${dimension} ${group.key}`).toEqual(
					plainly(group.sum)
				);
			}
		}
	});

	test('opens one subtotal to its rows, which add up to it as far as they are shown', async () => {
		const { grouped: found, rows } = await read(invented, { group: 'year' }, '2016');
		expect(found!.opened).toMatchObject({ key: '2016', more: true });
		expect(rows).toHaveLength(20);
		for (const row of rows) expect(row.date_from!.slice(0, 4)).toBe('2016');
		const added = (of: typeof rows) => sum(of.flatMap((row) => row.amount_in_slice ?? []));
		const few = (await grouped('month')).groups.find((group) => group.sum.entries <= 20)!;
		const whole = await read(invented, { group: 'month' }, few.key);
		expect(whole.grouped!.opened!.more).toBe(false);
		expect(whole.rows).toHaveLength(few.sum.entries);
		expect(added(whole.rows)).toBe(few.sum.amount);
		expect((await read(invented, { group: 'year' }, '1900')).grouped!.opened).toBeNull();
	});

	test('sorts subtotals by name or amount and refuses what it does not know, by name', async () => {
		const keysBy = async (sort: string) =>
			(await read(invented, { group: 'country', sort })).grouped!.groups.map(({ key }) => key);
		const sizes = (await read(invented, { group: 'country', sort: 'amount' }))
			.grouped!.groups.filter(({ key }) => key !== 'none')
			.map(({ sum: of }) => of.amount!);
		expect(sizes.length).toBeGreaterThan(1);
		expect(sizes).toEqual(sizes.toSorted(compare));
		const named = (await read(invented, { group: 'country', sort: 'group' }))
			.grouped!.groups.filter(({ key }) => key !== 'none')
			.map(({ label }) => label);
		expect(named).toEqual(named.toSorted((a, b) => a.localeCompare(b)));
		expect(named).toEqual(expect.arrayContaining(['Mali', 'Niger']));
		expect(await keysBy('-amount')).toEqual(
			(await keysBy('amount'))
				.filter((key) => key !== 'none')
				.reverse()
				.concat((await keysBy('amount')).filter((key) => key === 'none'))
		);
		for (const [view, parameter] of [
			[{ group: 'country', sort: 'size' }, 'sort'],
			[{ sort: 'amount' }, 'sort'],
			[{ group: 'counting' }, 'group'],
			[{ columns: ['date', 'colour'] }, 'columns']
		] as const) {
			await expect(read(invented, view as Partial<View>), parameter).rejects.toMatchObject({
				status: 400,
				body: { parameter }
			});
		}
		await expect(read(invented, { group: 'country', after: 'g9000' })).rejects.toThrow(
			/no place in the list/
		);
	});

	test('gives the columns asked for, in their order, and names for what they show', async () => {
		const { columns, labels, rows } = await read(invented, {
			columns: ['project', 'activity', 'date', 'amount']
		});
		expect(columns).toEqual(['date', 'activity', 'project']);
		for (const row of rows) {
			expect(labels.activity[row.activity_id]).toBeTruthy();
			expect(labels.project[row.project_key]).toBe('GLO.ACT');
		}
		expect((await read(invented, { columns: ['amount'] })).columns).toEqual([]);
	});

	test('says which part of a filter excludes everything, and what is left without it', async () => {
		const { empty } = await read({ ...invented, country: 'ML', from: '2030-01-01', to: '2030-12-31' });
		if (empty === null || empty === 'nothing_published') throw new Error('nothing was explained');
		const malian = await total(database.db, (await asked({ ...invented, country: 'ML' })).slice);
		expect(empty.parts).toEqual([{ part: '2030', without: { from: null, to: null }, count: malian.entries }]);
		expect(empty.measures).toEqual([]);
		expect(empty.cleared).toEqual({ country: null, from: null, to: null });
		const both = await read({ ...invented, country: 'FR', from: '2030-01-01' });
		expect(both.empty).toMatchObject({ parts: [], unfiltered: expect.any(Number) as number });
		const measure = await read({ ...invented, measure: 'guarantee', country: 'ML' });
		expect(measure.empty).toMatchObject({
			parts: [],
			measures: [{ measure: 'spent', count: malian.entries }, { measure: 'committed' }, { measure: 'budget' }]
		});
		expect((await read()).empty).toBe('nothing_published');
		expect((await read(invented)).empty).toBeNull();
	});

	test('one row tells every version: booked, corrected, withdrawn, with before and after', async () => {
		const identity = { reporter: 'R-1', activity: 'A-1', project: 'P-1', reference: 'V-1' };
		const { db } = database;
		const ML = [{ country: 'ML', percentage: '100' }];
		const NE = [{ country: 'NE', percentage: '100' }];
		await postRecords(db, 'published', [
			anEntry(identity, { amount: '100.00', description: 'tickets', countries: ML })
		]);
		await postRecords(db, 'published', [
			anEntry(identity, { amount: '120.00', description: 'air tickets', heading: 'travel', countries: ML })
		]);
		await postRecords(db, 'published', [
			anEntry(identity, { amount: '120.00', description: 'air tickets', heading: 'travel', countries: NE })
		]);
		await postRecords(db, 'published', [aWithdrawal({ reporter: 'R-1', activity: 'A-1', reference: 'V-1' })]);
		const entries = await db
			.selectFrom('ledger_entry')
			.select(['reporting_organisation_id', 'entry_id'])
			.where('voucher', '=', 'V-1')
			.orderBy('entry_id')
			.execute();
		expect(entries).toHaveLength(3);
		for (const { reporting_organisation_id, entry_id } of entries) {
			const found = await readTransaction(
				await askedOf(db, { slice: { portfolio: 'all' } }),
				`${reporting_organisation_id}-${entry_id}`
			);
			expect(found!.current).toBeNull();
			const [booked, corrected, shared, withdrawn] = found!.events;
			expect(found!.events).toHaveLength(4);
			expect(booked).toMatchObject({
				what: 'booked',
				amount: { before: null, after: { amount: '100.00' } },
				changes: []
			});
			expect(corrected).toMatchObject({
				what: 'correction',
				amount: { before: { amount: '100.00' }, after: { amount: '120.00' } },
				changes: [
					{ field: 'description', before: 'tickets', after: 'air tickets' },
					{ field: 'heading', before: null }
				],
				shares: []
			});
			expect(shared).toMatchObject({
				changes: [],
				shares: [
					{ field: 'countries', code: 'ML', before: { amount: '120.00' }, after: null },
					{ field: 'countries', code: 'NE', before: null, after: { amount: '120.00' } }
				]
			});
			expect(withdrawn).toMatchObject({ what: 'withdrawal', version: null, amount: { after: null } });
			const numbers = found!.events.map(({ posting }) => posting.no);
			expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
		}
	});

	test('an amount without a rate stays as booked and is counted as not converted', async () => {
		await postRecords(database.db, 'published', [
			anEntry(
				{ reporter: 'R-2', activity: 'A-1', project: 'P-1', reference: 'V-X' },
				{ amount: '500000', currency: 'XOF' }
			)
		]);
		const { total: sums, rows } = await read({ portfolio: 'all', booked: 'XOF' });
		expect(sums).toMatchObject({
			amount: null,
			entries: 1,
			unconverted: [{ currency: 'XOF', amount: '500000', entries: 1 }]
		});
		expect(rows).toMatchObject([
			{ amount: '500000', currency: 'XOF', amount_in_slice: null, booked_in_slice: '500000' }
		]);
		const { groups } = await grouped('booked_currency', { portfolio: 'all' });
		expect(groups.map(({ key }) => key)).toContain('XOF');
	});

	test('an identifier that moved leads to where the activity is now', async () => {
		const { db } = database;
		const otherIdentifiers = [
			{ reference: 'XM-OLD-7', type: 'A3', ownerReference: null, ownerName: null },
			{ reference: 'XM-THEIRS-7', type: 'A1', ownerReference: null, ownerName: null }
		];
		await postRecords(db, 'published', [
			anIatiActivity('XM-NEW-7', 'R-1', { further: { otherIdentifiers } })
		]);
		const at = (await resolveFactsAt(db, null))!;
		const moved = await findMovedActivity(db, at, 'XM-OLD-7');
		expect(moved).not.toBeNull();
		expect(await findMovedActivity(db, at, 'XM-NEW-7')).toBe(moved);
		expect(await findMovedActivity(db, at, moved!)).toBeNull();
		expect(await findMovedActivity(db, at, 'XM-THEIRS-7')).toBeNull();
		expect(await findMovedActivity(db, at, "x' or true --")).toBeNull();
		expect(await findMovedActivity(db, at, '999999999')).toBeNull();
		expect(await findOrganisationNumber(db, 'R-1')).toMatch(/^\d+$/);
		expect(await findOrganisationNumber(db, '12')).toBeNull();
		expect(await findOrganisationNumber(db, 'R-9')).toBeNull();
	});
});
