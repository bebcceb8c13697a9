import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { compare, sum } from '#lib/money/decimal.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { press, tabTo } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { exactOf, plain } from '../support/shown.ts';

const LIST = '/transactions?nature=demonstration';
const sentenceOf = async (page: Page) => plain(await page.locator('p.sentence').innerText());
const parametersOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const totalOf = async (page: Page) => exactOf(await page.locator('p.total .amount').innerText());

describe('the filter as a sentence', () => {
	const FILTERED = `${LIST}&measure=expenditure&country=ML,NE&from=2016-01-01&to=2018-12-31`;

	test('says the question; each part is a link that takes it off, without JavaScript and by keyboard', async () => {
		const page = await openPage(FILTERED, { javaScriptEnabled: false });
		expect(await sentenceOf(page)).toContain('Demonstration – Expenditure in Mali and Niger, 2016–2018');
		await page.getByRole('link', { name: 'Mali: remove' }).focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(/country=NE(&|#|$)/);
		expect(await sentenceOf(page)).toContain('Expenditure in Niger, 2016–2018');
		await page.getByRole('link', { name: '2016–2018: remove' }).click();
		await page.waitForURL((url) => !url.searchParams.has('from'));
		expect(parametersOf(page)).toEqual({ nature: 'demonstration', measure: 'expenditure', country: 'NE' });
		await page.goto(FILTERED);
		await page.getByRole('link', { name: 'Remove all' }).click();
		await page.waitForURL((url) => !url.searchParams.has('country'));
		expect(parametersOf(page)).toEqual({ nature: 'demonstration', measure: 'expenditure' });
	});

	test('is the heading of a proof, and a proof of less opens from it', async () => {
		const page = await openPage(FILTERED.replace('/transactions', '/proof'));
		const heading = page.getByRole('heading', { level: 1 });
		expect(await heading.getAttribute('aria-label')).toBe(
			'Demonstration – Expenditure in Mali and Niger, 2016–2018'
		);
		expect(await seriousOn(page)).toEqual([]);
		await heading.getByRole('link', { name: 'Niger: remove' }).click();
		await page.waitForURL(/\/proof\?.*country=ML(&|#|$)/);
		expect(listTroubles(page)).toEqual([]);
	});

	test('takes several countries ticked in the form, with and without JavaScript', async () => {
		for (const javaScriptEnabled of [true, false]) {
			const page = await openPage(LIST, { javaScriptEnabled });
			const form = page.getByRole('form', { name: 'Narrow the transactions' });
			await form.locator('summary').click();
			await form.getByRole('checkbox', { name: 'Niger' }).check();
			await form.getByRole('checkbox', { name: 'Mali' }).check();
			await form.getByRole('button').click();
			await page.waitForURL(/country=/);
			expect(await sentenceOf(page)).toContain('Spent in Mali and Niger');
			await page.context().close();
		}
	});

	test('a sum over several countries counts an entry of both once, as its download does', async () => {
		const page = await openPage(`${LIST}&country=ML,NE`);
		const shown = await totalOf(page);
		const { headers, text } = await ask('/transactions.csv?nature=demonstration&country=ML,NE');
		expect(headers.get('x-control-total')).toBe(`EUR ${shown}`);
		const rows = readCsvFile(text);
		expect(headers.get('x-row-count')).toBe(String(rows.length));
		expect(new Set(rows.map(({ entry }) => entry)).size).toBe(rows.length);
		expect(sum(rows.map((row) => row.amount_in_slice!))).toBe(shown);
		expect(exactOf(await page.locator('tfoot').innerText())).toBe(shown);
	});
});

describe('the table', () => {
	test('groups, opens a subtotal and closes it again by keyboard; subtotals add up', async () => {
		const page = await openPage(LIST);
		const choice = page.getByRole('combobox', { name: 'Group by' });
		await tabTo(page, choice);
		await page.keyboard.type('Country');
		expect(await choice.inputValue()).toBe('country');
		await press(page, page.getByRole('button', { name: 'Show' }));
		await page.waitForURL(/group=country/);
		const amounts = (await page.locator('tr.subtotal td:last-child').allInnerTexts()).map(exactOf);
		expect(amounts).toHaveLength(14);
		expect(sum(amounts)).toBe(await totalOf(page));
		// The largest first; what has no country last.
		expect(amounts.slice(0, -1)).toEqual(amounts.slice(0, -1).toSorted((a, b) => compare(b, a)));

		const mali = page.getByRole('link', { name: 'Mali', exact: true });
		const rows = page.locator('tbody tr:not(.subtotal)');
		expect(await mali.getAttribute('aria-expanded')).toBe('false');
		await press(page, mali);
		await page.waitForURL(/open=ML/);
		expect(await mali.getAttribute('aria-expanded')).toBe('true');
		expect(await rows.count()).toBe(21);
		await press(page, mali);
		await page.waitForURL((url) => !url.searchParams.has('open'));
		expect(await mali.getAttribute('aria-expanded')).toBe('false');
		expect(await rows.count()).toBe(0);
		await press(page, mali);
		await page.waitForURL(/open=ML/);
		expect(await seriousOn(page)).toEqual([]);
		await page.getByRole('link', { name: /^All .* transactions of “Mali”$/ }).click();
		await page.waitForURL(/country=ML/);
		expect(await sentenceOf(page)).toContain('Spent in Mali');
		expect(listTroubles(page)).toEqual([]);
	});

	test('shows the columns asked for, and the usual ones again', async () => {
		const page = await openPage(LIST, { javaScriptEnabled: false });
		const headings = async () => (await page.locator('thead th').allInnerTexts()).map(plain);
		const usual = await headings();
		expect(usual).toContain('Rate and its publisher');
		await page.locator('form details', { hasText: 'Columns' }).locator('summary').click();
		const boxes = page.getByRole('group', { name: 'Choose the columns' }).getByRole('checkbox');
		for (const box of await boxes.all()) await box.uncheck();
		await page.getByRole('checkbox', { name: 'Reporting organisation' }).check();
		await page.getByRole('button', { name: 'Show' }).click();
		await page.waitForURL(/columns=/);
		expect(await headings()).toEqual(['Description', 'Reporting organisation', 'Amount EUR']);
		await page.locator('form details', { hasText: 'Columns' }).locator('summary').click();
		for (const box of await boxes.all()) {
			const name = plain(await box.locator('xpath=..').innerText());
			await box.setChecked(usual.includes(name));
		}
		await page.getByRole('button', { name: 'Show' }).click();
		expect(await headings()).toEqual(usual);
		expect((await ask(`${LIST}&columns=colour`)).status).toBe(400);
	});

	test('keeps its head and its total in view while its rows scroll, and nothing scrolls sideways at 320 px', async () => {
		const page = await openPage(LIST, { viewport: { width: 1280, height: 720 } });
		const window = page.locator('.window.sticky');
		await window.evaluate((node) => node.scrollTo(0, 500));
		const box = (await window.boundingBox())!;
		const head = (await page.locator('thead th').first().boundingBox())!;
		const foot = (await page.locator('tfoot td').last().boundingBox())!;
		expect(head.y).toBeGreaterThanOrEqual(box.y - 1);
		expect(head.y).toBeLessThan(box.y + 40);
		expect(foot.y + foot.height).toBeLessThanOrEqual(box.y + box.height + 1);
		for (const path of [LIST, `${LIST}&group=year&open=2016`, `${LIST}&country=FR&from=2030-01-01`]) {
			const narrow = await openPage(path, { viewport: { width: 320, height: 800 } });
			expect(await narrow.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
			await narrow.context().close();
		}
	});
});

describe('a filter that matches nothing', () => {
	test('names the part that excludes everything, with a link that takes it off', async () => {
		const page = await openPage(`${LIST}&country=ML&from=2030-01-01&to=2030-12-31`, {
			javaScriptEnabled: false
		});
		const notice = page.getByRole('note').filter({ hasText: 'Nothing matches' });
		expect(await notice.getByRole('link').count()).toBe(1);
		await notice.getByRole('link', { name: 'without “2030”' }).click();
		await page.waitForURL((url) => !url.searchParams.has('from'));
		expect(await page.locator('tbody tr').count()).toBeGreaterThan(10);
	});

	test('offers other measures where they hold something', async () => {
		const page = await openPage(`${LIST}&measure=guarantee&country=ML`);
		const notice = page.getByRole('note').filter({ hasText: 'Nothing matches' });
		await notice.getByRole('link', { name: 'Spent' }).click();
		await page.waitForURL((url) => !url.searchParams.has('measure'));
		expect(await sentenceOf(page)).toContain('Spent in Mali');
	});
});

test('a row tells how it is shared out and every version, and stands in its source', async () => {
	const page = await openPage(`${LIST}&columns=amount`);
	await page.locator('tbody th a[href^="/transactions/"]').first().click();
	await page.waitForURL(/\/transactions\/\d+-\d+/);
	expect(
		await page.getByRole('region', { name: 'How the amount is shared out' }).locator('tbody tr').count()
	).toBeGreaterThan(0);
	const history = page.getByRole('region', { name: 'What happened to this transaction' });
	expect(plain(await history.locator('tbody tr').first().innerText())).toContain('booked');
	expect(await seriousOn(page)).toEqual([]);
	await history.locator('tbody tr').first().locator('a[href*="/sources/"]').click();
	await page.waitForURL(/\/sources\/[0-9a-f]{64}\?.*row=/);
	expect(listTroubles(page)).toEqual([]);
});
