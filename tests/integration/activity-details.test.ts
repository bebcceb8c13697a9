import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { findActivity } from '#lib/server/facts/activity.ts';
import { listNearby, listResultsOf, readDetails } from '#lib/server/facts/activity-details.ts';
import { listActivities, type ActivityFilter } from '#lib/server/facts/activities.ts';
import { resolveFactsAt, type FactsAt } from '#lib/server/facts/posting.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiOrganisation, anIatiResult } from '../support/iati-records.ts';
import { postRecords } from '../support/ledger-factory.ts';

const REPORTER = 'XM-TEST-1';
const SCRIPT = `<script>alert('title')</script> 😀 ${'x'.repeat(260)}`;
const place = (latitude: string, longitude: string, name = 'Bamako') => ({
	name: { en: name },
	description: null,
	latitude,
	longitude,
	reach: null,
	exactness: null,
	class: null,
	feature: null,
	codes: []
});
const document = (url: string, title: string) => ({
	url,
	format: 'application/pdf',
	titles: { en: title },
	descriptions: null,
	categories: ['A08'],
	languages: ['fr'],
	date: '2019-01-02'
});

describeOnBothEngines('what a file says beyond the activity', (_engine, fresh) => {
	let database: Database;
	let at: FactsAt;
	const idOf = new Map<string, string>();
	beforeAll(async () => {
		database = await fresh();
		await postRecords(database.db, 'published', [
			anIatiOrganisation(REPORTER, 'A publisher'),
			anIatiActivity('TOP', REPORTER, {
				title: { en: SCRIPT, ar: 'برنامج مكافحة الاتجار بالأشخاص' },
				countries: [{ country: 'ML', percentage: null }],
				sectors: [{ vocabulary: '1', code: '15160', percentage: '40', text: null }],
				related: [{ type: '3', key: 'NOWHERE' }],
				documents: [
					document('https://example.org/a.pdf', 'Report'),
					document('javascript:alert(1)', 'No link')
				],
				locations: [place('12.65', '-8.0')]
			}),
			anIatiActivity('CHILD', REPORTER, {
				related: [{ type: '1', key: 'TOP' }],
				locations: [place('12.70', '-8.0', 'Kati')]
			}),
			anIatiActivity('FAR', REPORTER, { locations: [place('40.0', '-8.0', 'Elsewhere')] }),
			anIatiResult('TOP', 1, {
				title: { en: 'Judges trained' },
				indicators: [
					{
						title: { en: 'Number of judges' },
						description: null,
						measure: '1',
						ascending: true,
						aggregationStatus: null,
						codes: [],
						baselines: [],
						periods: [
							{
								from: '2017-01-01',
								to: '2017-12-31',
								targets: [{ value: '100', text: null, dimensions: null, comment: null }],
								actuals: [{ value: '87', text: null, dimensions: null, comment: null }]
							}
						]
					}
				]
			})
		]);
		at = (await resolveFactsAt(database.db, null))!;
		const everything: ActivityFilter = {
			portfolio: 'all',
			project: null,
			country: null,
			objective: null,
			type: null,
			organisation: null,
			role: null,
			from: null,
			to: null,
			text: null
		};
		const { activities } = await listActivities(database.db, at, everything, {
			order: 'date',
			after: null,
			limit: 10
		});
		for (const { key, activity_id } of activities) idOf.set(key, activity_id);
	});
	const detailsOf = async (key: string) => {
		const activity = (await findActivity(database.db, at, idOf.get(key)!))!;
		return { activity, ...(await readDetails(database.db, at, activity)) };
	};

	test('documents, sectors, who reports it, every title as it is written', async () => {
		const { activity, documents, sectors } = await detailsOf('TOP');
		expect(
			documents.map(({ url, titles, categories, languages, document_date }) => [
				url,
				titles,
				categories,
				languages,
				document_date
			])
		).toEqual([
			['https://example.org/a.pdf', { en: 'Report' }, ['A08'], ['fr'], '2019-01-02'],
			['javascript:alert(1)', { en: 'No link' }, ['A08'], ['fr'], '2019-01-02']
		]);
		expect(sectors).toMatchObject([{ vocabulary: '1', code: '15160' }]);
		expect(activity.reporter?.name).toBe('A publisher');
		expect(activity.title).toEqual({ en: SCRIPT, ar: 'برنامج مكافحة الاتجار بالأشخاص' });
	});

	test('what it names and what names it, also where that is not loaded', async () => {
		const kinds = async (key: string) =>
			(await detailsOf(key)).related.map(({ kind, key: other, activity_id }) => [
				kind,
				other,
				activity_id ?? null
			]);
		expect(await kinds('TOP')).toContainEqual(['2', 'CHILD', idOf.get('CHILD')]);
		expect(await kinds('TOP')).toContainEqual(['3', 'NOWHERE', null]);
		expect(await kinds('CHILD')).toEqual([['1', 'TOP', idOf.get('TOP')]]);
	});

	test('its results, with what they lack as null', async () => {
		const { results, more } = await listResultsOf(database.db, at, idOf.get('TOP')!);
		expect(more).toBe(0);
		expect(results).toMatchObject([
			{ result: { en: 'Judges trained' }, target: '100', actual: '87', baseline: null }
		]);
		expect((await listResultsOf(database.db, at, idOf.get('FAR')!)).results).toEqual([]);
	});

	test('what was held near it, and how far', async () => {
		const near = await listNearby(database.db, at, idOf.get('TOP')!);
		expect(near.map(({ activity_id, place: name, kilometres }) => [activity_id, name, kilometres])).toEqual([
			[idOf.get('CHILD'), 'Kati', 6]
		]);
		expect(await listNearby(database.db, at, idOf.get('FAR')!)).toEqual([]);
	});
});
