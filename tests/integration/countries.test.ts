import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { readCountries } from '#lib/server/page/countries.ts';
import { readCountry } from '#lib/server/page/country.ts';
import { listBeside } from '#lib/map/beside.ts';
import { compare, sum } from '#lib/money/decimal.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { askedOf } from '../support/question.ts';

const NO_FIELDS = {
	status: null,
	map: null,
	class: null,
	demonstration_map: null,
	demonstration_class: null,
	region: null
};
const beside = (code: string) => (programme: readonly string[]) =>
	listBeside(code, programme, 5).map((other) => other.code);

describeOnBothEngines('countries of the first portfolio', (_engine, fresh) => {
	let database: Database;

	beforeAll(async () => {
		database = await fresh({ filled: true });
	});

	const asked = (slice: Partial<Slice> = {}, demonstration = true) =>
		askedOf(database.db, { slice, demonstration, fields: NO_FIELDS });
	const one = async (code: string, slice: Partial<Slice> = {}) =>
		readCountry(await asked(slice), code, beside(code));

	test('all thirteen are there, with what is published and invented money apart', async () => {
		const page = await readCountries(await asked());
		expect(page.countries).toHaveLength(13);
		expect(page.nature).toBe('demonstration');
		for (const measure of ['spent', 'budget'] as const) {
			const { total, of } = page.money![measure];
			const amounts = [...of.values()].flatMap(({ amount }) => amount ?? []);
			expect(compare(sum(amounts), total.amount!)).toBe(0);
		}
		const hidden = await readCountries(await asked({}, false));
		expect(hidden).toMatchObject({ nature: null, money: null });
		expect(hidden.countries).toEqual(page.countries);
	});

	test('result figures of a country are as many as its page lists', async () => {
		const { countries } = await readCountries(await asked());
		for (const code of ['PK', 'CO', 'ML']) {
			const { indicators } = await one(code);
			expect(countries.find((line) => line.code === code)!.results).toBe(indicators.length);
		}
	});

	test('people are never more exact than their sources', async () => {
		const { countries } = await readCountries(await asked());
		expect(countries.find(({ code }) => code === 'CO')!.participants).toMatchObject({
			qualifier: 'at_least'
		});
	});

	test('the activities of a country are narrowed as the address says', async () => {
		const all = await one('MA');
		expect(all.found).toBe(all.reach.total);
		const [party] = all.parties;
		const narrowed = await one('MA', { organisation: party!.organisation });
		expect(narrowed.found).toBe(narrowed.activities.length);
		expect(narrowed.found).toBeLessThanOrEqual(all.found);
		const [objective] = Object.keys(party!.byObjective).filter(Boolean);
		const both = await one('MA', { organisation: party!.organisation, objective: objective! });
		expect(both.found).toBe(party!.byObjective[objective!]);
		const none = await one('MA', { from: '2030-01-01', to: '2030-12-31' });
		expect(none.found).toBe(0);
		// What else the page tells stays whole.
		expect(none.reach.total).toBe(all.reach.total);
	});

	test('its sources are the pages read and the files that hold its facts', async () => {
		const { sources, documents } = await one('ML');
		expect(documents).toEqual([]);
		expect(sources.files.map(({ name }) => name)).toContain('activities.csv');
		for (const { sha256, size } of sources.files) {
			expect(sha256).toMatch(/^[0-9a-f]{64}$/);
			expect(Number(size)).toBeGreaterThan(0);
		}
		expect(sources.pages.length).toBeGreaterThan(0);
	});

	test('everything its sources differ on is kept, the chosen statement first', async () => {
		const { rivals } = await one('ZA');
		expect(rivals[0]).toMatchObject({ property: 'launch_date', subjectKind: 'country_coverage' });
		for (const { claims } of rivals) {
			expect(claims.length).toBeGreaterThan(1);
			expect(claims[0]!.chosen).toBe(true);
		}
		const { rivals: ofMali } = await one('ML');
		expect(ofMali.map(({ subjectKind, property }) => `${subjectKind} ${property}`)).toContain(
			'activity funders'
		);
	});

	test('its neighbours in the programme have the same figures as on their own pages', async () => {
		const { compared } = await one('ML');
		expect(compared.map(({ code }) => code).slice(0, 2)).toEqual(['ML', 'NE']);
		const niger = await one('NE');
		const line = compared.find(({ code }) => code === 'NE')!;
		expect(line.activities).toBe(niger.reach.total);
		expect(line.money!.spent.amount).toBe(niger.money!.shown!.spent.amount);
	});
});

describe('the countries beside one', () => {
	const programme = ['BY', 'BR', 'CO', 'EG', 'KG', 'LA', 'ML', 'MA', 'NP', 'NE', 'PK', 'ZA', 'UA'];
	const of = (code: string) =>
		listBeside(code, programme, 5).map(({ code: other, border }) => `${other}${border ? '|' : ''}`);

	test('share a border first, then lie nearest in the same region', () => {
		expect(of('BY')).toEqual(['UA|']);
		expect(of('BR')).toEqual(['CO|']);
		expect(of('ML')).toEqual(['NE|', 'MA', 'EG', 'ZA']);
		expect(of('KG')).toEqual(['PK', 'NP', 'LA']);
		expect(listBeside('XX', programme, 5)).toEqual([]);
	});
});
