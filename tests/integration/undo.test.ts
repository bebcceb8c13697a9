import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { listActivities } from '#lib/server/facts/activities.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { listProjects } from '#lib/server/facts/projects.ts';
import { listIndicators } from '#lib/server/facts/results.ts';
import { findIdentical } from '#lib/server/intake/identical.ts';
import { isRefusal } from '#lib/server/intake/in-posting.ts';
import { joinProject } from '#lib/server/intake/join.ts';
import { post } from '#lib/server/intake/post.ts';
import { receive } from '#lib/server/intake/receive.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { stage, type StageInput } from '#lib/server/intake/stage.ts';
import { previewUndo, undo } from '#lib/server/intake/undo.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import { accept } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiResult, anIatiTransaction } from '../support/iati-records.ts';
import {
	aClaim,
	aCountingRule,
	aRate,
	aWithdrawal,
	anEntry,
	bytesOf,
	postRecords
} from '../support/ledger-factory.ts';
import { plainly, sliceOf, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

let run = 0;

describeOnBothEngines('undoing a posting', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;
	let publisher: string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db, ['published']);
		publisher = `XM-U${run++}`;
	});

	const scope = (reference: string | null = null) => ({
		reporter: world.reporters[0]!,
		activity: world.activities[1]!.key,
		project: world.projects[0]!,
		reference
	});
	const entry = (reference: string | null, change: Partial<LedgerEntryRecord> = {}) =>
		anEntry(scope(reference), change);
	const handIn = async (records: IntakeRecord[], decide: Parameters<typeof accept>[3] = {}) =>
		(await accept(db, 'published', records, decide)).posted.postingNo;
	const takeBack = async (postingNo: number) => {
		const done = await undo(db, 'published', postingNo, 'it was the wrong file');
		if (isRefusal(done)) throw new Error(done.message);
		return done;
	};
	const spent = async (change = {}) => plainly(await total(db, wholeOf(world, change)));
	const id = (key: string) => `${publisher}-${key}`;

	test('brings back what was changed and withdrawn, takes back what was added, and says all that beforehand', async () => {
		await handIn([entry('A'), entry('B'), entry('W', { amount: '9.00' })]);
		const no = await handIn([
			entry('A', { amount: '70.00' }),
			entry('B'),
			entry('C', { amount: '5.00', currency: 'XOF' }),
			aWithdrawal({ ...scope(), reference: 'W' })
		]);
		expect(await previewUndo(db, 'published', no)).toEqual({
			nature: 'published',
			postingNo: no,
			explanation: 'decided by a test',
			entries: { withdrawn: 1, changedBack: 1, restored: 1 },
			activities: { restored: 0, withdrawn: 0 },
			sums: [
				{ kind: '4', currency: 'EUR', goes: '70.00', comesBack: '109.00' },
				{ kind: '4', currency: 'XOF', goes: '5.00', comesBack: '0' }
			],
			refusal: null
		});
		const done = await takeBack(no);
		expect(done.counts).toEqual({ added: 1, changed: 1, retired: 1, unchanged: 0 });
		expect(await spent()).toEqual({ amount: '209', entries: 3, unconverted: [] });
		const { rows } = await sql<{ cause: string; undoes: number; explanation: string }>`
			select cause, undoes, explanation from posting where nature = 'published' and posting_no = ${done.postingNo}`.execute(
			db
		);
		expect(rows).toEqual([{ cause: 'undo', undoes: no, explanation: 'it was the wrong file' }]);
	});

	test('brings back versions that are equal to the old ones, cells, rates, place and all', async () => {
		const before = entry('A', {
			amount: '100.01',
			currency: 'USD',
			agreement: world.agreements[0]!,
			countries: [
				{ country: 'ML', percentage: '33.3' },
				{ country: 'NE', percentage: '33.3' }
			],
			sectors: [{ code: '15130', percentage: '100' }],
			heading: 'staff',
			place: 'first.csv row 7'
		});
		await handIn([before]);
		const no = await handIn([{ ...before, amount: '200.00', place: 'second.csv row 9', heading: 'travel' }]);
		await takeBack(no);
		const { rows } = await sql<{ version: object; cells: object }>`
			select to_jsonb(e) - 'entry_id' - 'added_by' as version, (select jsonb_agg(to_jsonb(s) - 'entry_id' order by cell_no)
				from entry_share s where s.entry_id = e.entry_id) as cells
			from ledger_entry e join organisation o on o.organisation_id = e.reporting_organisation_id
			where o.key = ${world.reporters[0]!} order by e.entry_id`.execute(db);
		expect(rows).toHaveLength(3);
		expect(rows[2]).toEqual(rows[0]);
		expect(rows[1]).not.toEqual(rows[0]);
	});

	test('is refused, with their numbers, when later postings changed the same', async () => {
		const first = await handIn([entry('A'), entry('B')]);
		const second = await handIn([entry('A', { amount: '70.00' }), entry('B')]);
		const refusal = await undo(db, 'published', first, 'no');
		expect(refusal).toEqual({
			code: 'changed-since',
			message: `Later postings changed the same entries: ${second}. Undo these first.`
		});
		expect((await previewUndo(db, 'published', first))!.refusal).toEqual(refusal);
		await takeBack(second);
		expect(await spent()).toMatchObject({ amount: '200', entries: 2 });
		expect(await previewUndo(db, 'published', first)).toMatchObject({
			entries: { withdrawn: 2, changedBack: 0, restored: 0 },
			sums: [{ goes: '200.00', comesBack: '0' }]
		});
		await takeBack(first);
		expect(await spent()).toMatchObject({ amount: null, entries: 0 });
	});

	test('is refused when a withdrawn movement has come back since', async () => {
		await handIn([entry('A'), entry('B')]);
		const gone = await handIn([entry('B')], { complete: true });
		const back = await handIn([entry('A'), entry('B')]);
		expect(await undo(db, 'published', gone, 'no')).toMatchObject({
			code: 'changed-since',
			message: expect.stringContaining(`entries: ${back}.`)
		});
	});

	test('can be undone itself, and a posting only once', async () => {
		await handIn([entry('A')]);
		const no = await handIn([entry('A', { amount: '70.00' })]);
		const { postingNo } = await takeBack(no);
		expect(await undo(db, 'published', no, 'again')).toEqual({
			code: 'changed-since',
			message: `Posting ${no} is undone already; to have it back, undo posting ${postingNo}.`
		});
		const back = await takeBack(postingNo);
		expect(await undo(db, 'published', no, 'again')).toEqual({
			code: 'changed-since',
			message: `Posting ${no} was undone and brought back; to take it back again, undo posting ${back.postingNo}.`
		});
		expect(await spent()).toMatchObject({ amount: '70', entries: 1 });
	});

	test('answers a posting that there is not', async () => {
		expect(await undo(db, 'published', 999_999, 'no')).toEqual({
			code: 'unknown',
			message: 'There is no posting 999999.'
		});
		expect(await previewUndo(db, 'published', 999_999)).toBeNull();
	});

	test('lets the same file be posted again', async () => {
		const { reporter, activity, project } = scope();
		const text = [
			'reporter,project,activity,kind,reference,date_from,amount,currency',
			[reporter, project, activity, '4', 'A', '2017-03-08', '12.00', 'EUR'].join()
		].join('\n');
		const source = await receive(db, {
			name: 'report.csv',
			mediaType: 'text/csv',
			bytes: bytesOf(text),
			receivedBy: 'upload',
			released: false
		});
		const input: StageInput = {
			sourceId: source.sourceId,
			nature: 'published',
			format: 'ledger-csv',
			coverage: { complete: false },
			options: { fileName: 'report.csv', nature: 'published' }
		};
		const { importId } = await stage(db, input);
		const { postingNo } = await post(db, importId, { explanation: 'a report' });
		expect(await findIdentical(db, input)).toEqual({ importId, postingNo });
		const undone = await takeBack(postingNo);
		expect(await findIdentical(db, input)).toBeNull();
		await takeBack(undone.postingNo);
		expect(await findIdentical(db, input)).toEqual({ importId, postingNo });
	});

	test('counts as before, also what came in between', async () => {
		const rule = (key: string, counting: Parameters<typeof aCountingRule>[2], match = {}) =>
			aCountingRule(`${key} of ${publisher}`, world.reporters[0]!, counting, match);
		await postRecords(db, 'published', [
			rule('first', 'secondary', { entryKind: '4', from: '2018-01-01' }),
			rule('second', 'internal_transfer', { from: '2019-01-01' }),
			...['2017', '2018', '2019'].map((year) =>
				entry(year, { dateFrom: `${year}-03-08`, dateTo: `${year}-03-08` })
			)
		]);
		const counts = async () => ({
			counted: (await spent()).entries,
			secondary: (await spent({ counting: 'secondary' })).entries,
			internal: (await spent({ counting: 'internal_transfer' })).entries,
			children: (await spent({ counting: 'reported_by_children' })).entries
		});
		const before = await counts();
		expect(before).toEqual({ counted: 1, secondary: 1, internal: 1, children: 0 });
		const { postingNo } = await postRecords(db, 'published', [
			rule('first', 'secondary', { entryKind: '4' }),
			rule('third', 'reported_by_children', { to: '2017-12-31' })
		]);
		expect(await counts()).toEqual({ counted: 0, secondary: 2, internal: 0, children: 1 });
		await postRecords(db, 'published', [entry('2017b', { dateFrom: '2017-05-05', dateTo: '2017-05-05' })]);
		expect((await counts()).children).toBe(2);
		const done = await takeBack(postingNo);
		expect(done.counts.changed).toBe(3);
		expect(await counts()).toEqual({ ...before, counted: 2 });
		await postRecords(db, 'published', [entry('2019b', { dateFrom: '2019-05-05', dateTo: '2019-05-05' })]);
		expect((await counts()).internal).toBe(2);
	});

	test('what comes back counts by the rules of today', async () => {
		await handIn([entry('A'), entry('B')]);
		const no = await handIn([entry('B')], { complete: true });
		const rule = aCountingRule(`later of ${publisher}`, world.reporters[0]!, 'secondary', { entryKind: '4' });
		await postRecords(db, 'published', [rule]);
		await takeBack(no);
		expect(await spent()).toMatchObject({ entries: 0 });
		expect(await spent({ counting: 'secondary' })).toMatchObject({ amount: '200', entries: 2 });
	});

	test('brings activities back as they were, with what hangs on them, and withdraws those that came with it', async () => {
		const result = (actual: string) =>
			anIatiResult(id('1'), 1, {
				indicators: [
					{
						title: { en: 'People trained' },
						description: null,
						measure: '1',
						ascending: true,
						aggregationStatus: null,
						codes: [],
						baselines: [],
						periods: [
							{
								from: '2020-01-01',
								to: '2020-12-31',
								targets: [],
								actuals: [{ value: actual, text: null, dimensions: null, comment: null }]
							}
						]
					}
				]
			});
		const first = (change = {}) =>
			anIatiActivity(id('1'), publisher, {
				title: { en: 'Training of judges' },
				countries: [{ country: 'ML', percentage: '100' }],
				participations: [{ organisation: 'XM-U-PARTNER', role: 4, activity: null }],
				...change
			});
		const money = anIatiTransaction(id('1'), publisher, { entryKind: '3', amount: '50.00' });
		await handIn([first(), result('25'), money]);
		const no = await handIn([
			first({
				title: { en: 'Something else' },
				countries: [{ country: 'NE', percentage: '100' }],
				participations: []
			}),
			result('26'),
			money,
			anIatiActivity(id('2'), publisher, { title: { en: 'Another' } })
		]);
		const at = async () => (await resolveFactsAt(db, null))!;
		const found = async (text: string) =>
			(
				await listActivities(
					db,
					await at(),
					{
						portfolio: 'all',
						project: null,
						country: null,
						objective: null,
						type: null,
						organisation: null,
						role: null,
						from: null,
						to: null,
						text
					},
					{ order: 'date', after: null, limit: 5 }
				)
			).activities
				.filter(({ key }) => key.startsWith(publisher))
				.map(({ title, recipients }) => [title.en, ...recipients]);
		const projects = async () =>
			(await listProjects(db, await at(), 'all'))
				.map(({ key }) => key)
				.filter((key) => key.startsWith(publisher));
		const byCountry = async () =>
			(await breakdown(db, sliceOf({ project: id('1') }), ['country'])).map(({ keys }) => keys[0]);
		expect([
			await found('Something else'),
			await found('Another'),
			await projects(),
			await byCountry()
		]).toEqual([[['Something else', 'NE']], [['Another']], [id('1'), id('2')], ['NE']]);
		await takeBack(no);
		expect([
			await found('Training of judges'),
			await found('Another'),
			await projects(),
			await byCountry()
		]).toEqual([[['Training of judges', 'ML']], [], [id('1')], ['ML']]);
		const { rows } = await sql<{
			id: string;
		}>`select project_id as id from project where key = ${id('1')}`.execute(db);
		expect((await listIndicators(db, await at(), [rows[0]!.id])).map(({ actual }) => actual)).toEqual(['25']);
		const { rows: parties } = await sql<{ role: number }>`
			select p.role from activity join activity_current c using (activity_id) join participation p using (activity_version_id)
			where key = ${id('1')}`.execute(db);
		expect(parties).toEqual([{ role: 4 }]);
		// The next file finds what it knows.
		const { preview: shown } = await accept(db, 'published', [first(), result('25'), money]);
		expect(shown).toMatchObject({ nothingChanges: true, activities: { unchanged: 1 } });
	});

	test('takes a join back', async () => {
		const key = id('1');
		await handIn([
			anIatiActivity(key, publisher),
			anIatiTransaction(key, publisher, { entryKind: '3', amount: '8.00' })
		]);
		const joined = await joinProject(db, key, world.projects[0]!, 'the same');
		const inProject = async (project: string) => (await total(db, sliceOf({ project }))).entries;
		expect([await inProject(key), await inProject(world.projects[0]!)]).toEqual([0, 1]);
		await takeBack('postingNo' in joined ? joined.postingNo : 0);
		expect([await inProject(key), await inProject(world.projects[0]!)]).toEqual([1, 0]);
	});

	test('is refused where an entry would come back to a project that its activity has left', async () => {
		const key = id('1');
		const money = (amount: string) => anIatiTransaction(key, publisher, { entryKind: '3', amount });
		await handIn([anIatiActivity(key, publisher), money('8.00')]);
		const no = await handIn([anIatiActivity(key, publisher), money('9.00')]);
		await joinProject(db, key, world.projects[0]!, 'the same');
		expect(await undo(db, 'published', no, 'no')).toMatchObject({
			code: 'changed-since',
			message: expect.stringContaining('entries and projects of activities')
		});
	});

	test('is refused for facts that were stated for the first time; rates that were corrected go back', async () => {
		const { postingNo } = await postRecords(db, 'published', [
			aClaim(`claim of ${publisher}`, 'project', world.projects[0]!)
		]);
		expect(await undo(db, 'published', postingNo, 'no')).toMatchObject({
			code: 'cannot-undo',
			message: expect.stringContaining('(claim, claim_choice)')
		});
		const rate = (units: string) => aRate(publisher, 'USD', '2017-03-01', { eur: units });
		const first = await postRecords(db, 'published', [rate('1.1')]);
		expect(await undo(db, 'published', first.postingNo, 'no')).toMatchObject({ code: 'cannot-undo' });
		const second = await postRecords(db, 'published', [rate('1.2')]);
		await takeBack(second.postingNo);
		const { rows } = await sql<{ units: string }>`
			select units_per_eur as units from exchange_rate where publisher = ${publisher} order by posting_no`.execute(
			db
		);
		expect(rows.map(({ units }) => units)).toEqual(['1.1', '1.2', '1.1']);
	});
});
