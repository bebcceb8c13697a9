import { describe, expect, test } from 'vitest';
import { press } from '../support/keyboard.ts';
import { listTroubles, openPage } from '../support/page.ts';

describe('results', () => {
	test('stand by objective with baseline, target, actual, qualifier and what is not stated', async () => {
		const page = await openPage('/results');
		const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
		const objectives = headings.flatMap((heading) => /^Objective (\d)/.exec(heading)?.[1] ?? []);
		expect(headings[0]).toContain('Objective 1');
		expect(objectives.length).toBeGreaterThan(1);
		expect(objectives).toEqual([...new Set(objectives)].toSorted());
		const columns = await page.locator('main table').first().locator('thead th').allInnerTexts();
		expect(columns.slice(0, 4)).toEqual(['Indicator', 'Baseline', 'Target', 'Actual']);
		const text = await page.locator('main').innerText();
		expect(text).toContain('cumulative or periodic: not stated');
		expect(text).toContain('Cost not published: no entry of money names the activity.');
		expect(text).toMatch(/at least/);
		expect(text).not.toMatch(/% of the target/);
		expect(listTroubles(page)).toEqual([]);
	});

	test('are narrowed by the address, and a value opens at its line', async () => {
		const page = await openPage('/results?country=CO');
		const countries = await page.locator('td[data-title="Country"]').allInnerTexts();
		expect(new Set(countries.flatMap((names) => (names.includes('Colombia') ? 'Colombia' : names)))).toEqual(
			new Set(['Colombia'])
		);
		const row = page.locator('main tbody tr', { hasText: 'Prosecutors and police investigators trained' });
		await press(page, row.getByRole('link', { name: 'at least 300', exact: true }));
		await page.waitForURL(/\/sources\/[0-9a-f]{64}\?row=\d+/);
		const line = page.locator(`section#row-${new URL(page.url()).searchParams.get('row')}`);
		expect(await line.innerText()).toContain('300');
	});

	test('are in the main navigation, and on the page of their project', async () => {
		const page = await openPage('/projects/GLOACT');
		expect(await page.locator('#results').count()).toBe(1);
		await press(
			page,
			page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Results' })
		);
		await page.waitForURL('**/results');
		expect(await page.locator('h1').innerText()).toBe('Results');
	});

	test('a choice that nothing matches says so and leads back', async () => {
		const page = await openPage('/results?country=IS');
		expect(await page.locator('main').innerText()).toContain('No published result matches');
		await press(page, page.getByRole('link', { name: 'See all results' }));
		await page.waitForURL('**/results');
		expect(await page.locator('main table').count()).toBeGreaterThan(1);
	});
});
