import { describe, expect, test } from 'vitest';
import { seriousOn } from '../support/axe.ts';
import { isFocused, press, tabTo } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { plain, resultsOf } from '../support/shown.ts';

describe('the choices', () => {
	test('of every list leave as many as they say, under everything else that is chosen', async () => {
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
		const isAsked = ({ name }: (typeof counted)[number], index: number) =>
			index % 4 === 0 || name !== counted[index - 1]?.name || name !== counted[index + 1]?.name;
		// The first and the last of every list, and each fourth between them.
		for (const { name, value, count } of counted.filter(isAsked)) {
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

	test('is shown also where it was made before the script was there', async () => {
		const page = await openPage('/about');
		const { promise: released, resolve: release } = Promise.withResolvers<void>();
		await page.route('**/_app/immutable/chunks/**', async (route) => {
			await released;
			await route.continue();
		});
		await page.goto('/activities');
		await page.getByLabel('Kind', { exact: true }).selectOption('training');
		release();
		await page.waitForURL(/type=training/);
		await expect.poll(() => page.locator('.sentence').first().innerText()).toMatch(/training/i);
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
		expect(await isFocused(field)).toBe(true);
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
		expect(await isFocused(boxes.locator('input[value="ML"]'))).toBe(true);
	});
});

describe('the timeline', () => {
	test('draws a link for each activity of the page, and its table holds the same', async () => {
		const page = await openPage('/activities?view=timeline', { javaScriptEnabled: false });
		const linksOf = (selector: string) =>
			page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
		const marks = await linksOf('#timeline .drawing.wide a');
		expect(new Set(marks).size).toBe(40);
		expect(await linksOf('#timeline tbody th a')).toEqual(marks);
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
		await page.locator('#zoom-year').click();
		expect(page.url()).toMatch(/zoom=2019(&|$)/);
		await page.locator('#zoom-all').click();
		expect(page.url()).not.toContain('zoom');
	});
});

describe('the map', () => {
	test('colours countries by what matches, and a country opens its own places', async () => {
		const page = await openPage('/activities?view=map&type=training', { javaScriptEnabled: false });
		const countries = page.locator('#map-activities svg a.country');
		const shown = await countries.evaluateAll((marks) =>
			marks.map((mark) => ({
				fill: getComputedStyle(mark.querySelector('.fill')!).fill,
				count: Number(/: .*?(\d+)/.exec(mark.getAttribute('aria-label')!)![1])
			}))
		);
		const [most, least] = [Math.max, Math.min].map((of) => of(...shown.map(({ count }) => count)));
		const fillsOf = (wanted: number) =>
			new Set(shown.filter(({ count }) => count === wanted).map(({ fill }) => fill));
		expect([fillsOf(most!).size, fillsOf(least!).size]).toEqual([1, 1]);
		expect(fillsOf(most!)).not.toEqual(fillsOf(least!));
		await page.locator('#map-activities summary').click();
		const row = page
			.locator('#map-activities tbody tr', { has: page.locator('a[href*="country="]') })
			.first();
		const counted = plain(await row.locator('td').innerText());
		await row.locator('a').click();
		await page.waitForURL(/country=[A-Z]{2}/);
		expect(page.url()).toContain('view=map');
		expect(/\d+/.exec(await page.locator('[data-live-status]').innerText())![0]).toBe(counted);
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
	test('is open to everyone, in English, French and Arabic, at 320 px', { tags: 'nightly' }, async () => {
		for (const prefix of ['', '/fr', '/ar']) {
			const page = await openPage(prefix + path, { viewport: { width: 320, height: 640 } });
			expect(await seriousOn(page), prefix).toEqual([]);
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
			expect(await page.locator('main').innerText()).not.toContain('undefined');
			expect(listTroubles(page)).toEqual([]);
		}
	});
});
