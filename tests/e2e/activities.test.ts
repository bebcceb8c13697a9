import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, inject, test } from 'vitest';
import { press, tabTo } from '../support/keyboard.ts';
import { listTroubles, openPage } from '../support/page.ts';

const ask = async (path: string) => {
	const response = await fetch(inject('application') + path, { redirect: 'manual' });
	return { status: response.status, text: await response.text() };
};
const resultsOf = (html: string) => Number(/role="status"[^>]*>\s*(\d+)/.exec(html)![1]);

describe('the choices', () => {
	test('of every facet leave as many as they say, under everything else that is chosen', async () => {
		const page = await openPage('/activities?country=ML,NE', { javaScriptEnabled: false });
		const offered = await page
			.locator('form[data-live] option[value]:not([value=""])')
			.evaluateAll((options) =>
				options.map((option) => ({
					name: (option.parentElement as HTMLSelectElement).name,
					value: (option as HTMLOptionElement).value,
					count: Number(/\((\d+)\)$/.exec(option.textContent!)?.[1] ?? -1)
				}))
			);
		const counted = offered.filter(({ count }) => count >= 0);
		expect(new Set(counted.map(({ name }) => name))).toEqual(
			new Set(['type', 'objective', 'participants', 'period'])
		);
		for (const { name, value, count } of counted.filter((_, index) => index % 4 === 0)) {
			const { text } = await ask(`/activities?country=ML,NE&${name}=${value}`);
			expect([name, value, resultsOf(text)]).toEqual([name, value, count]);
		}
	});

	test('that leave nothing say which of them excludes all, with the way out', async () => {
		const { text } = await ask('/activities?country=BY&period=2015');
		expect(resultsOf(text)).toBe(0);
		expect(text).toContain('Under way in: 2015');
		expect(text).toMatch(/href="\/activities\?country=BY[^"]*"[^>]*>(?:<[^>]*>)*Under way in: 2015/);
	});

	test.each([
		['period', '2017-13', 400],
		['period', 'none', 200],
		['zoom', 'none', 400],
		['view', 'calendar', 400],
		['participants', 'some', 400],
		['country', 'ML,XX', 404],
		['status', 'nonsense', 200]
	])('%s=%s is answered %i', async (parameter, value, status) => {
		const answer = await ask(`/activities?${parameter}=${value}`);
		expect(answer.status).toBe(status);
		if (status === 400) expect(answer.text).toContain(`“${parameter}”`);
	});
});

describe('a changed filter', () => {
	test('shows its result without loading the page anew, says the count, and can be gone back from', async () => {
		const page = await openPage('/activities');
		await page.evaluate('window.sameDocument = true');
		const status = page.locator('[data-live-status]');
		const before = await status.innerText();
		await page.getByLabel('Kind', { exact: true }).selectOption('training');
		await page.waitForURL(/type=training/);
		await page.waitForFunction(
			(text) =>
				document.querySelector('[data-live-status]')!.textContent !== text &&
				document.querySelector('[data-live-status]')!.textContent !== '',
			before
		);
		const { text } = await ask('/activities?type=training');
		expect(Number.parseInt(await status.innerText(), 10)).toBe(resultsOf(text));
		expect(await page.locator('[data-live-part] tbody th a[href^="/activities/"]').count()).toBe(
			Math.min(25, resultsOf(text))
		);
		// Links around the page name the new question too.
		expect(await page.locator('a[hreflang="fr"]').first().getAttribute('href')).toContain('type=training');
		await page.goBack();
		await page.waitForFunction(
			(text) => document.querySelector('[data-live-status]')!.textContent === text,
			before
		);
		expect(await page.getByLabel('Kind', { exact: true }).inputValue()).toBe('');
		expect(await page.evaluate('window.sameDocument')).toBe(true);
		expect(listTroubles(page)).toEqual([]);
	});

	test('typed into the search field keeps the focus where it is typed', async () => {
		const page = await openPage('/activities');
		const field = page.getByLabel('Words to search for');
		await field.click();
		await page.keyboard.type('prosecutors');
		await page.waitForURL(/q=prosecutors/);
		await page.waitForFunction(() =>
			/prosecutors/.test(document.querySelector('.sentence')?.textContent ?? '')
		);
		expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
		expect(await field.inputValue()).toBe('prosecutors');
	});

	test('of several countries stays open where it is ticked', async () => {
		const page = await openPage('/activities');
		const boxes = page.locator('form[data-live] details', { hasText: 'Country' });
		await press(page, boxes.locator('summary'));
		await tabTo(page, boxes.locator('input[value="ML"]'));
		await page.keyboard.press('Space');
		await page.waitForURL(/country=ML/);
		await page.waitForFunction(() => /Mali/.test(document.querySelector('.sentence')?.textContent ?? ''));
		expect(await boxes.locator('input[value="ML"]').isChecked()).toBe(true);
		expect(await boxes.locator('input[value="ML"]').evaluate((box) => box === document.activeElement)).toBe(
			true
		);
	});
});

describe('the timeline', () => {
	test('draws a link for each activity of the page, and its table holds the same', async () => {
		const page = await openPage('/activities?view=timeline', { javaScriptEnabled: false });
		const marks = await page.locator('#timeline .drawing.wide a').count();
		expect(marks).toBe(40);
		expect(await page.locator('#timeline tbody tr').count()).toBe(marks);
		expect(await page.locator('a[rel="next"]').count()).toBe(1);
	});

	test('zooms by year, quarter and month in the address, and moves on from there', async () => {
		const page = await openPage('/activities?view=timeline&zoom=2018-Q4', { javaScriptEnabled: false });
		const { text } = await ask('/activities?period=2018-Q4');
		expect(await page.locator('#timeline .drawing.wide a').count()).toBe(Math.min(40, resultsOf(text)));
		// What is drawn changes nothing of what is counted.
		expect(await page.locator('[data-live-status]').innerText()).toBe(
			await (await openPage('/activities')).locator('[data-live-status]').innerText()
		);
		await page.locator('#zoom-later').click();
		expect(page.url()).toContain('zoom=2019-Q1');
		await page.locator('#zoom-month').click();
		expect(page.url()).toContain('zoom=2019-01');
		await page.locator('#zoom-all').click();
		expect(page.url()).not.toContain('zoom');
	});
});

describe('the map', () => {
	test('colours countries by what matches, and a country opens its own places', async () => {
		const page = await openPage('/activities?view=map&type=training', { javaScriptEnabled: false });
		const shown = await page.locator('#map-activities svg a.country').count();
		expect(shown).toBeGreaterThan(0);
		await page.locator('#map-activities summary').click();
		const link = page.locator('#map-activities tbody a[href*="country="]').first();
		await link.click();
		expect(page.url()).toContain('view=map');
		expect(await page.locator('#map-activities svg a.place').count()).toBeGreaterThan(0);
	});
});

describe.each([
	'/activities?view=timeline',
	'/activities?view=timeline&zoom=2017',
	'/activities?view=map',
	'/activities?view=map&country=MA',
	'/activities?country=ML,NE&period=2018',
	'/activities?country=BY&period=2015',
	'/activities/30'
])('%s', (path) => {
	test('is open to everyone, in English, French and Arabic, at 320 px', async () => {
		for (const prefix of ['', '/fr', '/ar']) {
			const page = await openPage(prefix + path, { viewport: { width: 320, height: 640 } });
			const { violations } = await new AxeBuilder({ page }).analyze();
			const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
			expect(serious.map(({ id, nodes }) => `${prefix} ${id}: ${nodes[0]?.html}`)).toEqual([]);
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
			expect(await page.locator('main').innerText()).not.toContain('undefined');
			expect(listTroubles(page)).toEqual([]);
		}
	});
});
