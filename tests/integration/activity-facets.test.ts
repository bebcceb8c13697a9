import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { listActivities, totalActivities, type ActivityFilter } from '#lib/server/facts/activities.ts';
import { countFacets, countYears } from '#lib/server/facts/activity-facets.ts';
import { FACETS, type FacetName } from '#lib/server/facts/activity-filter.ts';
import { countPlaces } from '#lib/server/facts/activity-places.ts';
import { isInPortfolio } from '#lib/server/facts/portfolios.ts';
import { resolveFactsAt, type FactsAt } from '#lib/server/facts/posting.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { aProject, anActivity, anObjective, postRecords } from '../support/ledger-factory.ts';

const EVERYTHING: ActivityFilter = {
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
const PEOPLE = { count: '12', qualifier: 'exact' as const, female: null, male: null, kind: null };
const placeOf = (index: number) => ({
	name: `Town ${index % 3}`,
	country: COUNTRIES[index % 3]!,
	latitude: `1${index % 3}.5`,
	longitude: `-${index % 3}.25`,
	basis: 'stated',
	coordSource: 'city'
});
const TYPES = ['workshop', 'training', null] as const;
const COUNTRIES = ['ML', 'NE', 'MA'];

describeOnBothEngines('counting the choices', (_engine, fresh) => {
	let database: Database;
	let at: FactsAt;
	beforeAll(async () => {
		database = await fresh();
		await postRecords(database.db, 'published', [
			aProject('P', { countries: COUNTRIES }),
			aProject('R'),
			anObjective('O1', 'P'),
			...Array.from({ length: 24 }, (_, index) =>
				anActivity(`A${index}`, index % 4 === 0 ? 'R' : 'P', {
					title: { en: `Meeting ${index} on ${index % 2 ? 'borders' : 'data'}` },
					type: TYPES[index % 3] as string,
					...(index % 4 > 0 && index % 5 === 0 ? { objective: 'O1' } : {}),
					participants: index % 2 ? PEOPLE : null,
					location: index % 6 === 0 ? null : placeOf(index),
					hosts: [COUNTRIES[index % 3]!],
					lead: index % 5 === 0 ? [{ name: 'First' }] : [],
					coFunders: index % 5 === 1 ? [{ organisation: { name: 'First' }, note: null }] : [],
					partners: index % 7 === 0 ? [{ name: 'Second' }] : [],
					...(index === 7
						? {}
						: {
								dateFrom: `201${5 + (index % 4)}-03-01`,
								dateTo: `201${5 + (index % 4) + (index % 2)}-04-01`,
								datePrecision: 'day' as const
							})
				})
			)
		]);
		at = (await resolveFactsAt(database.db, null))!;
	});

	const QUESTIONS: Record<string, Partial<ActivityFilter>> = {
		everything: {},
		'one country': { country: 'ML' },
		'a country and a kind': { country: 'NE', type: 'workshop' },
		'without a kind, with participants': { type: 'none', participants: 'with' },
		'a year and a project': { period: '2016', project: 'P' },
		'without a date': { period: 'none' },
		words: { text: 'borders', participants: 'with' },
		'words misspelt': { text: 'bordrs', type: 'training' },
		'days and an objective': { from: '2016-01-01', to: '2017-12-31', objective: 'O1' },
		'a role': { role: '4' },
		'a role and a country': { role: '1', country: 'NE' },
		'what nothing answers': { country: 'ML', period: 'none', type: 'training' }
	};

	test.each(Object.keys(QUESTIONS))('each choice counts what choosing it leaves: %s', async (name) => {
		const filter = { ...EVERYTHING, ...QUESTIONS[name] };
		const counts = await countFacets(database.db, at, filter);
		expect(counts.total).toBe(await totalActivities(database.db, at, filter));
		expect(counts.months.reduce((sum, { activities }) => sum + activities, 0)).toBe(counts.total);
		for (const facet of FACETS) {
			const choices =
				facet === 'period' ? countYears(counts.years) : counts.choices[facet as Exclude<FacetName, 'period'>];
			for (const { key, activities } of choices) {
				// There is no list of activities without any organisation.
				if (facet === 'organisation' && key === null) continue;
				const chosen = { ...filter, [facet]: key ?? 'none' };
				expect([facet, key, activities]).toEqual([
					facet,
					key,
					await totalActivities(database.db, at, chosen)
				]);
			}
		}
	});

	test('a role alone leaves activities in which somebody has it', async () => {
		const of = (role: string) => totalActivities(database.db, at, { ...EVERYTHING, role });
		expect(await Promise.all(['1', '2', '4'].map(of))).toEqual([5, 0, 8]);
	});

	test('an activity is under way in every year that it touches', async () => {
		const of = (period: string) => totalActivities(database.db, at, { ...EVERYTHING, period });
		expect(await Promise.all(['2017', '2017-Q2', '2017-06', 'none'].map(of))).toEqual([12, 12, 0, 1]);
	});

	test('the days of a timeline narrow its lines and nothing else', async () => {
		const within = { from: '2016-01-01', to: '2016-12-31' };
		const { activities } = await listActivities(
			database.db,
			at,
			{ ...EVERYTHING, within },
			{ order: 'date', after: null, limit: 50 }
		);
		expect(activities.length).toBe(await totalActivities(database.db, at, { ...EVERYTHING, period: '2016' }));
	});

	test('places are counted in the database, the busiest first, and bounded', async () => {
		const counted = await countPlaces(database.db, at, EVERYTHING, 2);
		expect(counted.places).toHaveLength(2);
		expect(counted).toMatchObject({ all: 3, placed: 20 });
		expect(counted.places[0]!.activities).toBeGreaterThanOrEqual(counted.places[1]!.activities);
		const one = await countPlaces(database.db, at, { ...EVERYTHING, text: 'Meeting 1 on' }, 9);
		expect(one.places.length).toBeGreaterThan(0);
		expect(
			one.places.every(({ activities, activity_id }) => (activity_id !== null) === (activities === 1))
		).toBe(true);
		const none = await countPlaces(database.db, at, { ...EVERYTHING, country: 'FR' }, 9);
		expect(none).toEqual({ places: [], all: 0, placed: 0 });
	});

	test('a project is in a portfolio or not', async () => {
		expect(await isInPortfolio(database.db, 'all', 'P')).toBe(true);
		expect(await isInPortfolio(database.db, 'all', 'X')).toBe(false);
		expect(await isInPortfolio(database.db, 'nothing', null)).toBe(false);
	});
});
