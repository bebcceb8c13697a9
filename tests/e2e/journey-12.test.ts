import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeOn } from '../support/axe.ts';
import { isFocused, reach } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { plainWithoutMarks as plain } from '../support/shown.ts';

/* J12: a public reader with a telephone, a slow line, Arabic and a screen reader. */

const PHONE = { viewport: { width: 360, height: 800 }, locale: 'ar', hasTouch: true };
const PAGES = [
	'/ar',
	'/ar/countries',
	'/ar/countries/ML',
	'/ar/activities/14',
	'/ar/transactions?nature=demonstration&country=ML',
	'/ar/proof?nature=demonstration&formula=cash_balance'
];

const message = (name: string) =>
	(JSON.parse(readFileSync('src/messages/ar/map.json', 'utf8')) as Record<string, string>)[name]!;

/** Texts that something cuts off: wider or higher than what holds them, and not meant to be scrolled or only spoken. */
const listClipped = (page: Page) =>
	page.locator('body').evaluate((body) =>
		[...body.querySelectorAll<HTMLElement>('*')]
			.filter((element) => {
				const { overflowX, overflowY, clipPath, display } = getComputedStyle(element);
				if (display === 'none' || display === 'inline' || clipPath !== 'none') return false;
				// A map is cropped on purpose; its formulas beneath are not.
				if (element.matches('.map .view'))
					return element.querySelector<HTMLElement>('.formulas')!.offsetWidth > element.clientWidth;
				if (element.closest('svg, select') || element.getClientRects().length === 0) return false;
				const [wide, high] = [
					element.scrollWidth - element.clientWidth > 1,
					element.scrollHeight - element.clientHeight > 1
				];
				return (overflowX === 'hidden' && wide) || (overflowY === 'hidden' && high);
			})
			.filter((element) => (element.innerText ?? '').trim() !== '')
			.map((element) => `${element.tagName}.${element.className}: ${element.innerText.slice(0, 60)}`)
	);

describe('from the overview to the rows of a file, on a telephone', () => {
	test('by the map, one country and one activity', async () => {
		const page = await openPage('/ar', PHONE);
		expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
		expect(await page.locator('html').getAttribute('lang')).toBe('ar');

		const mali = page.locator('main svg a.country[href*="/countries/ML"]').first();
		const [spoken, href] = [await mali.getAttribute('aria-label'), await mali.getAttribute('href')];
		expect(spoken).toMatch(/^مالي: /);
		expect(href).toMatch(/^\/ar\/countries\/ML/);
		await mali.click();
		await page.waitForURL('**/ar/countries/ML*');
		expect(await page.locator('h1').innerText()).toContain('مالي');

		const activity = page.locator('main a[href*="/ar/activities/"]:not([href*="?"])').first();
		await activity.click();
		await page.waitForURL(/\/ar\/activities\/\d+/);
		expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
		await page.goBack();

		const csv = page.locator('main a[href*="/transactions.csv"]').first();
		const downloading = page.waitForEvent('download');
		await csv.click();
		const parts: Buffer[] = [];
		for await (const part of await (await downloading).createReadStream()) parts.push(part as Buffer);
		const lines = Buffer.concat(parts).toString().trim().split('\r\n');
		expect(lines.length).toBeGreaterThan(1);
		// The file is the same in every language: names of columns, points and days as the dictionary has them.
		expect(lines[0]).toMatch(/^\ufeff?nature,/);
		expect(listTroubles(page)).toEqual([]);
	});
});

describe('(a) right to left', () => {
	test('the layout is mirrored, numbers and currencies are the language’s', async () => {
		const page = await openPage('/ar', PHONE);
		const [home, languages] = [
			await page.locator('header a[href^="/ar"]').first().boundingBox(),
			await page.locator('header nav ul').last().boundingBox()
		];
		expect(home!.x + home!.width).toBeGreaterThan(360 - 40);
		expect(languages).not.toBeNull();
		const headings = await page.locator('main h2:visible').all();
		expect(headings.length).toBeGreaterThan(0);
		for (const heading of headings) {
			const { right, width } = await heading.evaluate((element) => {
				const range = document.createRange();
				range.selectNodeContents(element);
				return { right: range.getBoundingClientRect().right, width: document.documentElement.clientWidth };
			});
			expect(right).toBeGreaterThan(width / 2);
		}
		const main = await page.locator('main').innerText();
		expect(plain(main)).toContain('11 مليون EUR');
		expect(main).not.toMatch(/[\u0660-\u0669]/);
	});

	test('a number keeps its units under units, and its sign at its left', async () => {
		const page = await openPage('/ar/transactions?nature=demonstration', {
			viewport: { width: 1280, height: 800 }
		});
		const edges = await page.locator('tbody td.numeric').evaluateAll((cells) =>
			cells.map((cell) => {
				const range = document.createRange();
				range.selectNodeContents(cell.querySelector('.amount') ?? cell);
				const style = getComputedStyle(cell);
				return Math.round(
					cell.getBoundingClientRect().right -
						parseFloat(style.paddingRight) -
						range.getBoundingClientRect().right
				);
			})
		);
		expect(edges.length).toBeGreaterThan(10);
		// What marks an invented amount stands before all of them alike.
		expect(new Set(edges).size).toBe(1);
	});

	test.each(PAGES)(
		'%s: nothing is clipped with letters or everything at twice the size',
		{ tags: 'nightly' },
		async (path) => {
			const page = await openPage(path, PHONE);
			expect(await listClipped(page)).toEqual([]);
			await page.locator('html').evaluate((html) => (html.style.fontSize = '200%'));
			expect(await listClipped(page)).toEqual([]);
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
			const zoomed = await openPage(path, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
			expect(await listClipped(zoomed)).toEqual([]);
			expect(await zoomed.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(640);
		}
	);
});

describe('(b) a slow line, and no script', () => {
	test('the first page weighs less than 200 kB as it is sent', async () => {
		const page = await openPage('/ar/about', PHONE);
		const session = await page.context().newCDPSession(page);
		await session.send('Network.enable');
		await session.send('Network.setCacheDisabled', { cacheDisabled: true });
		let bytes = 0;
		session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
		await page.goto('/ar', { waitUntil: 'networkidle' });
		expect(bytes).toBeGreaterThan(10_000);
		expect(bytes).toBeLessThan(200_000);
	});

	test('figures, tables, links and downloads are there without JavaScript', async () => {
		const page = await openPage('/ar', { ...PHONE, javaScriptEnabled: false });
		const count = (selector: string) => page.locator(selector).count();
		expect(await count('main a[href*="/proof?"]')).toBeGreaterThan(20);
		expect(await count('main table')).toBeGreaterThan(3);
		expect(await count('main svg')).toBeGreaterThan(2);
		const links = await page
			.locator('main a[href^="/"]')
			.evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
		expect(links.filter((href) => !/^\/ar(?:[/?#]|$)/.test(href) && !/\.(csv|pdf)\b/.test(href))).toEqual([]);
		await page.goto('/ar/countries/ML');
		const csv = await page.locator('main a[href*=".csv"]').first().getAttribute('href');
		const { status, headers } = await ask(csv!);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toContain('text/csv');
	});
});

describe('(c) the map by keyboard and ear', () => {
	test('every country is reached, spoken with name and value, and the table holds the same', async () => {
		const page = await openPage('/ar/countries', PHONE);
		const map = page.locator('main figure.map').first();
		const countries = await map.locator('svg a.country').all();
		expect(countries).toHaveLength(13);
		const rows = await map
			.locator('tbody tr')
			.evaluateAll((all) =>
				all.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.textContent))
			);
		const strokeOf = (country: Locator) =>
			country
				.locator('.fill')
				.first()
				.evaluate((shape) => [getComputedStyle(shape).strokeWidth, getComputedStyle(shape).stroke] as const);
		const unfocused = await Promise.all(countries.map(async (country) => (await strokeOf(country))[1]));
		await page.locator('main a[href]').first().focus();
		await reach(page, countries[0]!, 60);
		for (const [i, country] of countries.entries()) {
			if (i > 0) await page.keyboard.press('Tab');
			expect(await isFocused(country)).toBe(true);
			const [width, stroke] = await strokeOf(country);
			expect(width).toBe('3px');
			expect(stroke, 'the focus is seen').not.toBe(unfocused[i]);
			const [name = '', value = ''] = (await country.getAttribute('aria-label'))!.split(': ');
			expect(name).toMatch(/\p{Script=Arabic}/u);
			const number = /\d+/.exec(value)?.[0] ?? (value.includes('نشاطان') ? '2' : '1');
			const [, ...cells] = rows.find(([heading]) => plain(heading!).startsWith(plain(name))) ?? [];
			expect(cells.map(plain), name).toContain(number);
		}
	});
});

describe('(d) targets, and no dragging', () => {
	test.each(PAGES)(
		'%s: at least 24 by 24 pixels, nothing to be dragged',
		{ tags: 'nightly' },
		async (path) => {
			const page = await openPage(path, PHONE);
			const { violations } = await axeOn(page).withRules(['target-size']).analyze();
			expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
			expect(await page.locator('[draggable="true"]').count()).toBe(0);
			// A slider goes by arrow keys and by a tap, and stands beside a field that sets the same.
			for (const slider of await page.locator('input[type="range"]').all())
				expect(await slider.locator('xpath=ancestor::form').locator('input[type="date"]').count()).toBe(1);
		}
	);
});

describe('(e) the disclaimer', () => {
	test.each(['/ar', '/ar/countries', '/ar/countries/ML'])(
		'%s: stands with each map in Arabic',
		async (path) => {
			const page = await openPage(path, PHONE);
			const maps = await page.locator('main figure.map').all();
			expect(maps.length).toBeGreaterThan(0);
			for (const map of maps) {
				const formulas = map.locator('.formulas').first();
				expect(await formulas.getAttribute('dir')).toBe('rtl');
				expect(plain((await formulas.textContent()) ?? '')).toContain(message('map_disclaimer_general'));
				expect(plain((await formulas.textContent()) ?? '')).toContain(message('map_credit'));
			}
		}
	);
});

describe('(f) contrast', () => {
	test.each(PAGES)('%s: 4.5:1 in the dark, and in print from the dark', { tags: 'nightly' }, async (path) => {
		const page = await openPage(path, { ...PHONE, colorScheme: 'dark' });
		const poor = async () =>
			(await axeOn(page).withRules(['color-contrast']).analyze()).violations.flatMap(({ nodes }) =>
				nodes.map(({ html }) => html)
			);
		expect(await poor()).toEqual([]);
		await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
		expect(await poor()).toEqual([]);
	});
});
