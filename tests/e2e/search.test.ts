import { describe, expect, test } from 'vitest';
import { locales } from '#lib/paraglide/runtime.js';
import { seriousOn } from '../support/axe.ts';
import { press, write } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { resultsOf } from '../support/shown.ts';

const WITHOUT_SCRIPT = { javaScriptEnabled: false };

describe('a country is found', () => {
	/** Writes words into the search box of a page without a script and follows the first that is found. */
	async function follow(words: string, code: string): Promise<void> {
		const page = await openPage('/about', WITHOUT_SCRIPT);
		const box = page.getByRole('search').getByRole('searchbox');
		await box.fill(words);
		await box.press('Enter');
		const first = page.locator('main section a').first();
		expect(await first.getAttribute('href')).toBe(`/countries/${code}`);
		await first.click();
		await page.waitForURL((url) => url.pathname === `/countries/${code}`);
		expect(await page.locator('h1').count()).toBe(1);
	}

	test.each([
		['mali', 'ML'],
		['MLI', 'ML'],
		['Égypte', 'EG'],
		['قيرغيزستان', 'KG'],
		['Lao PDR', 'LA']
	])('by “%s”, first of all, and leads to its page', follow);

	test.each([
		['Mali', 'ML'],
		['ML', 'ML'],
		['مالي', 'ML'],
		['egypte', 'EG'],
		['مصر', 'EG'],
		['Kirghizistan', 'KG'],
		['Kyrgyz Republic', 'KG'],
		['ZAF', 'ZA'],
		['afrique du sud', 'ZA'],
		['Columbia', 'CO']
	])('by “%s” too', { tags: 'nightly' }, follow);

	test.each(locales)('in %s, from its own box, with its results in that language', async (locale) => {
		const prefix = locale === 'en' ? '' : `/${locale}`;
		const page = await openPage(prefix === '' ? '/' : prefix, WITHOUT_SCRIPT);
		await page.getByRole('search').getByRole('searchbox').fill('ML');
		await page.getByRole('search').getByRole('button').click();
		expect(new URL(page.url()).pathname).toBe(`${prefix}/search`);
		expect(await page.getByRole('search').getByRole('searchbox').inputValue()).toBe('ML');
		const first = page.locator('#countries a').first();
		expect(await first.getAttribute('href')).toBe(`${prefix}/countries/ML`);
		expect(await first.innerText()).toBe(new Intl.DisplayNames(locale, { type: 'region' }).of('ML'));
	});
});

describe('other things are found', () => {
	test.each([
		['GLO.ACT', 'projects', '/projects/GLOACT'],
		['unodc', 'organisations', '/organisations/'],
		['prosecutors', 'activities', '/activities/'],
		['activities.csv', 'sources', '/sources/']
	])('“%s” among the %s', async (words, group, path) => {
		const { status, text } = await ask(`/search?q=${encodeURIComponent(words)}`);
		expect(status).toBe(200);
		const section = text.slice(text.indexOf(`id="${group}"`));
		expect(section.slice(0, section.indexOf('</section>'))).toContain(`href="${path}`);
	});

	test('a file by the beginning of its hash', async () => {
		const { text } = await ask('/search?q=activities.csv');
		const hash = /\/sources\/([0-9a-f]{64})/.exec(text)![1]!;
		const { text: found } = await ask(`/search?q=${hash.slice(0, 10)}`);
		expect(found).toContain(`href="/sources/${hash}"`);
	});

	test('a misspelt word finds its like, and it is said', async () => {
		const { text } = await ask('/search?q=trafiking%20prosecuters');
		expect(text).toContain('These come closest');
		expect(text).toMatch(/id="activities"[\s\S]*href="\/activities\/\d+"/);
	});

	test('as many activities as the list over all portfolios that its link opens', async () => {
		const { text } = await ask('/search?q=training');
		const [, link] = /href="(\/activities\?portfolio=all[^"]+)"/.exec(text)!;
		const told = Number(/id="activities"[\s\S]*?class="count[^"]*">(\d+)</.exec(text)![1]);
		const { text: list } = await ask(link!.replaceAll('&amp;', '&'));
		expect(resultsOf(list)).toBe(told);
	});
});

describe('a search', () => {
	test('goes by keyboard from the box to the country', async () => {
		const page = await openPage('/');
		await write(page, page.getByRole('search').getByRole('searchbox'), 'Mali');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/search\?q=Mali$/);
		await press(page, page.locator('#countries a').first());
		await page.waitForURL(/\/countries\/ML$/);
		expect(listTroubles(page)).toEqual([]);
	});

	test('without a text asks for one; without a result says what it looked through and what is near', async () => {
		expect((await ask('/search')).text).toContain('Type a name');
		expect((await ask('/search?q=++')).status).toBe(200);
		const { status, text } = await ask('/search?q=Justitz%C3%B6rgan');
		expect(status).toBe(200);
		expect(text).toContain('Nothing was found for “Justitzörgan”');
		expect(text).toMatch(/Looked through: Countries, Projects \(\d+\)/);
		expect(text).toContain('Did you mean');
	});

	test.each([
		['%00', 'q'],
		['x'.repeat(201), 'q'],
		['%0A', 'q']
	])('for “%s” is refused, naming %s', async (words, parameter) => {
		const { status, text } = await ask(`/search?q=a${words}b`);
		expect(status).toBe(400);
		expect(text).toContain(`“${parameter}”`);
	});

	test.each(['in=everything', 'country=ML', 'colour=red', 'q=a&q=b'])('with %s is refused', async (query) => {
		expect((await ask(`/search?${query}`)).status).toBe(400);
	});

	test('shows markup as text, and keeps the day that is looked at', async () => {
		const { text } = await ask(
			`/search?q=${encodeURIComponent('<script>alert(1)</script>')}&asof=2017-06-30`
		);
		expect(text).not.toContain('<script>alert(1)');
		const { text: dated } = await ask('/search?q=Mali&asof=2017-06-30');
		expect(dated).toContain('href="/countries/ML?asof=2017-06-30"');
	});

	test.each(['/search', '/search?q=mali', '/search?q=unodc&in=organisations', '/search?q=qqqqq'])(
		'%s is open to everyone: axe, 320 px, dark',
		{ tags: 'nightly' },
		async (path) => {
			for (const colorScheme of ['light', 'dark'] as const) {
				const page = await openPage(path, { colorScheme, viewport: { width: 320, height: 640 } });
				expect(await seriousOn(page)).toEqual([]);
				expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
				expect(listTroubles(page)).toEqual([]);
			}
		}
	);
});
