import { describe, expect, test } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { ask, openPage } from '../support/page.ts';
import { exactOf, resultsOf } from '../support/shown.ts';

/** Addresses of the activities that a page lists, each once. */
const listed = (html: string) => [
	...new Set(
		[...html.slice(html.indexOf('<tbody')).matchAll(/href="\/activities\/(\d+)"/g)].map(([, id]) => id!)
	)
];

/** An invented output: the first number after those of the published activities. */
const OUTPUT = '/activities/136';

describe('the list of activities', () => {
	test('its pages hold every activity once, either way round', async () => {
		for (const order of ['date', '-date']) {
			let path = `/activities?sort=${order}`;
			const seen: string[] = [];
			for (;;) {
				const { text } = await ask(path);
				seen.push(...listed(text));
				const next = /<a href="([^"]+)" rel="next"/.exec(text)?.[1];
				if (!next) break;
				path = next.replaceAll('&amp;', '&');
			}
			expect(seen.length).toBe(resultsOf((await ask('/activities')).text));
			expect(new Set(seen).size).toBe(seen.length);
		}
	});

	test('a choice leaves as many as its count says, and as the table of countries says', async () => {
		const { text } = await ask('/activities');
		const offered = Number(/value="ML"[^>]*\/>\s*(?:<!--[^>]*-->)*<bdi[^>]*>Mali \((\d+)\)/.exec(text)![1]);
		const { text: narrowed } = await ask('/activities?country=ML');
		expect(resultsOf(narrowed)).toBe(offered);
		const { text: countries } = await ask('/countries');
		expect(Number(/href="\/activities\?country=ML">(\d+)</.exec(countries)![1])).toBe(offered);
	});

	test('a form sent with nothing filled in asks for everything', async () => {
		const empty = '/activities?q=&country=&type=&objective=&organisation=&from=&to=&sort=';
		const { status, text } = await ask(empty);
		expect(status).toBe(200);
		expect(resultsOf(text)).toBe(resultsOf((await ask('/activities')).text));
	});

	test.each([
		['Lao PDR', 'LA'],
		['Kirghizistan', 'KG'],
		['ZA', 'ZA'],
		['afrique du sud', 'ZA']
	])('finds the activities of a country by “%s”', async (words, code) => {
		const { text } = await ask(`/activities?q=${encodeURIComponent(words)}`);
		const { text: ofCountry } = await ask(`/activities?country=${code}`);
		expect(resultsOf(text)).toBeGreaterThanOrEqual(resultsOf(ofCountry));
		expect(text).toContain(`href="/countries/${code}"`);
	});

	test('finds misspelt words, and says that they are', async () => {
		const { text } = await ask('/activities?q=trafiking%20prosecuters');
		expect(resultsOf(text)).toBeGreaterThan(0);
		expect(text).toContain('come closest');
	});

	test.each(['x', '2017-02-30~4', '2017-01-01', 'infinity~'])(
		'refuses the place “%s”, naming it',
		async (after) => {
			const { status, text } = await ask(`/activities?after=${encodeURIComponent(after)}`);
			expect(status).toBe(400);
			expect(text).toContain('“after”');
		}
	);

	test.each([
		['country', 'XX', 404],
		['objective', 'O99', 404],
		['organisation', '999999', 404],
		['organisation', 'none', 400],
		['sort', 'size', 400],
		['heading', 'staff', 400],
		['role', '9', 400]
	])('%s=%s is answered %i', async (parameter, value, status) => {
		expect((await ask(`/activities?${parameter}=${value}`)).status).toBe(status);
	});
});

describe('invented outputs', () => {
	test('have a page that says what they are, out of search engines, and none when switched off', async () => {
		const { status, headers, text } = await ask(OUTPUT);
		expect(status).toBe(200);
		expect(headers.get('x-robots-tag')).toBe('noindex');
		expect(text).toContain('This is no activity of anyone.');
		expect((await ask(`${OUTPUT}?demonstration=off`)).status).toBe(404);
	});

	test('are never listed among the activities', async () => {
		const { text } = await ask('/activities?q=Demonstration%20output');
		expect(listed(text)).not.toContain(OUTPUT.split('/').at(-1));
		expect(text.slice(text.indexOf('<tbody'))).not.toContain('Demonstration output');
	});
});

describe('the countries', () => {
	test.each(['name', '-activities', 'launch'])(
		'stand in the same order in table and map, sorted by %s',
		async (order) => {
			const page = await openPage(`/countries?sort=${order}`);
			const codes = (selector: string) =>
				page
					.locator(selector)
					.evaluateAll((links) =>
						links.map((link) => /\/countries\/([A-Z]{2})$/.exec(link.getAttribute('href')!)![1]!)
					);
			const inMap = await codes('#map-activities svg a.country');
			expect(inMap).toHaveLength(13);
			expect(await codes('#map-activities tbody th a[href*="/countries/"]')).toEqual(inMap);
		}
	);

	test('add up to the sum beneath them, with what is allocated to none', async () => {
		const page = await openPage('/countries');
		const spent = page.locator('#map-spending tbody td.numeric:nth-child(2)');
		const rows = await spent.allTextContents();
		const total = await page.locator('#map-spending tfoot td.numeric:nth-child(2)').innerText();
		expect(rows).toHaveLength(14);
		expect(sum(rows.map(exactOf))).toBe(exactOf(total));
	});

	test('go by capital letters; a code that names none is not found', async () => {
		const { status, headers } = await ask('/fr/countries/ml?asof=2017-06-30');
		expect(status).toBe(308);
		expect(headers.get('location')).toBe('/fr/countries/ML?asof=2017-06-30');
		expect((await ask('/countries/xx')).status).toBe(404);
	});

	test('outside the programme say so, and what was held there', async () => {
		const { status, text } = await ask('/countries/AT');
		expect(status).toBe(200);
		expect(text).toContain('Austria is not one of the countries that GLO.ACT covered.');
		expect(listed(text).length).toBeGreaterThan(0);
		expect(text).not.toContain('nature=demonstration');
	});

	test('tell measured and apportioned amounts apart: together they are what was spent', async () => {
		const page = await openPage('/countries/ML');
		const table = page.locator('table', { hasText: 'Measured and apportioned' });
		const parts = await table.locator('tbody td.numeric').allTextContents();
		const whole = await table.locator('tfoot td.numeric').innerText();
		expect(parts).toHaveLength(2);
		expect(sum(parts.map(exactOf))).toBe(exactOf(whole));
	});

	test('whose sources differ keep every statement', async () => {
		const { text } = await ask('/countries/ZA');
		expect(text).toContain('22 September 2016');
		expect(text).toContain('26 September 2016');
		expect(text).toMatch(/date line of the story/);
	});
});

describe('one activity', () => {
	test('gives no cost where none was published, and no number finer than its source', async () => {
		const { text } = await ask('/activities?q=C%C3%A1ceres');
		const [id] = listed(text);
		const { text: html } = await ask(`/activities/${id}`);
		const main = html.slice(html.indexOf('<main'));
		expect(main).toContain('at least 130');
		expect(main).toMatch(/<dt[^>]*>Cost<\/dt>[\s\S]{0,900}not published/);
		expect(main).toMatch(/\/sources\/[0-9a-f]{64}\?row=\d+#row-\d+/);
	});

	test('leads to those before and after it in time', async () => {
		const { text } = await ask('/activities?sort=date');
		const [first, second] = listed(text);
		const { text: html } = await ask(`/activities/${first}`);
		expect(html).not.toContain('rel="prev"');
		expect(html).toMatch(new RegExp(`href="/activities/${second}" rel="next"`));
	});
});

describe('one organisation', () => {
	test('tells what went through it, by kind, and what does not count on lines of its own', async () => {
		const page = await openPage('/organisations/3');
		const lines = await page.locator('.demonstration tbody th').allTextContents();
		expect(lines.map((line) => line.trim())).toContain('Disbursed, not counted: Internal transfer');
		const { text } = await ask('/organisations/3?demonstration=off');
		expect(text).not.toContain('nature=demonstration');
		expect(text).toContain('not published');
	});
});
