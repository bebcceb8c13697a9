import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { add, compare, subtract, sum } from '#lib/money/decimal.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { press, write } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { exactOf } from '../support/shown.ts';

/* J9: an auditor compares a printed report with today: the reference, the figure as then, what changed, the differences. */

const THEN = '/proof?nature=demonstration&project=GLOACT&asof=2017-12-31';

async function referenceOn(page: Page): Promise<string> {
	return /\/c\/([0-9A-Z-]+)$/.exec(await page.locator('#citation').innerText())![1]!;
}

/** Amounts of the band's first row by column. */
async function readBand(page: Page): Promise<Record<string, string>> {
	const row = page.locator('.band tbody tr').first();
	const cells = await row.locator('td').all();
	const amounts: Record<string, string> = {};
	for (const cell of cells) {
		const title = (await cell.getAttribute('data-title'))!.split(':')[0]!.split(',')[0]!;
		const amount = cell.locator('.amount');
		amounts[title] = (await amount.count()) === 0 ? '0' : exactOf(await amount.innerText());
	}
	return amounts;
}

describe('J9: a printed report and today', () => {
	test('(a) the reference typed from paper leads to the same figure', async () => {
		const page = await openPage(THEN);
		const figure = exactOf(await page.locator('main .value .amount').first().innerText());
		const reference = await referenceOn(page);
		await page.goto('/c');
		await write(page, page.getByLabel('Reference'), reference.toLowerCase().replaceAll('-', ''));
		await page.keyboard.press('Enter');
		await page.waitForURL(new RegExp(`/c/${reference}$`));
		expect(exactOf(await page.locator('main .value .amount').first().innerText())).toBe(figure);
		const band = await readBand(page);
		expect(band['As cited']).toBe(figure);
		// It cites itself.
		expect(await referenceOn(page)).toBe(reference);
		expect(await seriousOn(page)).toEqual([]);
		expect(listTroubles(page)).toEqual([]);
	});

	test('(b) the differences are added, changed and withdrawn, to the cent, and so is the download', async () => {
		const page = await openPage(THEN);
		await page.goto(`/c/${await referenceOn(page)}`);
		const band = await readBand(page);
		const explained = subtract(add(band.Added!, band.Changed!), band.Withdrawn!);
		expect(compare(explained, band.Difference!)).toBe(0);
		expect(compare(add(band['As cited']!, band.Difference!), band.Today!)).toBe(0);

		await press(page, page.getByRole('link', { name: 'All changes since, row by row' }));
		await page.waitForURL(/\/changes\?/);
		const csv = (await page.getByRole('link', { name: /differences as CSV/ }).getAttribute('href'))!;
		const { text, headers } = await ask(csv);
		const rows = readCsvFile(text);
		expect(headers.get('x-row-count')).toBe(String(rows.length));
		expect(compare(sum(rows.map(({ difference }) => difference || '0')), band.Difference!)).toBe(0);
		expect(text).toContain('demonstration');
		expect(await seriousOn(page)).toEqual([]);
	});

	test('(c), (d) each change names import and reason, and withdrawn rows stay readable', async () => {
		const page = await openPage('/changes?nature=demonstration&project=GLOACT&since=9');
		const rows = page.locator('main tbody tr', { hasText: 'Demonstration, simulated history: ' });
		expect(await rows.count()).toBeGreaterThan(0);
		for (const row of (await rows.all()).slice(0, 3)) {
			expect(await row.innerText()).toMatch(/Posting \d+/);
			expect(await row.locator('a[href*="/sources/"]').count()).toBe(1);
		}
		const withdrawn = await ask('/changes.csv?nature=demonstration&project=GLOACT&since=9');
		const gone = readCsvFile(withdrawn.text).find(
			({ change }) => change === 'withdrawn' || change === 'changed_before'
		);
		const { status, text } = await ask(`/transactions/${gone!.entry}`);
		expect(status).toBe(200);
		expect(text).toContain(gone!.change_reason!.slice(0, 20));
	});

	test('a mistyped reference is refused with the reason, an unknown version is not found', async () => {
		const page = await openPage(THEN);
		const reference = await referenceOn(page);
		const wrong = reference.slice(0, 2) + (reference[2] === '7' ? '8' : '7') + reference.slice(3);
		const refused = await ask(`/c/${wrong}`);
		expect(refused.status).toBe(400);
		expect(refused.text).toContain('mistyped');
		expect((await ask('/proof?version=999999.1')).status).toBe(404);
		expect((await ask(`/c/${reference}?country=ML`)).status).toBe(400);
		const other = await ask(`/c/${reference.toLowerCase()}`);
		expect([other.status, other.headers.get('location')]).toEqual([308, `/c/${reference}`]);
		const french = await ask(`/fr/c/${reference}`);
		expect(french.status).toBe(200);
		expect((await ask(`/c/${reference}`)).headers.get('x-robots-tag')).toBe('noindex');
		expect((await ask(`/c/${reference}?demonstration=off`)).status).toBe(404);
	});

	test('from and to name the two states as well, and the feed is there', async () => {
		const moved = await ask('/changes?from=2017-12-31&to=2018-12-31&nature=demonstration');
		expect(moved.status).toBe(302);
		expect(moved.headers.get('location')).toContain('since=2017-12-31');
		expect(moved.headers.get('location')).toContain('asof=2018-12-31');
		const feed = await ask('/changes.atom');
		expect(feed.headers.get('content-type')).toMatch(/^application\/atom\+xml/);
		const page = await openPage('/changes');
		const known = await page.evaluate((text) => {
			const parsed = new DOMParser().parseFromString(text, 'application/xml');
			return [parsed.querySelector('parsererror') === null, parsed.querySelectorAll('entry').length > 0];
		}, feed.text);
		expect(known).toEqual([true, true]);
	});
});
