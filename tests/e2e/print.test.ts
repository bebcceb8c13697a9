import { describe, expect, test } from 'vitest';
import { tagsOf } from './addresses.ts';
import { openPage } from '../support/page.ts';

/* Every page prints as a report: on A4 with its margins 673 pixels are there to be printed on. */

const PAPER = { viewport: { width: 673, height: 970 }, colorScheme: 'dark' } as const;
const PAGES = [
	'/',
	'/ar',
	'/fr/projects/TRACK4TIP',
	'/countries',
	'/ar/countries/ML',
	'/activities/14',
	'/ar/transactions?nature=demonstration&country=ML',
	'/proof?nature=demonstration&formula=cash_balance',
	'/ar/about'
];

describe.each(PAGES)('%s on paper', (path) => {
	const tags = tagsOf(path);
	test('has its address, its day and its marks, and nothing to press', { tags }, async () => {
		const page = await openPage(path, PAPER);
		await page.emulateMedia({ media: 'print' });
		const shown = (selector: string) => page.locator(`:is(${selector}):visible`).count();
		expect(await shown('form, button, input, select, .screen-only')).toBe(0);
		const imprint = await page.locator('footer .imprint').innerText();
		expect(imprint).toContain(page.url());
		expect(imprint).toMatch(/\b20\d\d\b/);
		const foot = page.locator('footer');
		expect(await foot.evaluate((element) => getComputedStyle(element).display)).toBe('table-footer-group');
		expect(await page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)).toBe(
			'rgb(255, 255, 255)'
		);
		for (const map of await page.locator('main figure.map').all())
			expect(await map.locator('.formulas').isVisible()).toBe(true);
		if (path.includes('nature=demonstration'))
			expect(await page.locator('main').innerText()).toMatch(/demonstration|عرض توضيحي/i);
	});

	test('cuts no row, repeats the heads of tables, and opens what is closed', { tags }, async () => {
		const page = await openPage(path, PAPER);
		await page.emulateMedia({ media: 'print' });
		const of = (selector: string, property: 'display' | 'breakInside') =>
			page
				.locator(selector)
				.evaluateAll(
					(all, name) => [...new Set(all.map((element) => getComputedStyle(element)[name as 'display']))],
					property
				);
		expect(await of('main thead', 'display')).not.toContain('none');
		for (const display of await of('main thead', 'display')) expect(display).toBe('table-header-group');
		for (const breakInside of await of('main tr', 'breakInside')) expect(breakInside).toBe('avoid');
		for (const details of await page.locator('main figure details table').all())
			expect(await details.isVisible()).toBe(true);
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(673);
	});

	test('becomes pages of A4', { tags: 'nightly' }, async () => {
		const page = await openPage(path, PAPER);
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		expect(pdf.match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThan(0);
		expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
	});
});
