import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { exactOf } from '../support/shown.ts';

/** Opens a figure by keyboard: it may run over two lines, with nothing at the middle of its box. */
async function open(page: Page, figure: Locator): Promise<void> {
	await figure.focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/proof\?/);
}

describe('every figure opens', () => {
	test("Mali's figures are each the sum of the rows behind their link, and of the download", async () => {
		const page = await openPage('/countries/ML');
		const figures = await page
			.locator('main a[href*="/proof?"][href*="nature=demonstration"]')
			.evaluateAll((links) =>
				links.map((link) => ({ href: link.getAttribute('href')!, text: link.textContent! }))
			);
		const ofSlices = [
			...new Map(
				figures.filter(({ href }) => !/claim=|formula=/.test(href)).map((figure) => [figure.href, figure])
			).values()
		];
		expect(ofSlices.length).toBeGreaterThan(5);
		for (const { href, text } of ofSlices) {
			const query = href.slice(href.indexOf('?'));
			const { status, headers, text: csv } = await ask(`/transactions.csv${query}`);
			expect(status).toBe(200);
			const rows = readCsvFile(csv);
			expect(rows.length).toBe(Number(headers.get('x-row-count')));
			const control = headers.get('x-control-total')!;
			if (rows.length === 0) {
				expect(control).toBe('');
				continue;
			}
			const summed = sum(rows.map((row) => row.amount_in_slice!).filter((amount) => amount !== ''));
			expect(control).toBe(`EUR ${summed}`);
			expect(exactOf(text)).toBe(summed);
		}
	});

	test('the budget reads EUR 11 million and opens to its source page', async () => {
		const page = await openPage('/');
		const budget = page
			.locator('main')
			.getByRole('link', { name: /EUR 11 million/ })
			.first();
		await open(page, budget);
		expect(await page.locator('main').innerText()).toContain('EUR 11');
		expect(
			await page
				.locator('main a[href="https://unodc.org/unodc/en/human-trafficking/glo-act/overview.html"]')
				.count()
		).toBeGreaterThan(0);
	});

	test("the Union's contribution reads EUR 10 million; its proof keeps the values not chosen", async () => {
		const page = await openPage('/');
		const text = (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
		expect(text).toContain('EUR 10 million');
		// Between the short amount and the rest its exact form is spoken.
		expect(text).toMatch(
			/EUR 1 million[^]{0,60}?of the budget is attributed to no funder in the pages read/s
		);
		await open(
			page,
			page
				.locator('main')
				.getByRole('link', { name: /EUR 10 million/ })
				.first()
		);
		const proof = (await page.locator('main').innerText()).replace(/[\u00a0\u202f]/g, ' ');
		expect(proof).toContain('Values not chosen');
		expect(proof).toContain('USD 12 700 000');
		expect(proof).toMatch(/newspaper’s conversion/);
	});

	test('from a figure to the line of its source in five key presses', async () => {
		const page = await openPage('/countries/ML');
		const figure = page.locator('main a[href*="/proof?"][href*="nature=demonstration"]').first();
		await figure.focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/proof\?/);
		const row = page.locator('main tbody a[href*="/sources/"]').first();
		await row.focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/sources\/[0-9a-f]{64}\?row=\d+/);
		const place = page.url().match(/row=(\d+)/)![1]!;
		expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toContain(place);
		expect(listTroubles(page)).toEqual([]);
	});

	test('the stored file comes back byte for byte', async () => {
		const { text } = await ask('/proof?nature=demonstration&country=ML');
		const sha = /\/sources\/([0-9a-f]{64})/.exec(text)![1]!;
		const response = await fetch(`${inject('application')}/sources/${sha}/original`);
		const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
		expect(Buffer.from(digest).toString('hex')).toBe(sha);
	});
});
