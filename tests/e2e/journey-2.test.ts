import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { add, compare, sum } from '#lib/money/decimal.ts';
import { formatExact } from '#lib/money/format.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { press, tabTo } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { readPdf, squeeze } from '../support/pdf-file.ts';
import { piecesOf, readAll } from '../support/sheet-reading.ts';
import { exactOf } from '../support/shown.ts';

const AGREEMENT = '/projects/GLOACT/agreement';
const RULE = '[aria-labelledby="rule-DEMO-EU-UNODC-2"]';

const figure = async (page: Page, formula: string) =>
	exactOf(await page.locator(`${RULE} .figures a[href*="formula=rule_${formula}"]`).innerText());
/** As a paper writes it: thousands apart, every blank one space. */
const formatted = (amount: string) => squeeze(formatExact(amount.replace('-', ''), 'en', 2));
const forecastOn = async (page: Page) => page.locator(`${RULE} a[href*="formula=rule_crossing"]`).innerText();

/** What a link saves, by the keyboard. */
async function saved(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
	const downloading = page.waitForEvent('download');
	await press(page, link);
	const download = await downloading;
	const parts: Buffer[] = [];
	for await (const part of await download.createReadStream()) parts.push(part as Buffer);
	return { name: download.suggestedFilename(), bytes: Buffer.concat(parts) };
}

describe('J2: may the next instalment be asked for?', () => {
	test('(a) the rule names its article and threshold, and both open at the line of their file', async () => {
		const page = await openPage('/projects/GLOACT');
		await press(page, page.getByRole('link', { name: 'Agreement, instalments and rules' }));
		await page.waitForURL(`**${AGREEMENT}`);
		const rule = page.locator(RULE);
		expect(await rule.getByRole('heading', { name: 'Next instalment' }).count()).toBe(1);
		const text = await rule.innerText();
		expect(text).toContain('Demonstration article 2');
		expect(text).toMatch(/all earlier instalments \+ 70% of the last instalment/);
		await press(page, rule.getByRole('link', { name: 'Demonstration article 2' }));
		await page.waitForURL(/\/sources\/[0-9a-f]{64}\?row=\d+/);
		expect(await page.locator('main').innerText()).toContain('instalment_threshold');
		expect(listTroubles(page)).toEqual([]);
	});

	test('(b) what counts is the kinds that the rule allows, each with its rows, adding up to the cent', async () => {
		const page = await openPage(`${AGREEMENT}?asof=2017-06-30`);
		const counted = await figure(page, 'counted');
		const table = page.locator(`${RULE} table`).first();
		const links = await table
			.locator('tbody td:nth-child(3) a')
			.evaluateAll((found) => found.map((link) => link.getAttribute('href')!));
		expect(links.length).toBeGreaterThan(0);
		const sums = await Promise.all(
			links.map(async (href) => {
				const { text } = await ask(href.replace('/transactions', '/transactions.csv'));
				const rows = readCsvFile(text);
				const kinds = new Set(rows.map((row) => row.kind));
				expect([...kinds].every((kind) => ['3', '4'].includes(kind!))).toBe(true);
				return sum(rows.map((row) => row.amount_in_slice!));
			})
		);
		expect(compare(sum(sums), counted)).toBe(0);
		expect(await table.locator('tfoot').innerText()).toContain('EUR');
		// Transfers inside the project stand beside it, not in it.
		expect(await table.innerText()).toContain('Transferred inside the project');
	});

	test('(c) another day moves the result and the forecast; (e) the missing amount is in euro', async () => {
		const page = await openPage(`${AGREEMENT}?asof=2017-06-30`);
		const [missing, forecast] = [await figure(page, 'distance'), await forecastOn(page)];
		expect(add(await figure(page, 'counted'), missing)).toBe(await figure(page, 'threshold'));
		expect(await page.locator(`${RULE} .state`).innerText()).toMatch(
			/The threshold is not reached\. Missing:.*EUR/s
		);
		expect(await page.locator(RULE).innerText()).toContain('Method:');

		const change = page.locator('summary', { hasText: 'Change the date' });
		await press(page, change);
		const date = page.locator('#as-of');
		await tabTo(page, date);
		await date.fill('2017-09-30');
		await page.keyboard.press('Enter');
		await page.waitForURL(/asof=2017-09-30/);
		expect(compare(await figure(page, 'distance'), missing)).toBe(-1);
		expect(await forecastOn(page)).not.toBe(forecast);
		expect(listTroubles(page)).toEqual([]);
	});

	test.each(['', '?asof=2017-06-30'])(
		'(d) the annex downloads, and its total is that of the page: %s',
		async (query) => {
			const page = await openPage(AGREEMENT + query, { acceptDownloads: true });
			const shown = Object.fromEntries(
				await Promise.all(
					(['counted', 'threshold', 'distance'] as const).map(async (name) => [
						name,
						await figure(page, name)
					])
				)
			) as Record<string, string>;

			const paper = await saved(page, page.getByRole('link', { name: /Annex to the request for payment/ }));
			expect(paper.name).toBe('DEMONSTRATION-GLOACT-annex.pdf');
			const pdf = await readPdf(paper.bytes);
			expect(pdf).toMatchObject({ tagged: true, accessible: true, language: 'en' });
			const text = pdf.pages.join(' ');
			expect(text).toContain('Demonstration article 2');
			for (const amount of Object.values(shown)) expect(text).toContain(formatted(amount));
			pdf.pages.forEach((own, index) => {
				expect(own).toContain(`Page ${index + 1} of ${pdf.pages.length}`);
				expect(own).toContain('DEMONSTRATION');
			});

			const csv = await saved(page, page.getByRole('link', { name: 'CSV', exact: true }));
			expect(csv.name).toBe('DEMONSTRATION-GLOACT-annex.csv');
			const rows = readCsvFile(csv.bytes.toString('utf8'));
			expect(compare(sum(rows.map((row) => row.amount_in_slice!)), shown.counted!)).toBe(0);
			expect(
				rows.every(
					({ agreement_rule, nature }) => agreement_rule === 'DEMO-EU-UNODC-2' && nature === 'demonstration'
				)
			).toBe(true);

			const workbook = await saved(page, page.getByRole('link', { name: 'XLSX', exact: true }));
			const { texts } = await readAll(piecesOf(workbook.bytes), 'f.xlsx', ['DEMONSTRATION data']);
			const at = texts[0]!.indexOf('amount_in_slice');
			expect(compare(sum(texts.slice(1).map((row) => row[at]!)), shown.counted!)).toBe(0);

			const reference = /\/c\/([0-9A-Z-]+)/.exec(pdf.pages[1]!)![1]!;
			await page.goto(`/c/${reference}`);
			expect(exactOf(await page.locator('main .value').first().innerText())).toBe(shown.counted);
			expect(listTroubles(page)).toEqual([]);
		}
	);

	test('for a closed agreement there is no forecast as of today', async () => {
		const page = await openPage(AGREEMENT);
		expect(await page.locator(`${RULE} a[href*="formula=rule_crossing"]`).count()).toBe(0);
		expect(await page.locator(RULE).innerText()).toContain('there is no forecast');
		expect(await page.locator(`${RULE} .state`).innerText()).toContain('All instalments have been received');
	});

	test('by keyboard from the project to the rows that count, with a focus that is seen', async () => {
		const page = await openPage(`/projects/GLOACT?asof=2017-06-30`);
		await press(page, page.getByRole('link', { name: 'Agreement, instalments and rules' }));
		await page.waitForURL(/\/agreement\?/);
		await press(page, page.locator(`${RULE} tbody td:nth-child(3) a`).first());
		await page.waitForURL(/\/transactions\?.*agreement=DEMO-EU-UNODC/);
		expect(await page.locator('main').innerText()).toContain('Demonstration voucher');
	});

	test('the address reproduces the page: same figures in another window, without a script', async () => {
		const path = `${AGREEMENT}?asof=2017-09-30`;
		const first = await openPage(path);
		const again = await openPage(path, { javaScriptEnabled: false });
		expect(await again.locator('main').innerText()).toBe(await first.locator('main').innerText());
	});

	test('the forecast, the threshold and the distance open to a proof of the same value', async () => {
		const page = await openPage(`${AGREEMENT}?asof=2017-06-30`);
		for (const formula of ['threshold', 'distance', 'counted'] as const) {
			const link = page.locator(`${RULE} .figures a[href*="formula=rule_${formula}"]`);
			const shown = exactOf(await link.innerText());
			const proof = await openPage((await link.getAttribute('href'))!);
			expect(exactOf(await proof.locator('main p.value').innerText())).toBe(shown);
			expect(await proof.locator('main').innerText()).toContain('Demonstration article 2');
		}
		const forecast = page.locator(`${RULE} a[href*="formula=rule_crossing"]`);
		const proof = await openPage((await forecast.getAttribute('href'))!);
		expect(await proof.locator('main p.value').innerText()).toContain(
			(await forecastOn(page)).replace(/^.*DEMONSTRATION\s*/s, '').trim()
		);
	});

	test('hidden, nothing of the demonstration is left: what is not published says so', async () => {
		const page = await openPage(`${AGREEMENT}?demonstration=off`);
		const text = await page.locator('main').innerText();
		expect(text).toContain('EUR 10');
		expect(text).toContain('Not published: no page read holds the agreement');
		expect(text).not.toMatch(/[Dd]emonstration article|Invented/);
		const link = page.getByRole('link', { name: /Annex to the request for payment/ });
		expect(await link.getAttribute('href')).toBe(`${AGREEMENT}.pdf?demonstration=off`);
		const csv = await ask(`${AGREEMENT}.csv?demonstration=off`);
		expect([csv.status, readCsvFile(csv.text)]).toEqual([200, []]);
	});

	test.each(['light', 'dark'] as const)(
		'axe finds nothing serious, %s',
		{ tags: 'nightly' },
		async (colorScheme) => {
			for (const path of [`${AGREEMENT}?asof=2017-06-30`, `/fr${AGREEMENT}`]) {
				const page = await openPage(path, { colorScheme });
				expect(await seriousOn(page)).toEqual([]);
			}
		}
	);
});
