import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { inLanguage, PAGES, tagsOf } from './addresses.ts';
import { openPage } from '../support/page.ts';

const OTHERS = [
	['fr', 'ltr'],
	['ar', 'rtl']
] as const;
const NARROW = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };

const languageOf = async (page: Page) => {
	const html = page.locator('html');
	return [await html.getAttribute('lang'), await html.getAttribute('dir')];
};
const countProofs = (page: Page) => page.locator('main a[href*="/proof?"]').count();
/** Nothing is wider than the screen: what must scroll does so in a window of its own. */
const expectNarrow = async (page: Page) =>
	expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);

describe.each(PAGES)('%s', (path) => {
	test('is complete without a script, on a narrow screen', { tags: tagsOf(path) }, async () => {
		const page = await openPage(path, NARROW);
		expect(await languageOf(page)).toEqual(['en', 'ltr']);
		expect(await page.locator('main').innerText()).not.toContain('undefined');
		await expectNarrow(page);
	});

	test('says the same in every language', { tags: 'nightly' }, async () => {
		const proofs = await countProofs(await openPage(path, NARROW));
		for (const [language, direction] of OTHERS) {
			const page = await openPage(inLanguage(path, language), NARROW);
			expect(await languageOf(page)).toEqual([language, direction]);
			expect(await page.locator('h1').innerText()).not.toBe('');
			expect(await page.locator('main').innerText()).not.toContain('undefined');
			// The same figures stand on all of them, each a link.
			expect(await countProofs(page)).toBe(proofs);
			await expectNarrow(page);
			await page.context().close();
		}
	});
});

test('each page names itself in every language, for engines and for people', async () => {
	const page = await openPage('/ar/countries/ML?asof=2017-06-30');
	const alternates = await page
		.locator('head link[rel=alternate][hreflang]')
		.evaluateAll((links) =>
			links.map((link) => [
				link.getAttribute('hreflang'),
				new URL(link.getAttribute('href')!).pathname + new URL(link.getAttribute('href')!).search
			])
		);
	const path = '/countries/ML?asof=2017-06-30';
	expect(alternates).toEqual([
		['en', path],
		['fr', `/fr${path}`],
		['ar', `/ar${path}`],
		['x-default', path]
	]);
	const offered = page.locator('header a[hreflang]');
	expect(await offered.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
		path,
		`/fr${path}`
	]);
	await page.goto('/');
	await page.getByRole('link', { name: 'العربية' }).click();
	await page.waitForURL('**/ar');
	expect(await page.locator('html').getAttribute('lang')).toBe('ar');
});
