import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { add } from '#lib/money/decimal.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { press, tabTo } from '../support/keyboard.ts';
import { listTroubles, openPage } from '../support/page.ts';

/* J6: a donor follows one euro: contribution, transfer, partner, expenditure, output. */

/** A day on which money was with the partners that they had not yet reported as spent. */
const MIDWAY = '/funding?asof=2018-06-30';
const PRO_RATA = `${MIDWAY}&pooled=pro_rata`;

const exactOf = (text: string) => text.replace(/[^\d.−-]/g, '').replace('−', '-');

/** Every line of the flow's table: from, to, amount as decimal text. */
async function readFlow(page: Page): Promise<[string, string, string][]> {
	await page
		.locator('#funding-flow details')
		.evaluate((details: HTMLDetailsElement) => (details.open = true));
	const rows = await page.locator('#funding-flow tbody tr').all();
	return Promise.all(
		rows.map(async (row): Promise<[string, string, string]> => [
			(await row.locator('th').innerText()).trim(),
			(await row.locator('td').first().innerText()).trim(),
			exactOf(await row.locator('td .amount').innerText())
		])
	);
}

/** The bands of the picture by what they say: "A to B" with the exact amount. */
async function readBands(page: Page): Promise<string[]> {
	const bands = page.locator('#funding-flow .drawing.wide a.mark');
	return Promise.all((await bands.all()).map(async (band) => (await band.getAttribute('aria-label')) ?? ''));
}

const sumOf = (lines: readonly [string, string, string][]) =>
	lines.reduce((sum, [, , amount]) => add(sum, amount), '0');
const centsOf = (amount: string) => Math.round(Number(amount) * 100);

describe('J6: following one euro', () => {
	test('(a) the picture has an equal table, and as much flows out of each place as into it', async () => {
		const page = await openPage(MIDWAY);
		const lines = await readFlow(page);
		const bands = await readBands(page);
		expect(bands.length).toBe(lines.length);
		for (const [from, to, amount] of lines) {
			const said = bands.filter((band) => band.includes(`${from} to ${to}`));
			expect(
				said.map((band) => exactOf(band.slice(band.lastIndexOf('EUR')))),
				`${from} to ${to}`
			).toEqual([amount]);
		}
		for (const name of ['UNODC', 'IOM', 'UNICEF']) {
			const into = sumOf(lines.filter(([, to]) => to === name));
			const out = sumOf(lines.filter(([from]) => from === name));
			expect(centsOf(out), name).toBe(centsOf(into));
			expect(centsOf(into), name).toBeGreaterThan(0);
		}
		expect(await page.locator('#funding-flow .watermark').first().textContent()).toBe('DEMONSTRATION');
		expect(listTroubles(page)).toEqual([]);
	});

	test('(b) each band and each line opens its transactions, which add up to it', async () => {
		const page = await openPage(MIDWAY);
		const lines = await readFlow(page);
		const marks = page.locator('#funding-flow .drawing.wide a.mark');
		const addresses = await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('href') ?? ''));
		const opened = lines.findIndex(([from, to]) => from === 'IOM' && to === 'Mali');
		const link = page.locator('#funding-flow tbody tr').nth(opened).locator('td a').first();
		const address = (await link.getAttribute('href'))!;
		expect(address).toMatch(/^\/transactions\?.*nature=demonstration.*country=ML/);
		expect(addresses).toContain(address);
		await link.click();
		await page.waitForURL(/\/transactions/);
		expect(exactOf(await page.locator('.total .amount').first().innerText())).toBe(lines[opened]![2]);
		// A transfer names both its ends.
		const transfer = addresses.find((one) => one.includes('receiver=') && one.includes('internal_transfer'))!;
		await page.goto(transfer);
		expect(await page.locator('h1').count()).toBe(1);
		expect(exactOf(await page.locator('.total .amount').first().innerText())).toBe(
			lines.find(([from, to]) => from === 'UNODC' && (to === 'IOM' || to === 'UNICEF'))![2]
		);
	});

	test('(c) money not yet traced is a band of its own with its amount, and says how it is reckoned', async () => {
		const page = await openPage(MIDWAY);
		const lines = (await readFlow(page)).filter(([, to]) => to === 'Not yet traced');
		expect(lines.map(([from]) => from).toSorted()).toEqual(['IOM', 'UNICEF', 'UNODC']);
		for (const [, , amount] of lines) expect(centsOf(amount)).toBeGreaterThan(0);
		const section = page.getByRole('region', { name: 'Not yet traced' });
		const all = section.locator('dl > div').first().locator('.amount');
		expect(centsOf(exactOf(await all.innerText()))).toBe(centsOf(sumOf(lines)));
		const mark = page.locator('#funding-flow .drawing.wide a.mark[aria-label*="IOM to Not yet traced"]');
		await page.goto((await mark.getAttribute('href'))!);
		expect(await page.locator('h1').innerText()).toBe('Not yet traced');
		const terms = page.locator('dl a[href*="/proof?"]');
		expect(await terms.count()).toBeGreaterThan(3);
		// At the end nothing is left: the page says so.
		await page.goto('/funding');
		expect(await page.locator('#funding-flow a.mark[aria-label*="Not yet traced"]').count()).toBe(0);
		expect(
			exactOf(
				await page.getByRole('region', { name: 'Not yet traced' }).locator('dl .amount').first().innerText()
			)
		).toBe('0.00');
	});

	test('(d) the chain leaves as a file that says which activity gave and which received', async () => {
		const page = await openPage(MIDWAY);
		const mark = page.locator('#funding-flow .drawing.wide a.mark[aria-label*="UNODC to IOM"]');
		const address = (await mark.getAttribute('href'))!.replace('/transactions?', '/transactions.csv?');
		const response = await page.request.get(new URL(address, inject('application')).href);
		expect(response.headers()['content-disposition']).toContain('DEMONSTRATION-');
		const rows = readCsvFile(await response.text());
		expect(rows.length).toBeGreaterThan(0);
		expect(Object.keys(rows[0]!)).toEqual(
			expect.arrayContaining(['provider', 'provider_activity', 'receiver', 'receiver_activity'])
		);
		expect(new Set(rows.map(({ provider, receiver }) => `${provider} ${receiver}`))).toEqual(
			new Set(['UNODC IOM'])
		);
		expect(rows.reduce((sum, row) => add(sum, row.amount_in_slice!), '0')).toBe(
			response.headers()['x-control-total']!.replace('EUR ', '')
		);
	});

	test.each(['light', 'dark'] as const)(
		'C2: axe finds nothing serious in the %s theme',
		async (colorScheme) => {
			const page = await openPage(PRO_RATA, { colorScheme });
			const { violations } = await new AxeBuilder({ page }).analyze();
			const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
			expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		}
	);

	test('C4: the address gives the same page again, with a script or without', async () => {
		const [one, other] = [await openPage(PRO_RATA), await openPage(PRO_RATA, { javaScriptEnabled: false })];
		expect(await one.locator('main').innerText()).toContain('apportioned');
		expect(await other.locator('#funding-flow .drawing.wide a.mark').count()).toBe(
			await one.locator('#funding-flow .drawing.wide a.mark').count()
		);
		expect(await other.locator('.demonstration tbody').first().innerText()).toBe(
			await one.locator('.demonstration tbody').first().innerText()
		);
	});

	test('C3: by keyboard alone from the contribution over transfer and partner to what was spent', async () => {
		const page = await openPage('/');
		await press(
			page,
			page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Funding' })
		);
		await page.waitForURL(/\/funding/);
		const band = page.locator('#funding-flow .drawing.wide a.mark[aria-label*="UNODC to IOM"]');
		await tabTo(page, page.getByRole('link', { name: 'Show it shared out by receipts' }), 250);
		for (let presses = 0; presses < 60; presses++) {
			if (await band.evaluate((element) => element === document.activeElement)) break;
			await page.keyboard.press('Tab');
		}
		expect(await band.evaluate((element) => element === document.activeElement)).toBe(true);
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/transactions/);
		await press(page, page.locator('table tbody th a').first());
		await page.waitForURL(/\/transactions\/\d+-\d+/);
		expect(await page.locator('h1').innerText()).not.toBe('');
	});
});
