import { describe, expect, test } from 'vitest';
import { inLanguage, PAGES } from './addresses.ts';
import { openPage } from '../support/page.ts';

const OTHERS = [
	['fr', 'ltr'],
	['ar', 'rtl']
] as const;

describe.each(PAGES)('%s', (path) => {
	test('is complete without a script, in every language, on a narrow screen', async () => {
		const narrow = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
		const english = await openPage(path, narrow);
		expect(await english.locator('html').getAttribute('lang')).toBe('en');
		expect(await english.locator('html').getAttribute('dir')).toBe('ltr');
		const proofs = (page: typeof english) => page.locator('main a[href*="/proof?"]').count();
		// Nothing is wider than the screen: what must scroll does so in a window of its own.
		const width = (page: typeof english) => page.evaluate('document.documentElement.scrollWidth');
		expect(await width(english)).toBeLessThanOrEqual(320);
		for (const [language, direction] of OTHERS) {
			const page = await openPage(inLanguage(path, language), narrow);
			expect(await page.locator('html').getAttribute('lang')).toBe(language);
			expect(await page.locator('html').getAttribute('dir')).toBe(direction);
			expect(await page.locator('h1').innerText()).not.toBe('');
			// The same figures stand on all of them, each a link.
			expect(await page.locator('main').innerText()).not.toContain('undefined');
			expect(await proofs(page)).toBe(await proofs(english));
			expect(await width(page)).toBeLessThanOrEqual(320);
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
