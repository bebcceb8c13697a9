import { describe, expect, test } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { seriousOn } from '../support/axe.ts';
import { press, reach, write } from '../support/keyboard.ts';
import { listTroubles, openPage } from '../support/page.ts';
import { exactOf } from '../support/shown.ts';

// J4: an EU Delegation's desk officer looks up one country.

test('J4: a country is found, its activities narrowed and the page shared, by keyboard alone', async () => {
	const page = await openPage('/');
	// (a) by name in the search box of every page.
	await write(page, page.getByRole('search').getByRole('searchbox'), 'Mali');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/search\?q=Mali/);
	await press(page, page.locator('main').getByRole('link', { name: 'Mali', exact: true }).first());
	await page.waitForURL(/\/countries\/ML$/);
	await press(page, page.getByRole('link', { name: 'Mali on the world map' }));
	await page.waitForURL(/\/countries\?country=ML$/);
	expect(await page.locator('#map-activities a.selected').getAttribute('data-country')).toBe('ML');

	// On the map of the world: by Tab to a country, from there by arrows, each spoken with its value.
	const mali = page.locator('#map-activities a[data-country=ML]');
	// Selected, it is outlined already; focused, in another colour.
	const strokeOf = () =>
		mali
			.locator('.fill')
			.first()
			.evaluate((shape) => [getComputedStyle(shape).strokeWidth, getComputedStyle(shape).stroke] as const);
	const [, unfocused] = await strokeOf();
	await reach(page, mali, 90);
	// The focus of a mark is its outline, as wide as that of any other control.
	const [wide, focused] = await strokeOf();
	expect(wide).toBe('3px');
	expect(focused).not.toBe(unfocused);
	await page.locator('#map-activities .pointed:visible').waitFor();
	await page.keyboard.press('ArrowRight');
	expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(
		/^Niger: \d+ activities$/
	);
	expect(await page.locator('#map-activities tr.pointed-at th').innerText()).toContain('Niger');
	await page.keyboard.press('ArrowLeft');
	expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(
		/^Mali: \d+ activities$/
	);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/countries\/ML$/);

	// (c) partner, objective and dates.
	const partner = page.locator('#who tbody th a, section[aria-labelledby=who] tbody th a').first();
	const name = await partner.innerText();
	await write(page, page.getByLabel('Organisation', { exact: true }), name);
	await write(page, page.getByLabel('To', { exact: true }), '12312018');
	await page.keyboard.press('Enter');
	await page.waitForURL(/organisation=\d+/);
	const asked = new URL(page.url());
	expect(asked.searchParams.get('to')).toBe('2018-12-31');
	expect(asked.hash).toBe('#activities');
	const list = page.locator('section[aria-labelledby=activities]');
	const status = await list.getByRole('status').innerText();
	const [found] = /\d+/.exec(status)!;
	// What was held there for others stands in a table of its own.
	const table = list.locator('table:has(tbody th a[href^="/activities/"])').first();
	expect(await table.locator('tbody tr').count()).toBe(Number(found));

	// (e) the address gives the same page to someone else.
	const again = await openPage(asked.pathname + asked.search + asked.hash);
	expect(await again.locator('section[aria-labelledby=activities]').getByRole('status').innerText()).toBe(
		status
	);
	expect(await again.locator('main').innerText()).toBe(await page.locator('main').innerText());

	// The same filters in the list of all activities leave the same ones.
	await press(page, page.getByRole('link', { name: 'The same filters in the list of all activities' }));
	await page.waitForURL(/\/activities\?/);
	const all = new URL(page.url()).searchParams;
	expect(all.get('country')).toBe('ML');
	expect(all.get('organisation')).toBe(asked.searchParams.get('organisation'));
	expect(all.get('to')).toBe('2018-12-31');
	expect(/\d+/.exec(await page.locator('[data-live-status]').innerText())![0]).toBe(found);
	expect(listTroubles(page)).toEqual([]);
});

test.each([
	['ML', 'ML'],
	['MLI', 'ML'],
	['Kyrgyz Republic', 'KG'],
	['Kirghizistan', 'KG'],
	['قيرغيزستان', 'KG'],
	['Afrique du Sud', 'ZA']
])(
	'J4: a country is found by “%s”, in every language of the site',
	{ tags: 'nightly' },
	async (text, code) => {
		for (const prefix of ['', '/fr', '/ar']) {
			const page = await openPage(`${prefix}/search?q=${encodeURIComponent(text)}`);
			const [first] = await page
				.locator('main a[href*="/countries/"]')
				.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
			expect(first).toBe(`${prefix}/countries/${code}`);
		}
	}
);

describe('J4: the page of a country', () => {
	test('tells measured and apportioned amounts apart, with the key, inside the demonstration', async () => {
		const page = await openPage('/countries/ML');
		const block = page.locator('.demonstration');
		const table = block.locator('table', { hasText: 'Measured and apportioned' });
		const parts = await table.locator('tbody td.numeric').allTextContents();
		const whole = await table.locator('tfoot td.numeric').innerText();
		expect(sum(parts.map(exactOf))).toBe(exactOf(whole));
		expect(await block.getByText('Apportioned by:').innerText()).toMatch(/Apportioned by: .+\./);
		// No invented amount stands outside its block.
		const amounts = await page.locator('main a[href*="nature=demonstration"]').count();
		expect(await block.locator('a[href*="nature=demonstration"]').count()).toBe(amounts);
	});

	test('lists documents with category, language, media type, date, size and hash, and says what is not stated', async () => {
		const page = await openPage('/countries/ML#documents');
		const table = page.getByRole('table', { name: /Documents and sources on Mali/ });
		const heads = (await table.locator('thead th').allInnerTexts()).map((text) => text.trim());
		expect(heads).toEqual(['Document', 'Category', 'Language', 'Media type', 'Date', 'Size', 'SHA-256']);
		const file = table.locator('tr', { hasText: 'activities.csv' });
		expect(await file.innerText()).toMatch(/text\/csv[\s\S]*received[\s\S]*kB/);
		const hash = file.locator('a[href*="/sources/"]').last();
		expect(await hash.getAttribute('title')).toMatch(/SHA-256 [0-9a-f]{64}/);
		await hash.click();
		await page.waitForURL(/\/sources\/[0-9a-f]{64}/);
		expect(await page.locator('h1').innerText()).toContain('activities.csv');
	});

	test('says in one line on a telephone what is not stated of a document', async () => {
		const page = await openPage('/countries/ML', { viewport: { width: 360, height: 800 } });
		const table = page.getByRole('table', { name: /Documents and sources on Mali/ });
		const file = table.getByRole('row').filter({ hasText: 'activities.csv' });
		expect(await file.innerText()).toContain('Not stated: Language.');
		expect(await file.getByRole('cell', { name: 'not stated' }).count()).toBe(0);
		await page.setViewportSize({ width: 1440, height: 900 });
		expect(await file.innerText()).not.toContain('Not stated:');
		expect(await file.getByRole('cell', { name: 'not stated' }).count()).toBe(1);
	});

	test('keeps every statement that sources differ on, of the country and of its activities', async () => {
		const page = await openPage('/countries/ML');
		const conflicts = page.locator('section[aria-labelledby=conflicts]');
		const rows = await conflicts.locator('tbody tr').count();
		expect(rows).toBeGreaterThan(1);
		expect(await conflicts.locator('tbody th a[href*="claim="]').count()).toBe(rows);
		const tables = await conflicts.locator('table').count();
		expect(tables).toBeGreaterThan(0);
		expect(await conflicts.locator('tbody th strong').count()).toBe(tables);
	});

	test('stands beside its neighbours in the programme, each with its own page', async () => {
		const page = await openPage('/countries/ML');
		const rows = page.locator('section[aria-labelledby=compared] tbody tr');
		expect(await rows.nth(0).innerText()).toContain('Mali');
		expect(await rows.nth(1).innerText()).toMatch(/Niger[\s\S]*shares a border/);
		await rows.nth(1).locator('th a').click();
		await page.waitForURL(/\/countries\/NE/);
	});

	test('has a map whose places can be neared, without scrolling away from them', async () => {
		const page = await openPage('/countries/ML');
		const svg = page.locator('#map-places svg[data-whole]');
		const before = await svg.getAttribute('viewBox');
		await page.locator('#map-places').getByRole('button', { name: 'Zoom in' }).click();
		await expect.poll(() => svg.getAttribute('viewBox')).not.toBe(before);
		await page.locator('#map-places').getByRole('button', { name: 'Whole map' }).click();
		await expect.poll(() => svg.getAttribute('viewBox')).toBe(before);
	});

	test.each(['/countries/ML', '/fr/countries/ZA', '/ar/countries/PK', '/countries/ML?from=2030-01-01'])(
		'%s has nothing that axe finds serious, light or dark',
		{ tags: 'nightly' },
		async (path) => {
			for (const colorScheme of ['light', 'dark'] as const) {
				const page = await openPage(path, { colorScheme });
				expect(await seriousOn(page)).toEqual([]);
				expect(listTroubles(page)).toEqual([]);
			}
		}
	);

	test.each(['organisation=none', 'organisation=999999x', 'from=2030', 'heading=staff'])(
		'refuses %s, naming it',
		async (query) => {
			const page = await openPage('/about');
			const response = await page.goto(`/countries/ML?${query}`);
			expect(response!.status()).toBe(400);
			expect(await page.locator('main').innerText()).toContain(`“${query.split('=')[0]}”`);
		}
	);
});
