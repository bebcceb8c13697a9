import { describe, expect, test } from 'vitest';
import { inLanguage, PAGES, tagsOf } from './addresses.ts';
import { seriousOn } from '../support/axe.ts';
import { listTroubles, openPage } from '../support/page.ts';

describe.each(PAGES)('%s', (path) => {
	test('opens without trouble, and axe finds nothing serious', { tags: tagsOf(path) }, async () => {
		const page = await openPage(path);
		expect(await page.locator('h1').count()).toBe(1);
		expect(await seriousOn(page)).toEqual([]);
		expect(listTroubles(page)).toEqual([]);
	});

	test('in Arabic axe finds nothing serious either', { tags: 'nightly' }, async () => {
		const page = await openPage(inLanguage(path, 'ar'));
		expect(await seriousOn(page)).toEqual([]);
		expect(listTroubles(page)).toEqual([]);
	});
});
