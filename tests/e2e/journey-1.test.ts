import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compare, sum } from '#lib/money/decimal.ts';
import type { Application } from '../support/application.ts';
import { seriousOn } from '../support/axe.ts';
import { IntakePages, postByProgram, startOwnApplication } from '../support/intake-pages.ts';
import { isFocused, press, tabTo } from '../support/keyboard.ts';
import { listTroubles, openPage } from '../support/page.ts';
import { aRunningProject, projectFile, projectLedger } from '../support/running-project.ts';
import { numbersOf, plain } from '../support/shown.ts';

/** Eight pages, four of them looked at by axe, on a machine that does other things too. */
const WALK_MILLISECONDS = 300_000;
const FIRST_SCREEN = { viewport: { width: 1280, height: 720 } };

/** "DEMONSTRATION EUR 1 234.50, 2 entries": the first number that a cell says; null for none. */
const amountOf = (text: string) => numbersOf(text)[0] ?? null;

async function expectNoFindings(page: Page): Promise<void> {
	expect(await seriousOn(page)).toEqual([]);
	expect(listTroubles(page)).toEqual([]);
}

/** The address alone, opened by someone else, shows the same. */
async function expectReproduced(page: Page): Promise<void> {
	const again = await openPage(page.url(), FIRST_SCREEN);
	const contentOf = async (shown: Page) => plain(await shown.locator('main').innerText());
	expect(await contentOf(again)).toBe(await contentOf(page));
}

/** Every amount stands on the screen as it opens, whole. */
async function expectOnFirstScreen(page: Page, block: Locator, terms: readonly string[]): Promise<void> {
	expect(await page.evaluate('window.scrollY')).toBe(0);
	for (const term of terms) {
		const box = await block
			.locator('div', { has: page.getByText(term, { exact: true }) })
			.last()
			.boundingBox();
		expect(box, term).not.toBeNull();
		expect(box!.y + box!.height, term).toBeLessThanOrEqual(720);
	}
}

/** The parts that a page takes its whole apart into: name, budget and spent of each, and of the sum under them. */
async function readParts(page: Page) {
	const table = page.locator('#parts table');
	const cellsOf = async (row: Locator) => {
		const cells = await row.locator('th, td').allInnerTexts();
		return { name: plain(cells[0]!), budget: amountOf(cells[1]!), spent: amountOf(cells[2]!) };
	};
	return {
		parts: await Promise.all((await table.locator('tbody tr').all()).map(cellsOf)),
		whole: await cellsOf(table.locator('tfoot tr'))
	};
}

async function expectPartsAddUp(page: Page): Promise<void> {
	const { parts, whole } = await readParts(page);
	expect(parts.length).toBeGreaterThan(1);
	for (const measure of ['budget', 'spent'] as const) {
		const added = sum(parts.flatMap((part) => part[measure] ?? []));
		expect(compare(added, whole[measure]!), measure).toBe(0);
	}
	// The last step above the parts is the sum below them.
	const step = plain(await page.locator('.steps tbody tr').last().innerText());
	expect(step.replaceAll(' ', '')).toContain(whole.spent);
}

const trailOf = async (page: Page) =>
	(await page.getByRole('navigation', { name: 'You are here' }).locator('li').allInnerTexts()).map(plain);

/** From the page with a project's spending to the heading that lags in the country that lags, by keyboard alone. */
async function walkDown(page: Page): Promise<void> {
	await press(page, page.getByRole('link', { name: 'Countries by their gap to time' }));
	await page.waitForURL(/[?&]sort=gap/);
	const rows = page.locator('#countries-by-gap tbody tr');
	const names = (await rows.locator('th').allInnerTexts()).map(plain);
	const inMap = await page
		.locator('#map-spending svg a.country')
		.evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')!));
	// The same order in the table and in the map's list; the part allocated to no country is in the table alone.
	expect(inMap.length).toBe(names.length - 1);
	for (const [index, label] of inMap.entries()) expect(plain(label)).toContain(names[index]!);
	const gaps = (await rows.locator('td:last-child').allInnerTexts())
		.map(amountOf)
		.filter((gap) => gap !== null);
	expect(gaps.length).toBe(inMap.length);
	expect(gaps).toEqual(gaps.toSorted(compare));
	await expectNoFindings(page);
	await expectReproduced(page);

	const lowest = names[0]!;
	await press(page, rows.first().getByRole('link', { name: lowest }));
	await page.waitForURL(/\/spending\?.*country=/);
	expect((await trailOf(page)).slice(-2)).toEqual(['Spending', lowest]);
	await expectPartsAddUp(page);
	await press(page, page.locator('#parts').getByRole('link', { name: 'Gap to time' }));
	await page.waitForURL(/[?&]sort=gap/);
	const heading = page.locator('#parts tbody tr').first().locator('th a');
	const lags = plain(await heading.innerText());
	await press(page, heading);
	await page.waitForURL(/heading=/);
	expect((await trailOf(page)).slice(-3)).toEqual(['Spending', lowest, lags]);
	await expectPartsAddUp(page);
	await expectNoFindings(page);
	await expectReproduced(page);

	// Each step above is itself the sum of its parts.
	const trail = page.getByRole('navigation', { name: 'You are here' });
	await press(page, trail.getByRole('link', { name: lowest }));
	await page.waitForURL((url) => !url.searchParams.has('heading'));
	await expectPartsAddUp(page);
	await press(page, trail.getByRole('link', { name: 'Spending' }));
	await page.waitForURL((url) => !url.searchParams.has('country'));
	await expectPartsAddUp(page);
}

describe('J1: where are we behind? Reported spending of a running project', () => {
	let application: Application;
	let pages: IntakePages;
	const project = aRunningProject('J1');
	const path = `/projects/${encodeURIComponent(project.key)}`;

	beforeAll(async () => {
		application = await startOwnApplication();
		pages = new IntakePages(application);
		await postByProgram(application.address, 'project.xml', projectFile(project));
		await postByProgram(application.address, 'ledger.csv', projectLedger(project));
	}, 240_000);
	afterAll(() => application?.stop());

	test('the four amounts, the gap in words, the forecast and its method', async () => {
		const page = await pages.open(path, FIRST_SCREEN);
		await expectOnFirstScreen(page, page.locator('section[aria-labelledby=money]'), [
			'Budget',
			'Received',
			'Contributions committed',
			'Spent',
			'Balance'
		]);
		const sentence = plain(await page.locator('#spending-burn .sentence').innerText());
		expect(sentence).toMatch(
			/^By .+, \d+\.\d% of the time has passed and \d+\.\d% of the budget is spent: a gap of −\d+\.\d percentage points, or EUR −\d[\d ]*.*\. Spending runs behind time\.$/
		);
		// Each number of the sentence opens.
		expect(await page.locator('#spending-burn .sentence a[href*="/proof?"]').count()).toBe(4);
		const forecast = plain(await page.locator('div.forecast').innerText());
		expect(forecast).toMatch(/if the pace of late goes on: \d+\.\d% of the budget/);
		expect(forecast).toMatch(/Method: .+ a day/);
		expect(await page.locator('#spending-by-quarter .wide rect.forecast').count()).toBeGreaterThan(3);
		await expectNoFindings(page);
	});

	test(
		'sorted by gap, down to the heading that lags, by keyboard',
		{ tags: 'nightly', timeout: WALK_MILLISECONDS },
		async () => {
			const page = await pages.open(path, FIRST_SCREEN);
			await press(page, page.getByRole('link', { name: 'Spending', exact: true }).first());
			await walkDown(page);
		}
	);

	test('what changed since a day, by the form, without a script', async () => {
		const page = await pages.open(path, { javaScriptEnabled: false });
		await page.locator('#changed-since').fill('2020-01-01');
		await page.locator('#changed').getByRole('button').click();
		await page.waitForURL(/since=2020-01-01/);
		const rowOf = (name: string) =>
			page.locator('#changed tbody tr', { has: page.getByRole('rowheader', { name, exact: true }) });
		const spentOf = async (name: string) =>
			amountOf(await rowOf(name).locator('td').first().getByRole('link').innerText());
		expect(plain(await rowOf('Known then').locator('td').first().innerText())).toBe('no entry');
		const now = await spentOf('Known now');
		expect([await spentOf('Added'), await spentOf('Difference')]).toEqual([now, now]);
		// Its rows are those of the ledger.
		await rowOf('Added').getByRole('link').first().click();
		await page.waitForURL(/\/proof\?.*change=added/);
		expect(plain(await page.locator('main').innerText())).toMatch(/added since 1 January 2020/i);
	});
});

describe('J1 on the demonstration', () => {
	test('both headed blocks stand on the first screen, apart; a closed project is not judged', async () => {
		const page = await openPage('/', FIRST_SCREEN);
		const published = page.locator('section[aria-labelledby=published]');
		await expectOnFirstScreen(page, published, ['Budget', 'Received', 'Spent', 'Balance']);
		const invented = page.locator('section[aria-labelledby=demonstration-figures]');
		await expectOnFirstScreen(page, invented, [
			'Budget',
			'Received',
			'Contributions committed',
			'Spent',
			'Cash balance'
		]);
		expect(await published.locator('a[href*="nature=demonstration"]').count()).toBe(0);
		expect(plain(await invented.locator('h2').innerText())).toContain(
			'Demonstration: invented amounts, not GLO.ACT’s accounts'
		);
		const sentence = plain(await page.locator('#spending-burn .sentence').innerText());
		expect(sentence).toMatch(
			/100\.0% of the time had passed and .*97\.\d% of the budget was spent: a gap of .*−\d/
		);
		const block = plain(await page.locator('#demonstration').innerText());
		expect(block).not.toMatch(/behind time|ahead of time|Forecast/);
		expect(await page.locator('#demonstration .forecast').count()).toBe(0);
	});

	test(
		'sorted by gap, down to the heading that lags, by keyboard',
		{ timeout: WALK_MILLISECONDS },
		async () => {
			const page = await openPage('/', FIRST_SCREEN);
			await press(page, page.getByRole('link', { name: 'All of it, with charts, further down' }));
			await walkDown(page);
		}
	);

	test('the slider goes back in time, and keeps the focus; without a script the date field does', async () => {
		const page = await openPage('/', FIRST_SCREEN);
		const slider = page.getByRole('slider', { name: 'Days on which these books changed' });
		const spent = page.locator('section[aria-labelledby=demonstration-figures] dd').nth(3);
		const now = plain(await spent.innerText());
		await tabTo(page, slider, 250);
		for (let steps = 0; steps < 3; steps++) await page.keyboard.press('ArrowLeft');
		await page.waitForURL(/asof=\d{4}-\d\d-\d\d/);
		await expect.poll(async () => plain(await spent.innerText())).not.toBe(now);
		expect(await isFocused(slider)).toBe(true);
		const then = plain(await spent.innerText());
		const day = /asof=([\d-]+)/.exec(page.url())![1]!;
		expect(listTroubles(page)).toEqual([]);

		const still = await openPage('/', { javaScriptEnabled: false });
		await still.locator('#replay-day').fill(day);
		await still.locator('#replay').getByRole('button').click();
		await still.waitForURL(/asof=/);
		expect(
			plain(await still.locator('section[aria-labelledby=demonstration-figures] dd').nth(3).innerText())
		).toBe(then);
	});

	test('all projects: each budget in its own kind and currency, and no sum', async () => {
		const page = await openPage('/?portfolio=all');
		const table = page.getByRole('region', { name: /Projects and their published budgets/ });
		expect(await table.locator('tfoot').count()).toBe(0);
		const text = plain(await page.locator('main').innerText());
		expect(text).toMatch(
			/A budget is published for \d+ of 17 projects\. None stands on the pages read for: /
		);
		expect(text).toContain('There is no total');
		for (const currency of ['EUR', 'USD', 'CAD', 'EGP']) expect(await table.innerText()).toContain(currency);
		await expectNoFindings(page);
	});
});
