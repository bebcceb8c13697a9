import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { BooksMovedError, post } from '#lib/server/intake/post.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { NO_DECISIONS, accept, listChanges, preview } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiTransaction } from '../support/iati-records.ts';
import { aWithdrawal, anEntry, postRecords } from '../support/ledger-factory.ts';
import { plainly, sliceOf, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

const on = (day: string) => ({ dateFrom: day, dateTo: day });
const NOTHING = { added: 0, changed: 0, withdrawn: 0, unchanged: 0, unclear: 0 };
let run = 0;

describeOnBothEngines('comparing a file with the books', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;
	/** A publisher of its own for each test. */
	let publisher: string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db, ['published']);
		publisher = `XM-C${run++}`;
	});

	const scope = (reference: string | null = null) => ({
		reporter: world.reporters[0]!,
		activity: world.activities[1]!.key,
		project: world.projects[0]!,
		reference
	});
	const entry = (reference: string | null, change: Partial<LedgerEntryRecord> = {}) =>
		anEntry(scope(reference), change);
	const handIn = (records: IntakeRecord[], decide: Parameters<typeof accept>[3] = {}) =>
		accept(db, 'published', records, decide);
	const look = async (records: IntakeRecord[]) => {
		const { importId, preview: shown } = await preview(db, 'published', records);
		return { importId, ...shown, listed: await listChanges(db, importId) };
	};
	const spent = async () => plainly(await total(db, wholeOf(world)));

	const id = (key: string) => `${publisher}-${key}`;
	const activity = (key: string, change = {}) => anIatiActivity(id(key), publisher, change);
	const paid = (key: string, change: Partial<LedgerEntryRecord> = {}) =>
		anIatiTransaction(id(key), publisher, { entryKind: '3', ...change });
	const paidIn = async (project: string, change: Partial<Slice> = {}) =>
		plainly(await total(db, sliceOf({ project: id(project), ...change })));

	test('a corrected amount without a reference is a change, shown before and after', async () => {
		const other = entry(null, { amount: '250.00', ...on('2017-05-01') });
		await handIn([entry(null), other]);
		const { importId, posted, preview: shown } = await handIn([entry(null, { amount: '110.00' }), other]);
		expect(shown.changes).toEqual({ ...NOTHING, changed: 1, unchanged: 1 });
		expect(posted.counts).toEqual({ added: 0, changed: 1, retired: 0, unchanged: 1 });
		expect(await listChanges(db, importId)).toMatchObject([
			{
				change: 'changed',
				recordNo: 1,
				activity: world.activities[1]!.key,
				before: { amount: '100.00', dateFrom: '2017-03-08', reporter: world.reporters[0] },
				after: { entryId: null, amount: '110.00', reporter: world.reporters[0] }
			}
		]);
		expect(await spent()).toEqual({ amount: '360', entries: 2, unconverted: [] });
	});

	test('a movement keeps its key over its versions, so that its history stays together', async () => {
		await handIn([entry(null)]);
		await handIn([entry(null, { amount: '110.00' })]);
		await handIn([entry('V1', { amount: '110.00' })]);
		await handIn([entry('V1', { amount: '120.00' })]);
		// What now has the fields that the first one had is another movement.
		await handIn([entry('V1', { amount: '120.00' }), entry(null), entry(null)]);
		const { rows } = await sql<{ entry_key: string; amounts: string[] }>`
			select entry_key, array_agg(amount::text order by entry_id) as amounts from ledger_entry e
			join organisation o on o.organisation_id = e.reporting_organisation_id where o.key = ${world.reporters[0]!}
			group by 1 order by min(entry_id)`.execute(db);
		expect(rows.map(({ amounts }) => amounts)).toEqual([
			['100.00', '110.00', '110.00', '120.00'],
			['100.00'],
			['100.00']
		]);
	});

	test('says what a file holds by month and heading, and what it changes in sum', async () => {
		await handIn([entry('A'), entry('B', { amount: '5.00' })]);
		const shown = await look([
			entry('A', { amount: '101.50', heading: 'staff' }),
			entry('B', { amount: '5.00' }),
			entry('C', { amount: '7', heading: 'travel', ...on('2017-04-01') }),
			entry('D', {
				amount: '2',
				currency: 'USD',
				dateFrom: '2017-04-01',
				dateTo: '2017-05-02',
				datePrecision: 'period'
			})
		]);
		expect(shown.byMonth).toEqual([
			{ part: '2017-03', currency: 'EUR', kind: '4', count: 2, sum: '106.50' },
			{ part: '2017-04', currency: 'EUR', kind: '4', count: 1, sum: '7' },
			{ part: null, currency: 'USD', kind: '4', count: 1, sum: '2' }
		]);
		expect(shown.byHeading).toEqual([
			{ part: 'staff', currency: 'EUR', kind: '4', count: 1, sum: '101.50' },
			{ part: 'travel', currency: 'EUR', kind: '4', count: 1, sum: '7' },
			{ part: null, currency: 'EUR', kind: '4', count: 1, sum: '5.00' },
			{ part: null, currency: 'USD', kind: '4', count: 1, sum: '2' }
		]);
		expect(shown.difference).toEqual([
			{ currency: 'EUR', kind: '4', before: '105.00', after: '113.50' },
			{ currency: 'USD', kind: '4', before: '0', after: '2' }
		]);
		expect(shown.reporters).toEqual([
			{ key: world.reporters[0], name: `Organisation ${world.reporters[0]}`, activities: 1, foreign: 0 }
		]);
		expect(shown.read).toMatchObject({ transactions: 4 });
	});

	test('a file that the books hold already changes nothing, and says so', async () => {
		const file = [activity('1'), paid('1'), paid('1'), paid('1', { amount: '7.00' })];
		expect((await handIn(file)).preview).toMatchObject({
			nothingChanges: false,
			activities: { added: 1, changed: 0, unchanged: 0 }
		});
		const again = await handIn(file);
		expect(again.preview).toMatchObject({
			nothingChanges: true,
			activities: { added: 0, changed: 0, unchanged: 1 },
			changes: { ...NOTHING, unchanged: 3 }
		});
		expect(again.posted.counts).toEqual({ added: 0, changed: 0, retired: 0, unchanged: 3 });
	});

	test('an unclear pair blocks posting until it is decided, and then goes as decided', async () => {
		await handIn([entry(null, { amount: '100.00' }), entry(null, { amount: '200.00' })]);
		const file = [entry(null, { amount: '150.00' })];
		const { listed, changes, importId } = await look(file);
		expect(changes).toEqual({ ...NOTHING, unclear: 1 });
		const [unclear] = listed;
		expect(unclear).toMatchObject({ change: 'unclear', recordNo: 1, after: { amount: '150.00' } });
		const candidates = unclear!.change === 'unclear' ? unclear!.before : [];
		expect(candidates.map(({ amount }) => amount).sort()).toEqual(['100.00', '200.00']);
		const decide = (pairs: Record<string, string | null>) =>
			post(db, importId, { explanation: 'decided', decisions: { ...NO_DECISIONS, pairs } });
		await expect(decide({})).rejects.toThrow('say which before posting');
		await expect(decide({ 1: '999999999' })).rejects.toThrow('not one of those shown');
		const second = candidates.find(({ amount }) => amount === '200.00')!;
		expect((await decide({ [unclear!.changeNo]: second.entryId })).counts).toMatchObject({
			changed: 1,
			added: 0
		});
		expect(await spent()).toEqual({ amount: '250', entries: 2, unconverted: [] });
	});

	test('an unclear pair can be decided as new, but no entry be replaced twice', async () => {
		await handIn([entry(null)]);
		const file = [entry(null, { amount: '90.00' }), entry(null, { amount: '110.00' })];
		const { listed, importId } = await look(file);
		expect(listed.map(({ change }) => change)).toEqual(['unclear', 'unclear']);
		const [first, second] = listed.map(({ changeNo }) => changeNo) as [number, number];
		const only = listed[0]!.change === 'unclear' ? listed[0]!.before[0]!.entryId! : '';
		const decide = (pairs: Record<string, string | null>) =>
			post(db, importId, { explanation: 'decided', decisions: { ...NO_DECISIONS, pairs } });
		await expect(decide({ [first]: only, [second]: only })).rejects.toThrow('replace the same one');
		expect((await decide({ [first]: null, [second]: only })).counts).toMatchObject({ changed: 1, added: 1 });
		expect(await spent()).toEqual({ amount: '200', entries: 2, unconverted: [] });
	});

	test('what a file no longer has stays, until it is confirmed to be complete', async () => {
		const other = anEntry({ ...scope('X'), activity: world.activities[0]!.key }, { amount: '40.00' });
		const foreign = anEntry({ ...scope('X'), reporter: world.reporters[1]! }, { amount: '3.00' });
		await handIn([entry('A'), entry('B', { amount: '20.00' }), other, foreign]);
		const file = [entry('A')];
		const first = await handIn(file);
		expect(first.preview.absent).toEqual({
			activities: 0,
			activityKeys: [],
			entries: 2,
			sums: [{ currency: 'EUR', kind: '4', count: 2, sum: '60.00' }]
		});
		expect(first.posted.counts).toEqual({ added: 0, changed: 0, retired: 0, unchanged: 1 });
		const second = await handIn(file, (_, changes) => {
			expect(changes.map(({ change, before }) => [change, before])).toEqual([
				['withdrawn', expect.objectContaining({ amount: '20.00' })],
				['withdrawn', expect.objectContaining({ amount: '40.00' })]
			]);
			return { complete: true };
		});
		expect(second.posted.counts).toEqual({ added: 0, changed: 0, retired: 2, unchanged: 1 });
		expect(await spent()).toEqual({ amount: '103', entries: 2, unconverted: [] });
		const { rows } = await sql<{ cause: string }>`
			select r.cause from ledger_retirement r join ledger_entry e using (reporting_organisation_id, entry_id)
			where r.posting_no = ${second.posted.postingNo} and r.nature = 'published'`.execute(db);
		expect(rows).toEqual([{ cause: 'withdrawal' }, { cause: 'withdrawal' }]);
	});

	test('activities that a complete file no longer has are withdrawn with their money, and can come back', async () => {
		const both = [activity('1'), paid('1'), activity('2'), paid('2', { amount: '9.00' })];
		await handIn(both);
		const { preview: shown, posted } = await handIn(both.slice(0, 2), { complete: true });
		expect(shown.absent).toMatchObject({ activities: 1, activityKeys: [id('2')], entries: 1 });
		expect(posted.counts.retired).toBe(1);
		const state = async () =>
			(
				await sql<{ withdrawn: boolean; versions: number }>`
					select c.withdrawn, (select count(*)::integer from activity_version v where v.activity_id = c.activity_id) as versions
					from activity join activity_current c using (activity_id) where key = ${id('2')}`.execute(db)
			).rows[0];
		expect(await state()).toEqual({ withdrawn: true, versions: 2 });
		expect(await paidIn('2')).toMatchObject({ amount: null, entries: 0 });
		const back = await handIn(both);
		expect(back.preview).toMatchObject({
			activities: { added: 1, changed: 0, unchanged: 1 },
			changes: { ...NOTHING, added: 1, unchanged: 1 }
		});
		expect(await state()).toEqual({ withdrawn: false, versions: 3 });
		expect(await paidIn('2')).toMatchObject({ amount: '9', entries: 1 });
	});

	test('counts beforehand what a file takes back by name', async () => {
		await handIn([entry('A'), entry('B', { amount: '20.00' }), entry('C'), entry('C', { amount: '1.00' })]);
		const file = [
			entry('D', { amount: '4.00' }),
			...['A', 'A', 'C', 'D', 'never there'].map((reference) => aWithdrawal({ ...scope(), reference }))
		];
		const { preview: shown, posted, importId } = await handIn(file);
		expect(shown.changes).toEqual({ ...NOTHING, added: 1, withdrawn: 2 });
		expect(shown.absent.entries).toBe(3);
		expect(posted.counts).toEqual({ added: 1, changed: 0, retired: 2, unchanged: 0 });
		expect(shown.difference).toEqual([{ currency: 'EUR', kind: '4', before: '221.00', after: '121.00' }]);
		expect(await spent()).toEqual({ amount: '121', entries: 3, unconverted: [] });
		const findings = await db
			.selectFrom('finding')
			.select('rule')
			.where('import_id', '=', importId)
			.orderBy('finding_id')
			.execute();
		expect(findings.map(({ rule }) => rule)).toEqual([
			'withdrawal-of-nothing',
			'withdrawal-unclear',
			'withdrawal-of-nothing'
		]);
	});

	test('refuses what was compared before the latest posting', async () => {
		const { importId } = await look([entry('A')]);
		await handIn([entry('B')]);
		await expect(post(db, importId, { explanation: 'late', upToDate: true })).rejects.toThrow(
			BooksMovedError
		);
	});

	test('a file never overwrites what another publisher reports', async () => {
		await handIn([activity('1'), paid('1')]);
		const intruder = `${publisher}-X`;
		const file = [
			anIatiActivity(id('1'), intruder, { title: { en: 'Taken over' } }),
			anIatiTransaction(id('1'), intruder, { entryKind: '3', amount: '1.00' })
		];
		const shown = await look(file);
		expect(shown.reporters).toMatchObject([{ key: intruder, activities: 1, foreign: 1 }]);
		await expect(post(db, shown.importId, { explanation: 'no' })).rejects.toThrow(
			`such as ${id('1')}. A file never overwrites what another one reports`
		);
	});

	test('a secondary reporter repeats, and gives way to who reports the activity itself', async () => {
		const repeater = `${publisher}-2ND`;
		const repeated = (title: string) => [
			anIatiActivity(id('1'), repeater, { secondaryReporter: true, title: { en: title } }),
			anIatiTransaction(id('1'), repeater, { entryKind: '3', amount: '1.00' })
		];
		const titleOf = async () =>
			(
				await sql<{ title: object }>`
					select v.title from activity join activity_current c using (activity_id) join activity_version v using (activity_version_id)
					where key = ${id('1')}`.execute(db)
			).rows[0]!.title;
		await handIn(repeated('As repeated'));
		await handIn([activity('1', { title: { en: 'As reported' } }), paid('1')]);
		expect(await titleOf()).toEqual({ en: 'As reported' });
		const later = await handIn(repeated('As repeated later'));
		expect(later.preview.reporters).toMatchObject([{ foreign: 0 }]);
		expect(later.posted.counts).toMatchObject({ unchanged: 1 });
		expect(await titleOf()).toEqual({ en: 'As reported' });
	});

	test('changed percentages of an activity cut its unchanged entries anew', async () => {
		const shares = (first: string, second: string) => ({
			countries: [
				{ country: 'ML', percentage: first },
				{ country: 'NE', percentage: second }
			]
		});
		const entries = [
			paid('1', { amount: '100.00' }),
			paid('1', { amount: '10.00', countries: [{ country: 'BR', percentage: '100' }] })
		];
		const byCountry = async () =>
			(await breakdown(db, sliceOf({ project: id('1') }), ['country'])).map(({ keys, amount }) => [
				keys[0],
				amount
			]);
		await handIn([activity('1', shares('50', '50')), ...entries]);
		const renamed = await handIn([
			activity('1', { ...shares('50.0', '50'), title: { en: 'Renamed' } }),
			...entries
		]);
		expect(renamed.preview.changes).toEqual({ ...NOTHING, unchanged: 2 });
		const { preview: shown, posted } = await handIn([activity('1', shares('70', '30')), ...entries]);
		expect(shown.changes).toEqual({ ...NOTHING, changed: 1, unchanged: 1 });
		expect(posted.counts).toEqual({ added: 0, changed: 1, retired: 0, unchanged: 1 });
		expect((await byCountry()).sort()).toEqual([
			['BR', '10.00'],
			['ML', '70.00'],
			['NE', '30.00']
		]);
		const { rows } = await sql<{ cause: string }>`
			select cause from ledger_retirement where posting_no = ${posted.postingNo} and nature = 'published'`.execute(
			db
		);
		expect(rows).toEqual([{ cause: 'allocation' }]);
	});

	test('compares thousands of entries of one activity as it does a few', { tags: 'nightly' }, async () => {
		const many = (amount: (index: number) => string) =>
			Array.from({ length: 6000 }, (_, index) =>
				entry(null, { amount: amount(index), description: `row ${index % 5990}` })
			);
		await postRecords(
			db,
			'published',
			many(() => '1.00')
		);
		const { preview: shown, posted } = await handIn(
			many((index) => (index % 1000 === 500 ? '2.00' : '1.00'))
		);
		expect(shown.changes).toEqual({ ...NOTHING, changed: 6, unchanged: 5994 });
		expect(posted.counts).toEqual({ added: 0, changed: 6, retired: 0, unchanged: 5994 });
		expect(await spent()).toMatchObject({ amount: '6006', entries: 6000 });
	});
});
