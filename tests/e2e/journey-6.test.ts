import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { add, compare } from '#lib/money/decimal.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { press, reach, tabTo } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { exactOf, plain } from '../support/shown.ts';

/* J6: a donor follows one euro: contribution, transfer, partner, expenditure, output. */

/** A day on which money was with the partners that they had not yet reported as spent. */
const MIDWAY = '/funding?asof=2018-06-30';
const PRO_RATA = `${MIDWAY}&pooled=pro_rata`;

/** Every line of the flow's table: from, to, amount as decimal text. */
async function readFlow(page: Page): Promise<[string, string, string][]> {
	await page
		.locator('#funding-flow details')
		.evaluate((details: HTMLDetailsElement) => (details.open = true));
	const rows = await page.locator('#funding-flow tbody tr').all();
	return Promise.all(
		rows.map(async (row): Promise<[string, string, string]> => [
			(await row.locator('th').innerText()).trim(),
			// A link of an invented table says so to who hears it alone.
			plain(await row.locator('td').first().innerText()).replace('Demonstration: ', ''),
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
			expect(compare(out, into), name).toBe(0);
			expect(compare(into, '0'), name).toBe(1);
		}
		expect(await page.locator('#funding-flow .watermark').first().textContent()).toBe('DEMONSTRATION');
		expect(listTroubles(page)).toEqual([]);
	});

	test('(b) each band and each line opens its transactions, which add up to it', async () => {
		const page = await openPage(MIDWAY);
		const lines = await readFlow(page);
		const marks = page.locator('#funding-flow .drawing.wide a.mark');
		const addresses = await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('href') ?? ''));
		const table = page.locator('#funding-flow tbody tr');
		const ofLines = await table.evaluateAll((rows) =>
			rows.map((row) => row.querySelector('td a')!.getAttribute('href') ?? '')
		);
		expect(ofLines.toSorted()).toEqual(addresses.toSorted());
		for (const [index, address] of ofLines.entries()) {
			const [from, to, amount] = lines[index]!;
			// What is not yet traced is reckoned, and opens to its terms: (c).
			if (to === 'Not yet traced') continue;
			const { headers } = await ask(address.replace('/transactions?', '/transactions.csv?'));
			expect(headers.get('x-control-total'), `${from} to ${to}`).toBe(`EUR ${amount}`);
		}
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
		for (const [, , amount] of lines) expect(compare(amount, '0')).toBe(1);
		const section = page.getByRole('region', { name: 'Not yet traced' });
		const all = section.locator('dl > div').first().locator('.amount');
		expect(compare(exactOf(await all.innerText()), sumOf(lines))).toBe(0);
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

	test('(d) the chain leaves as a file of who gave and who received, each with its activity', async () => {
		const page = await openPage(MIDWAY);
		const rowsOf = async (band: string, ending = 'csv') => {
			const mark = page.locator(`#funding-flow .drawing.wide a.mark[aria-label*="${band}"]`).first();
			const address = (await mark.getAttribute('href'))!;
			return ask(address.replace('/transactions?', `/transactions.${ending}?`));
		};
		const { headers, text } = await rowsOf('UNODC to IOM');
		expect(headers.get('content-disposition')).toContain('DEMONSTRATION-');
		const transfers = readCsvFile(text);
		expect(transfers.length).toBeGreaterThan(0);
		expect(transfers.reduce((sum, row) => add(sum, row.amount_in_slice!), '0')).toBe(
			headers.get('x-control-total')!.replace('EUR ', '')
		);
		const ends = (rows: readonly Record<string, string | null>[]) =>
			new Set(
				rows.map((row) =>
					['provider', 'provider_activity', 'receiver', 'receiver_activity']
						.map((name) => row[name] || '-')
						.join(' ')
				)
			);
		// Invented identifiers, which say so: from one's to the other's, and on from there to what was spent.
		const sent = 'UNODC DEMO-UNODC-GLOACT IOM DEMO-IOM-GLOACT';
		expect(ends(transfers)).toEqual(new Set([sent]));
		const json = JSON.parse((await rowsOf('UNODC to IOM', 'json')).text) as {
			rows: Record<string, string>[];
		};
		expect(ends(json.rows)).toEqual(new Set([sent]));
		expect(ends(readCsvFile((await rowsOf('IOM to Mali')).text))).toEqual(
			new Set(['IOM DEMO-IOM-GLOACT - -'])
		);
		const given = readCsvFile((await ask('/transactions.csv?nature=demonstration&measure=received')).text);
		expect(ends(given.filter(({ provider }) => provider !== ''))).toEqual(
			new Set(['European Union DEMO-EU-GLOACT UNODC DEMO-UNODC-GLOACT'])
		);
	});

	test.each(['light', 'dark'] as const)(
		'C2: axe finds nothing serious in the %s theme',
		{ tags: 'nightly' },
		async (colorScheme) => {
			const page = await openPage(PRO_RATA, { colorScheme });
			expect(await seriousOn(page)).toEqual([]);
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
		await reach(page, band, 60);
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/transactions/);
		await press(page, page.locator('table tbody th a').first());
		await page.waitForURL(/\/transactions\/\d+-\d+/);
		expect(await page.locator('main').innerText()).toMatch(/UNODC[^]*IOM/);

		// Back to the flow, and from the partner to what it spent in a country, down to one booking.
		await page.goBack();
		await page.goBack();
		await page.waitForURL(/\/funding/);
		const spent = page.locator('#funding-flow .drawing.wide a.mark[aria-label*="IOM to Mali"]').first();
		await reach(page, spent, 250);
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/transactions\?.*country=ML/);
		await press(page, page.locator('table tbody th a').first());
		await page.waitForURL(/\/transactions\/\d+-\d+/);
		expect(await page.locator('main').innerText()).toContain('IOM');
		expect(listTroubles(page)).toEqual([]);
	});
});
