import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { PAGES } from './addresses.ts';
import { listTroubles, openPage } from '../support/page.ts';

const inFrench = (path: string) =>
	path === '/' ? '/fr' : path.startsWith('/?') ? `/fr${path.slice(1)}` : `/fr${path}`;

describe.each(PAGES)('%s', (path) => {
	test('opens without trouble, and axe finds nothing serious', async () => {
		const page = await openPage(path);
		expect(await page.locator('h1').count()).toBe(1);
		const { violations } = await new AxeBuilder({ page }).analyze();
		const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
		expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		expect(listTroubles(page)).toEqual([]);
	});

	test('is complete without a script, in English and French, on a narrow screen', async () => {
		const narrow = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
		const english = await openPage(path, narrow);
		const french = await openPage(inFrench(path), narrow);
		expect(await english.locator('html').getAttribute('lang')).toBe('en');
		expect(await french.locator('html').getAttribute('lang')).toBe('fr');
		expect(await french.locator('h1').innerText()).not.toBe('');
		// The same figures stand on both, each a link.
		const proofs = (page: typeof english) => page.locator('main a[href*="/proof?"]').count();
		expect(await french.locator('main').innerText()).not.toContain('undefined');
		expect(await proofs(french)).toBe(await proofs(english));
		// Nothing is wider than the screen: what must scroll does so in a window of its own.
		for (const page of [english, french]) {
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
		}
	});
});
