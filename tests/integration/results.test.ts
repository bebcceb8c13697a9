import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { allActivities } from '#lib/server/page/reach.ts';
import { listSourcesOfCountry } from '#lib/server/facts/documents.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { countResultsByCountry } from '#lib/server/facts/results-by-country.ts';
import type { IatiIndicator } from '#lib/server/intake/record.ts';
import { readProjectResults, readResults } from '#lib/server/page/results.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { targetReached } from '#lib/words/result.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	anIatiActivity,
	anIatiOrganisation,
	anIatiResult,
	anIatiTransaction
} from '../support/iati-records.ts';
import { aProject, anIndicator, postRecords } from '../support/ledger-factory.ts';
import { askedOf } from '../support/question.ts';

const value = (
	amount: string | null,
	change: { text?: string; dimensions?: Record<string, string> } = {}
) => ({ value: amount, text: change.text ?? null, dimensions: change.dimensions ?? null, comment: null });

function anIndicatorOf(change: Partial<IatiIndicator>): IatiIndicator {
	return {
		title: { en: 'People trained', fr: 'Personnes formées' },
		description: null,
		measure: '1',
		ascending: true,
		aggregationStatus: true,
		codes: [],
		baselines: [],
		periods: [],
		...change
	};
}

describeOnBothEngines('results', (_engine, fresh) => {
	let database: Database;

	beforeAll(async () => {
		database = await fresh({ filled: true });
	});

	const asked = (slice: Partial<Slice> = {}, { demonstration = true, after = null as string | null } = {}) =>
		askedOf(database.db, { slice, view: { after }, demonstration });
	const read = async (slice: Partial<Slice> = {}, view = {}) => readResults(await asked(slice, view));

	test('of the first portfolio stand by objective, all of them over the pages, none twice', async () => {
		const first = await read();
		expect(first.total).toBe(58);
		const second = await read({}, { after: first.next });
		expect(second.next).toBeNull();
		const lines = [...first.lines, ...second.lines];
		const keys = lines.map((line) => `${line.indicator_id} ${line.period_no}`);
		expect(new Set(keys).size).toBe(58);
		const numbers = lines.map(({ objective_no }) => objective_no ?? 99);
		expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
		const victims = lines.find(({ title }) => title.en?.startsWith('Prosecutors and police'));
		expect(victims).toMatchObject({
			actual: '300',
			qualifier: 'at_least',
			unit: 'people',
			accumulation: null
		});
		expect(lines.every(({ source_sha256, place }) => source_sha256 !== null && place !== null)).toBe(true);
	});

	test('are narrowed by country and objective, and each choice counts what it leaves', async () => {
		const { choices } = await read();
		const mali = choices.countries.find(({ value: code }) => code === 'ML')!;
		expect((await read({ country: 'ML' })).total).toBe(mali.lines);
		expect(choices.objectives.length).toBeGreaterThan(0);
		for (const { value: key, lines } of choices.objectives)
			expect((await read({ objective: key })).total).toBe(lines);
		expect((await read({ country: 'IS' })).lines).toEqual([]);
		await expect(read({ objective: 'NOTHING' })).rejects.toMatchObject({ parameter: 'objective' });
		await expect(read({ heading: 'staff' })).rejects.toMatchObject({ body: { parameter: 'heading' } });
		await expect(read({}, { after: 'nowhere' })).rejects.toThrow('no place');
	});

	test('have no cost while no entry names their activity; invented spending stands by objective, apart', async () => {
		const { costs, spending } = await read();
		expect(costs).toEqual({});
		expect(spending!.slice.nature).toBe('demonstration');
		expect(spending!.parts.some(({ key }) => key === 'O3')).toBe(true);
		expect((await read({}, { demonstration: false })).spending).toBeNull();
	});

	test('of an imported file: several indicators and periods, dimensions, words, cost beside', async () => {
		const key = 'XM-RESULTS-1';
		await postRecords(database.db, 'published', [
			anIatiOrganisation('XM-RESULTS', 'Results'),
			anIatiActivity(key, 'XM-RESULTS', { countries: [{ country: 'PE', percentage: null }] }),
			anIatiResult(key, 1, {
				indicators: [
					anIndicatorOf({
						baselines: [{ ...value('0'), year: 2019, date: null }],
						periods: [
							{
								from: '2020-01-01',
								to: '2020-12-31',
								targets: [value('200')],
								actuals: [
									value('150'),
									value('90', { dimensions: { sex: 'female' } }),
									value('60', { dimensions: { sex: 'male' } })
								]
							},
							{ from: '2021-01-01', to: '2021-12-31', targets: [value('300')], actuals: [] }
						]
					}),
					anIndicatorOf({
						title: { fr: 'Qualité' },
						measure: '5',
						periods: [
							{
								from: '2020-01-01',
								to: '2020-12-31',
								targets: [value(null, { text: 'good' })],
								actuals: [value(null, { text: 'fair' })]
							}
						]
					}),
					anIndicatorOf({ title: { en: 'Planned only' } })
				]
			}),
			anIatiTransaction(key, 'XM-RESULTS', { entryKind: '4', amount: '500.00', currency: 'EUR' })
		]);
		const page = await read({ portfolio: 'all', project: key });
		expect(page.total).toBe(4);
		const [first, second, words, planned] = page.lines;
		expect(first).toMatchObject({
			baseline: '0',
			target: '200',
			actual: '150',
			period_from: '2020-01-01',
			result: { en: 'Result 1' },
			result_type: '1',
			activity_indicators: 3,
			countries: [expect.stringMatching(/^Peru$/)]
		});
		const cuts = first!.values.filter(({ dimensions }) => dimensions !== null);
		expect(cuts.map(({ dimensions, value: amount }) => [dimensions!.sex, amount])).toEqual([
			['female', '90'],
			['male', '60']
		]);
		expect(first!.values.find(({ side }) => side === 'baseline')).toMatchObject({ value: '0', year: 2019 });
		expect(second).toMatchObject({ period_from: '2021-01-01', actual: null, target: '300' });
		expect(words).toMatchObject({ measure: 'qualitative', actual: null, target: null });
		expect(words!.values.map(({ side, text }) => [side, text])).toEqual([
			['actual', 'fair'],
			['target', 'good']
		]);
		expect(planned).toMatchObject({ period_no: 0, values: [], period_from: null });
		const cost = page.costs[first!.activity_id!]!;
		expect(cost.total).toMatchObject({ amount: '500.00', entries: 1 });
		expect(cost.slice).toMatchObject({ activity: first!.activity_id, measure: 'spent' });
		const shares = page.lines.map(targetReached);
		expect(shares).toEqual(['75.0', null, null, null]);
		expect((await read({ portfolio: 'all', country: 'PE' })).total).toBe(4);
		const own = await readProjectResults(await asked(), key);
		expect(own.total).toBe(4);
	});

	test('say cumulative or periodic where the source does, and are told as they were read last', async () => {
		const project = aProject('STATED');
		await postRecords(database.db, 'published', [
			project,
			anIndicator('S1', 'STATED', { value: '10', accumulation: 'cumulative' }),
			anIndicator('S2', 'STATED', { value: '5', accumulation: 'periodic' })
		]);
		await postRecords(database.db, 'published', [
			anIndicator('S1', 'STATED', { value: '12', accumulation: 'cumulative' })
		]);
		const { lines } = await read({ portfolio: 'all', project: 'STATED' });
		expect(lines.map(({ actual, accumulation }) => [actual, accumulation]).toSorted()).toEqual([
			['12', 'cumulative'],
			['5', 'periodic']
		]);
	});

	test('stated again count once in their country, and once among its sources', async () => {
		const { db } = database;
		const stated = anIndicator('AGAIN', 'AGAIN', { countries: ['FJ'] });
		await postRecords(db, 'published', [aProject('AGAIN'), stated]);
		await postRecords(db, 'published', [{ ...stated, value: '26' }]);
		const at = (await resolveFactsAt(db, null))!;
		const { project_id } = await db
			.selectFrom('project')
			.select('project_id')
			.where('key', '=', 'AGAIN')
			.executeTakeFirstOrThrow();
		expect(await countResultsByCountry(db, at, [project_id])).toEqual(new Map([['FJ', 1]]));
		const { files } = await listSourcesOfCountry(db, at, { ...allActivities('all'), country: 'FJ' });
		expect(files.map(({ facts }) => facts)).toEqual([1]);
	});
});
