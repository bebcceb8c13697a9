import { describe, expect, test } from 'vitest';
import { compare, sum } from '#lib/money/decimal.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { reach } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { exactOf } from '../support/shown.ts';

/* J8: an auditor re-performs one figure: rows, one row, the source at that row, the rate, the history. */

describe('J8: re-performing one figure', () => {
	test('(b) the rows behind a figure add up to it, on the page and in the download', async () => {
		const page = await openPage('/proof?nature=demonstration&project=GLOACT&country=ML');
		const figure = exactOf(await page.locator('main .value .amount').first().innerText());
		const { text } = await ask('/transactions.csv?nature=demonstration&project=GLOACT&country=ML');
		const rows = readCsvFile(text);
		expect(rows.length).toBeGreaterThan(0);
		expect(compare(sum(rows.map((row) => row.amount_in_slice!)), figure)).toBe(0);
		expect(listTroubles(page)).toEqual([]);
	});

	test.each(['/', '/countries/ML', '/funding?asof=2018-06-30'])(
		'(c), (e) from a figure of %s to the row of its source in at most five key presses',
		async (path) => {
			const page = await openPage(path);
			const figure = page
				.locator('main a[href*="/proof?"][href*="nature=demonstration"][href*="#rows"]')
				.first();
			await figure.focus();
			await page.keyboard.press('Enter');
			await page.waitForURL(/\/proof\?/);
			const place = page.locator('main tbody a[href*="/sources/"]').first();
			const tabs = await reach(page, place, 3);
			await page.keyboard.press('Enter');
			await page.waitForURL(/\/sources\/[0-9a-f]{64}\?row=\d+/);
			expect(2 + tabs).toBeLessThanOrEqual(5);
			const row = /row=(\d+)/.exec(page.url())![1]!;
			expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toContain(row);
		}
	);

	test('(d) a row that was corrected says who, when, before, after and why', async () => {
		const changes = await openPage('/changes?nature=demonstration&project=GLOACT&since=2017-12-31');
		const changed = changes.locator('main tr', { hasText: 'corrected' }).last();
		await changed.locator('th a').click();
		await changes.waitForURL(/\/transactions\/\d+-\d+/);
		const history = changes.getByRole('region', { name: 'What happened to this transaction' });
		const text = (await history.innerText()).replace(/[\u00a0\u202f]/g, ' ');
		expect(text).toMatch(/Posting \d+ of \d+ \w+ \d{4}/);
		expect(text).toMatch(/Demonstration, simulated history: /);
		expect(text).toMatch(/from the file .+ \(.+\)/);
		expect(text).toContain('→');
		expect(await seriousOn(changes)).toEqual([]);
	});

	test('the proof says how it is cited', async () => {
		const page = await openPage('/proof?nature=demonstration&project=GLOACT');
		const cited = await page.locator('#citation').innerText();
		expect(cited).toMatch(/DEMONSTRATION.*as of posting \d+ of .*\/c\/[0-9A-Z-]+$/s);
		expect(await seriousOn(page)).toEqual([]);
	});
});
