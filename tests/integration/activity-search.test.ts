import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import {
	countActivities,
	listActivities,
	totalActivities,
	type ActivityFilter
} from '#lib/server/facts/activities.ts';
import { resolveFactsAt, type FactsAt } from '#lib/server/facts/posting.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { aProject, anActivity, postRecords } from '../support/ledger-factory.ts';

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

const TITLES = {
	A1: 'Training of prosecutors, Niamey',
	A2: 'Regional conference on data (borders)',
	A3: 'Two conferences: judges and prosecutors',
	A4: 'Conférence des juges',
	A5: 'Studio workshop',
	A6: '100% financed',
	A7: 'Counter-trafficking in persons'
};

describeOnBothEngines('searching the activities', (_engine, fresh) => {
	let database: Database;
	let at: FactsAt;
	beforeAll(async () => {
		database = await fresh();
		await postRecords(database.db, 'published', [
			aProject('P'),
			...Object.entries(TITLES).map(([key, title], index) =>
				anActivity(key, 'P', {
					title: { en: title },
					...(index === 4 ? { type: 'study_visit' } : {}),
					dateFrom: `2017-0${index + 1}-01`,
					dateTo: `2017-0${index + 1}-01`,
					datePrecision: 'day'
				})
			)
		]);
		at = (await resolveFactsAt(database.db, null))!;
	});

	async function search(text: string) {
		const filter = { ...EVERYTHING, text };
		const { activities, like } = await listActivities(database.db, at, filter, {
			order: 'match',
			after: null,
			limit: 10
		});
		// What counts beside the list counts the same.
		expect(await totalActivities(database.db, at, filter)).toBe(activities.length);
		const types = await countActivities(database.db, at, filter, 'type');
		expect(types.reduce((sum, { activities: count }) => sum + count, 0)).toBe(activities.length);
		return { keys: activities.map(({ key }) => key), like };
	}

	test.each([
		['prosecutors', ['A1', 'A3']],
		['PROSECUTORS judges', ['A3']],
		['conference', ['A2', 'A3', 'A4']],
		['conférence', ['A2', 'A3', 'A4']],
		['100%', ['A6']],
		['stu', ['A5']]
	])('finds “%s” as it is written, earliest first', async (text, keys) => {
		expect(await search(text)).toEqual({ keys, like: false });
	});

	test.each([
		['prosecuters', ['A1', 'A3']],
		['conferense juges', ['A4']],
		['conferense bordes', ['A2']],
		['trainning', ['A1']],
		['trafiking', ['A7']],
		['trafiking personns', ['A7']]
	])('finds what “%s” may mean, and says so', async (text, keys) => {
		expect(await search(text)).toEqual({ keys, like: true });
	});

	test('puts the most alike first', async () => {
		const { keys } = await search('conferencez');
		expect(new Set(keys)).toEqual(new Set(['A2', 'A3', 'A4']));
		// "conferences" has more of it than "conference".
		expect((await search('conferencess')).keys[0]).toBe('A3');
	});

	test.each(['zzzzzz', '%', '_', '\\', 'xyz'])('finds nothing for “%s”', async (text) => {
		expect((await search(text)).keys).toEqual(text === '%' ? ['A6'] : []);
	});
});
