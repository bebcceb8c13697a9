import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { listActivities } from '#lib/server/facts/activities.ts';
import { findActivity } from '#lib/server/facts/activity.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { IntakeRecord } from '#lib/server/intake/record.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	anIatiActivity,
	anIatiOrganisation,
	anIatiResult,
	anIatiTransaction
} from '../support/iati-records.ts';
import { anOrganisation, postRecords, stageRecords } from '../support/ledger-factory.ts';

const REPORTER = 'XM-TEST-1';
const spent = (change: Partial<Slice> = {}): Slice => ({ ...defaultSlice('all'), ...change });

describeOnBothEngines('posting what an IATI file says', (_engine, fresh) => {
	let database: Database;

	beforeAll(async () => {
		database = await fresh();
	});

	const publish = (records: IntakeRecord[]) => postRecords(database.db, 'published', records);
	const projectOf = async (key: string) => {
		const { rows: found } = await sql<{ project: string }>`
			select project.key as project from activity join activity_current using (activity_id) join project using (project_id)
			where activity.key = ${key}`.execute(database.db);
		return found[0]?.project;
	};
	const versionsOf = async (key: string) => {
		const { rows: found } = await sql<{ posting_no: number }>`
			select posting_no from activity_version join activity using (activity_id) where activity.key = ${key} order by 1`.execute(
			database.db
		);
		return found.length;
	};

	test('each activity is in the project of its topmost parent, whoever names whom', async () => {
		await publish([
			anIatiActivity('P-GRANDCHILD', REPORTER, { related: [{ type: '1', key: 'P-CHILD' }] }),
			anIatiActivity('P-CHILD', REPORTER),
			anIatiActivity('P-TOP', REPORTER, { related: [{ type: '2', key: 'P-CHILD' }] }),
			anIatiActivity('P-ORPHAN', REPORTER, { related: [{ type: '1', key: 'P-NOWHERE' }] }),
			anIatiActivity('P-OWN', REPORTER, { related: [{ type: '1', key: 'P-OWN' }] })
		]);
		expect(await Promise.all(['P-GRANDCHILD', 'P-CHILD', 'P-TOP'].map(projectOf))).toEqual([
			'P-TOP',
			'P-TOP',
			'P-TOP'
		]);
		expect(await projectOf('P-ORPHAN')).toBe('P-ORPHAN');
		expect(await projectOf('P-OWN')).toBe('P-OWN');
	});

	test('a circle of parents is one project', async () => {
		await publish([
			anIatiActivity('C-B', REPORTER, { related: [{ type: '1', key: 'C-A' }] }),
			anIatiActivity('C-A', REPORTER, { related: [{ type: '1', key: 'C-B' }] }),
			anIatiActivity('C-0-BELOW', REPORTER, { related: [{ type: '1', key: 'C-B' }] })
		]);
		expect(await Promise.all(['C-A', 'C-B', 'C-0-BELOW'].map(projectOf))).toEqual(['C-A', 'C-A', 'C-A']);
	});

	test('a child that comes later joins the project where the books have its parent', async () => {
		await publish([anIatiActivity('L-TOP', REPORTER)]);
		await publish([anIatiActivity('L-CHILD', REPORTER, { related: [{ type: '1', key: 'L-TOP' }] })]);
		expect(await projectOf('L-CHILD')).toBe('L-TOP');
	});

	test('money without shares of its own is apportioned by the activity: countries, a region and an open rest', async () => {
		await publish([
			anIatiActivity('S-1', REPORTER, {
				countries: [
					{ country: 'ML', percentage: '50' },
					{ country: 'NE', percentage: '20' }
				],
				regions: [{ vocabulary: '1', code: '298', percentage: '20', text: null }],
				sectors: [{ vocabulary: '1', code: '15160', percentage: null, text: null }]
			}),
			anIatiTransaction('S-1', REPORTER, { entryKind: '3', amount: '1000.01' }),
			anIatiTransaction('S-1', REPORTER, {
				entryKind: '3',
				amount: '7',
				countries: [{ country: 'BR', percentage: '100' }]
			})
		]);
		const slice = spent({ project: 'S-1' });
		const parts = await breakdown(database.db, slice, ['country']);
		expect(Object.fromEntries(parts.map(({ keys, amount }) => [keys[0] ?? 'none', amount]))).toEqual({
			ML: '500.01',
			NE: '200.00',
			BR: '7.00',
			none: '300.00'
		});
		expect((await total(database.db, slice)).amount).toBe('1007.01');
		const { rows: cells } = await sql<{ region: string; amount: string }>`
			select region, amount from entry_share where region is not null`.execute(database.db);
		expect(cells).toEqual([{ region: '298', amount: '200.00' }]);
		const bases = (await rows(database.db, { ...slice, country: 'ML' }, { after: null, limit: 9 })).rows;
		expect(bases.map(({ country_basis }) => country_basis)).toEqual(['apportioned']);
	});

	test('countries without a percentage take equal parts of what is left', async () => {
		await publish([
			anIatiActivity('E-1', REPORTER, {
				countries: ['ML', 'NE', 'BR'].map((country) => ({ country, percentage: null }))
			}),
			anIatiTransaction('E-1', REPORTER, { amount: '100.00' })
		]);
		const parts = await breakdown(database.db, spent({ project: 'E-1' }), ['country']);
		expect(parts.map(({ amount }) => amount).sort()).toEqual(['33.33', '33.33', '33.34']);
	});

	test('what says the same again gets no new version; what says something else, and its results, does', async () => {
		const results = (actual: string) =>
			anIatiResult('V-1', 1, {
				indicators: [
					{
						title: { en: 'People trained' },
						description: null,
						measure: '1',
						ascending: true,
						aggregationStatus: null,
						codes: [],
						baselines: [{ value: '0', text: null, dimensions: null, comment: null, year: 2019, date: null }],
						periods: [
							{
								from: '2020-01-01',
								to: '2020-12-31',
								targets: [{ value: '40', text: null, dimensions: null, comment: null }],
								actuals: [
									{ value: null, text: 'about half', dimensions: { sex: 'female' }, comment: null },
									{ value: actual, text: null, dimensions: null, comment: null }
								]
							}
						]
					}
				]
			});
		const activity = anIatiActivity('V-1', REPORTER, { title: { en: 'Training', fr: 'Formation' } });
		await publish([activity, results('25')]);
		await publish([{ ...activity, place: 'elsewhere.xml line 88' }, results('25')]);
		expect(await versionsOf('V-1')).toBe(1);
		await publish([activity, results('26')]);
		expect(await versionsOf('V-1')).toBe(2);
		const { rows: periods } = await sql<{ actual: string; target: string; baseline: string }>`
			select actual, target, baseline from result join indicator using (result_id) join indicator_period using (indicator_id)
			where result.key = 'V-1#1' order by result.posting_no`.execute(database.db);
		expect(periods.map(({ actual, target, baseline }) => [baseline, target, actual])).toEqual([
			['0', '40', '25'],
			['0', '40', '26']
		]);
		const { rows: values } = await sql<{ side: string; value: string | null; value_text: string | null }>`
			select side, value, value_text from indicator_value join indicator using (indicator_id) join result using (result_id)
			where result.key = 'V-1#1' and posting_no = (select max(posting_no) from result where key = 'V-1#1')
			order by side, value_no`.execute(database.db);
		expect(values).toEqual([
			{ side: 'actual', value: null, value_text: 'about half' },
			{ side: 'actual', value: '26', value_text: null },
			{ side: 'baseline', value: '0', value_text: null },
			{ side: 'target', value: '40', value_text: null }
		]);
	});

	test('an organisation is known by its reference, and a researched name stays', async () => {
		await publish([
			{
				...anOrganisation('ORG-A', 'Researched name'),
				reference: 'XM-TEST-77',
				evidence: { originUrl: null, originTitle: 'A page', evidence: 'It says so.', confidence: 'high' }
			}
		]);
		await publish([
			anIatiOrganisation('XM-TEST-77', 'What it calls itself', { reports: true }),
			anIatiOrganisation('XM-TEST-78', 'A partner'),
			anIatiActivity('O-1', 'XM-TEST-77', {
				participations: [
					{ organisation: 'XM-TEST-77', role: 1, activity: null },
					{ organisation: 'XM-TEST-78', role: 4, activity: 'XM-TEST-78-9' },
					{ organisation: 'name:A partner', role: 2, activity: null }
				]
			})
		]);
		const at = (await resolveFactsAt(database.db, null))!;
		const { rows: found } = await sql<{
			id: string;
		}>`select activity_id as id from activity where key = 'O-1'`.execute(database.db);
		const { parties } = (await findActivity(database.db, at, found[0]!.id))!;
		expect(parties.map(({ name, role }) => [name, role])).toEqual([
			['A partner', 4],
			['A partner', 2],
			['Researched name', 1]
		]);
	});

	test('money that a funder pays to another funder is spent, what a recipient pays back is returned', async () => {
		const parties = [
			{ organisation: 'F-DONOR', role: 1 as const, activity: null },
			{ organisation: 'F-COFUNDER', role: 1 as const, activity: null },
			{ organisation: 'F-NGO', role: 4 as const, activity: null }
		];
		await publish([
			anIatiActivity('F-OF-DONOR', 'F-DONOR', { participations: parties }),
			anIatiTransaction('F-OF-DONOR', 'F-DONOR', { entryKind: '3', amount: '60.00', receiver: 'F-COFUNDER' }),
			anIatiActivity('F-OF-NGO', 'F-NGO', { participations: parties }),
			anIatiTransaction('F-OF-NGO', 'F-NGO', { entryKind: '3', amount: '5.00', receiver: 'F-DONOR' })
		]);
		const amount = async (change: Partial<Slice>) => (await total(database.db, spent(change))).amount;
		expect(await amount({ project: 'F-OF-DONOR' })).toBe('60.00');
		expect(await amount({ project: 'F-OF-NGO' })).toBeNull();
		expect(await amount({ project: 'F-OF-NGO', measure: 'returned' })).toBe('5.00');
	});

	test('an activity without a title goes by its identifier', async () => {
		await publish([anIatiActivity('T-1', REPORTER, { title: {} })]);
		const at = (await resolveFactsAt(database.db, null))!;
		const filter = {
			portfolio: 'all',
			project: 'T-1',
			country: null,
			objective: null,
			type: null,
			organisation: null,
			role: null,
			from: null,
			to: null,
			text: null
		};
		const { activities } = await listActivities(database.db, at, filter, {
			order: 'date',
			after: null,
			limit: 5
		});
		expect(activities.map(({ title }) => title)).toEqual([{ und: 'T-1' }]);
	});

	test('an organisation that only entries name goes by what they call it', async () => {
		await publish([
			anIatiActivity('N-1', REPORTER),
			anIatiTransaction('N-1', 'A partner without a record', { receiver: 'name:Another one' })
		]);
		const { rows: found } = await sql<{ key: string; name: string }>`
			select key, name from organisation join organisation_version using (organisation_id)
			where key in ('A partner without a record', 'name:Another one') order by key`.execute(database.db);
		expect(found.map(({ name }) => name)).toEqual(['A partner without a record', 'Another one']);
	});

	test('what entries name and nobody knows is told before posting', async () => {
		const importId = await stageRecords(database.db, 'published', [
			anIatiActivity('K-1', REPORTER),
			anIatiTransaction('K-1', REPORTER),
			{ ...anIatiTransaction('K-NOBODY', REPORTER), place: 'made.xlsx row 7' },
			{ ...anIatiTransaction('K-NOBODY', REPORTER), agreement: 'K-AGREEMENT', place: 'made.xlsx row 8' }
		]);
		const { unknown } = await compare(database.db, importId);
		expect(unknown).toEqual([
			{ what: 'activity', key: 'K-NOBODY', entries: 2, place: 'made.xlsx row 7' },
			{ what: 'agreement', key: 'K-AGREEMENT', entries: 1, place: 'made.xlsx row 8' }
		]);
	});
});
