import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { listProjects } from '#lib/server/facts/projects.ts';
import { listIndicators } from '#lib/server/facts/results.ts';
import { joinProject, leaveProject } from '#lib/server/intake/join.ts';
import type { IatiActivityRecord, IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { total } from '#lib/server/ledger/total.ts';
import { addDays } from '#lib/slice/period.ts';
import { accept, preview } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiResult, anIatiTransaction } from '../support/iati-records.ts';
import {
	aProject,
	anActivity,
	anOrganisation,
	postRecords,
	reachInstant
} from '../support/ledger-factory.ts';
import { plainly, sliceOf } from '../support/ledger-slices.ts';

const TITLE = 'Global Action to Prevent and Address Trafficking in Persons and the Smuggling of Migrants';
let run = 0;

describeOnBothEngines('joining an activity to a project', (_engine, fresh) => {
	let db: Kysely<DB>;
	let day = '2100-01-01';
	let mark: string;
	/** A researched project of a funder and an agency, in two countries, 2015 to 2019, with one activity. */
	let project: string;
	let funder: string;
	let agency: string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		mark = `J${run++}`;
		[project, funder, agency] = [`PROJECT-${mark}`, `XM-F-${mark}`, `XM-A-${mark}`];
		await postRecords(db, 'published', [
			{ ...anOrganisation(`F-${mark}`, `Funder ${mark}`), reference: funder },
			{ ...anOrganisation(`A-${mark}`, `Agency ${mark}`), reference: agency },
			aProject(project, {
				name: `${TITLE} ${mark}`,
				shortName: `GLO.ACT ${mark}`,
				start: '2015-07-01',
				end: '2019-07-31',
				startPrecision: 'month',
				endPrecision: 'month',
				countries: ['ML', 'NE'],
				parties: [
					{ organisation: { key: `F-${mark}` }, role: 'funding' },
					{ organisation: { key: `A-${mark}` }, role: 'implementing' }
				]
			}),
			anActivity(`ACTIVITY-${mark}`, project, { dateFrom: '2016-01-01', datePrecision: 'day' })
		]);
	});

	const key = (name: string) => `${funder}-${name}`;
	/** The funder's own record of the project. */
	const record = (name: string, change: Partial<IatiActivityRecord> = {}) =>
		anIatiActivity(key(name), funder, {
			title: { en: `${TITLE.replace('the Smuggling', 'Smuggling')} ${mark}` },
			actualStart: '2015-08-01',
			plannedEnd: '2019-07-31',
			participations: [
				{ organisation: funder, role: 1, activity: null },
				{ organisation: agency, role: 4, activity: null }
			],
			...change
		});
	const paid = (name: string, change: Partial<LedgerEntryRecord> = {}) =>
		anIatiTransaction(key(name), funder, { entryKind: '3', amount: '10.00', ...change });
	const spentIn = async (inProject: string, change = {}) =>
		plainly(await total(db, sliceOf({ project: inProject, ...change }))).amount;
	const proposed = async (records: IntakeRecord[]) =>
		(await preview(db, 'published', records)).preview.proposals
			.filter((proposal) => proposal.what === 'join')
			.map((proposal) => [proposal.activity, proposal.project]);
	const listed = async () =>
		(await listProjects(db, (await resolveFactsAt(db, null))!, 'all'))
			.map(({ key: listedKey }) => listedKey)
			.filter((listedKey) => listedKey.includes(mark));
	const lastPosting = async () =>
		(
			await sql<{ posting_no: number; cause: string; explanation: string }>`
				select posting_no, cause, explanation from posting where nature = 'published' order by posting_no desc limit 1`.execute(
				db
			)
		).rows[0]!;

	test('the record of another publisher is proposed, accepted in its preview, and becomes one project with ours', async () => {
		const file = [
			record('1'),
			paid('1', { receiver: agency }),
			anIatiActivity(key('1-A'), funder, { related: [{ type: '1', key: key('1') }] }),
			paid('1-A', { entryKind: '4', amount: '3.00' })
		];
		const { preview: shown } = await accept(db, 'published', file, ({ proposals }) => ({
			accepted: proposals.map((proposal) => proposal.key)
		}));
		expect(shown.proposals).toEqual([
			{
				what: 'join',
				key: `join:${key('1')}:${project}`,
				activity: key('1'),
				project,
				projectName: `${TITLE} ${mark}`,
				reason: expect.stringContaining('title of this project')
			}
		]);
		expect(await spentIn(project)).toBe('13');
		expect(await listed()).toEqual([project]);
		// What comes later stays where it was put.
		await accept(db, 'published', [...file, paid('1', { amount: '4.00', description: 'later' })]);
		expect(await spentIn(project)).toBe('17');
		await leaveProject(db, key('1'), 'it is another one');
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual([null, '17']);
		expect(await listed()).toEqual([project, key('1')]);
	});

	test('what is not decided makes a project of its own', async () => {
		await accept(db, 'published', [record('1'), paid('1')]);
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual([null, '10']);
		expect(await listed()).toEqual([project, key('1')]);
	});

	test('a title alone is not enough, nor one without a year in common', async () => {
		expect(await proposed([record('1')])).toEqual([[key('1'), project]]);
		expect(await proposed([record('1', { title: { en: `Something (GLO.ACT ${mark})` } })])).toEqual([
			[key('1'), project]
		]);
		expect(await proposed([record('1', { title: { en: 'Something else' } })])).toEqual([]);
		expect(await proposed([record('1', { participations: [] })])).toEqual([]);
		const countries = ['ML', 'NE'].map((country) => ({ country, percentage: '50' }));
		expect(await proposed([record('1', { participations: [], countries: countries.slice(0, 1) })])).toEqual([
			[key('1'), project]
		]);
		expect(await proposed([record('1', { actualStart: '2021-01-01', plannedEnd: '2022-01-01' })])).toEqual(
			[]
		);
	});

	test('an activity that names one of the project as its sibling is proposed, a part of another is not', async () => {
		const title = { en: 'Something else' };
		const sibling = [{ type: '3', key: `ACTIVITY-${mark}` }];
		expect(await proposed([record('1', { title, related: sibling })])).toEqual([[key('1'), project]]);
		expect(
			await proposed([record('1'), record('2', { related: [...sibling, { type: '1', key: key('1') }] })])
		).toEqual([[key('1'), project]]);
	});

	test('moves an activity with its money and results, keeps the days before, and lets it go again', async () => {
		const indicator = {
			title: { en: 'People trained' },
			description: null,
			measure: '1',
			ascending: true,
			aggregationStatus: null,
			codes: [],
			baselines: [],
			periods: [
				{
					from: '2016-01-01',
					to: '2016-12-31',
					targets: [],
					actuals: [{ value: '25', text: null, dimensions: null, comment: null }]
				}
			]
		};
		await accept(db, 'published', [
			record('1'),
			anIatiResult(key('1'), 1, { indicators: [indicator] }),
			paid('1')
		]);
		const yesterday = day;
		await reachInstant(db, 'published', `${yesterday}T12:00:00Z`);
		day = addDays(day, 1);
		await reachInstant(db, 'published', `${day}T12:00:00Z`);

		const joined = await joinProject(db, key('1'), project, 'the same project');
		expect(joined).toMatchObject({ counts: { added: 0, changed: 1, retired: 0 } });
		expect(await lastPosting()).toMatchObject({ cause: 'join', explanation: 'the same project' });
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual(['10', null]);
		expect([
			await spentIn(project, { asof: yesterday }),
			await spentIn(key('1'), { asof: yesterday })
		]).toEqual([null, '10']);
		const indicatorsOf = async (of: string) => {
			const { rows } = await sql<{
				id: string;
			}>`select project_id as id from project where key = ${of}`.execute(db);
			return (await listIndicators(db, (await resolveFactsAt(db, null))!, [rows[0]!.id])).map(
				({ actual }) => actual
			);
		};
		expect([await indicatorsOf(project), await indicatorsOf(key('1'))]).toEqual([['25'], []]);
		const { rows: causes } = await sql<{ cause: string }>`
			select distinct cause from ledger_retirement where nature = 'published' and posting_no = ${'postingNo' in joined ? joined.postingNo : 0}`.execute(
			db
		);
		expect(causes).toEqual([{ cause: 'allocation' }]);
		const { rows: checks } = await sql<{ passed: boolean }>`
			select distinct passed from check_run where check_code = 'summary_equals_entries' and nature = 'published' and not gone
				and posting_no = ${'postingNo' in joined ? joined.postingNo : 0}`.execute(db);
		expect(checks).toEqual([{ passed: true }]);

		await leaveProject(db, key('1'), 'it was not');
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual([null, '10']);
		expect([await indicatorsOf(project), await indicatorsOf(key('1'))]).toEqual([[], ['25']]);
	});

	test('a project that joins brings all its activities, a part of one goes alone', async () => {
		const child = anIatiActivity(key('1-A'), funder, { related: [{ type: '1', key: key('1') }] });
		await accept(db, 'published', [
			record('1'),
			child,
			paid('1'),
			paid('1-A', { entryKind: '4', amount: '3.00' })
		]);
		await joinProject(db, key('1-A'), project, 'only this part');
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual(['3', '10']);
		await leaveProject(db, key('1-A'), 'no');
		await joinProject(db, key('1'), project, 'all of it');
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual(['13', null]);
		await leaveProject(db, key('1'), 'no');
		expect([await spentIn(project), await spentIn(key('1'))]).toEqual([null, '13']);
	});

	test('what is paid to a funder of the project is money returned there', async () => {
		const other = `XM-O-${mark}`;
		await accept(db, 'published', [
			anIatiActivity(`${other}-1`, other),
			anIatiTransaction(`${other}-1`, other, { entryKind: '3', amount: '5.00', receiver: funder }),
			anIatiTransaction(`${other}-1`, other, { entryKind: '3', amount: '2.00', receiver: agency })
		]);
		await joinProject(db, `${other}-1`, project, 'a part of it');
		expect([await spentIn(project), await spentIn(project, { measure: 'returned' })]).toEqual(['2', '5']);
		await leaveProject(db, `${other}-1`, 'no');
		expect([await spentIn(`${other}-1`), await spentIn(`${other}-1`, { measure: 'returned' })]).toEqual([
			'7',
			null
		]);
	});

	test('is refused for what is not there or is there already', async () => {
		await accept(db, 'published', [record('1')]);
		const before = await lastPosting();
		const refusal = async (activity: string, to: string) => joinProject(db, activity, to, 'no');
		expect(await refusal('nobody', project)).toEqual({
			code: 'unknown',
			message: 'The books hold no activity nobody.'
		});
		expect(await refusal(key('1'), 'nowhere')).toEqual({
			code: 'unknown',
			message: 'The books hold no project nowhere.'
		});
		expect(await refusal(key('1'), key('1'))).toMatchObject({ code: 'no-change' });
		expect(await leaveProject(db, key('1'), 'no')).toMatchObject({ code: 'no-change' });
		expect(await lastPosting()).toEqual(before);
	});
});
