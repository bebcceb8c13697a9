import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { listTroubles, openPage } from '../support/page.ts';

const LIST = '/transactions?nature=demonstration';
const plain = (text: string) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const sentenceOf = async (page: Page) => plain(await page.locator('p.sentence').innerText());
const parametersOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
/** The exact amount of a figure, of whatever spaces. */
const amountOf = (text: string) =>
	text
		.replace(/[\s\u00a0\u202f]/g, '')
		.replace('\u2212', '-')
		.match(/-?\d+\.\d+/)![0];

async function seriousFindings(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
}

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
		expect(await seriousFindings(page)).toEqual([]);
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
		const shown = amountOf(await page.locator('p.total').innerText());
		const response = await fetch(
			`${inject('application')}/transactions.csv?nature=demonstration&country=ML,NE`
		);
		expect(response.headers.get('x-control-total')).toBe(`EUR ${shown}`);
		const rows = (await response.text()).trim().split('\r\n').length - 1;
		expect(response.headers.get('x-row-count')).toBe(String(rows));
		expect(plain(await page.locator('tfoot').innerText())).toContain(amountOf(shown).slice(-6));
	});
});

describe('the table', () => {
	test('groups, opens a subtotal and closes it again, by keyboard; subtotals add up', async () => {
		const page = await openPage(LIST);
		await page.getByRole('combobox', { name: 'Group by' }).selectOption('country');
		await page.getByRole('button', { name: 'Show' }).press('Enter');
		await page.waitForURL(/group=country/);
		const subtotals = page.locator('tr.subtotal');
		const amounts = (
			await subtotals.locator('td').last().page().locator('tr.subtotal td:last-child').allInnerTexts()
		).map(amountOf);
		expect(amounts).toHaveLength(14);
		expect(sum(amounts)).toBe(amountOf(await page.locator('p.total').innerText()));
		expect([...amounts.slice(0, -1)].map(Number)).toEqual(
			[...amounts.slice(0, -1)].map(Number).sort((a, b) => b - a)
		);

		const mali = page.getByRole('link', { name: 'Mali', exact: true });
		expect(await mali.getAttribute('aria-expanded')).toBe('false');
		await mali.focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(/open=ML/);
		expect(await mali.getAttribute('aria-expanded')).toBe('true');
		expect(await page.locator('tbody tr:not(.subtotal)').count()).toBe(21);
		expect(await seriousFindings(page)).toEqual([]);
		await page.getByRole('link', { name: /^All .* transactions of “Mali”$/ }).click();
		await page.waitForURL(/country=ML/);
		expect(await sentenceOf(page)).toContain('Spent in Mali');
		expect(listTroubles(page)).toEqual([]);
	});

	test('shows the columns asked for, and the usual ones again', async () => {
		const page = await openPage(LIST, { javaScriptEnabled: false });
		const headings = async () => (await page.locator('thead th').allInnerTexts()).map(plain);
		expect(await headings()).toContain('Rate and its publisher');
		await page.locator('form details', { hasText: 'Columns' }).locator('summary').click();
		const boxes = page.getByRole('group', { name: 'Choose the columns' }).getByRole('checkbox');
		for (const box of await boxes.all()) await box.uncheck();
		await page.getByRole('checkbox', { name: 'Reporting organisation' }).check();
		await page.getByRole('button', { name: 'Show' }).click();
		await page.waitForURL(/columns=/);
		expect(await headings()).toEqual(['Description', 'Reporting organisation', 'Amount EUR']);
		expect((await page.request.get(`${LIST}&columns=colour`)).status()).toBe(400);
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
	expect(await seriousFindings(page)).toEqual([]);
	await history.locator('tbody tr').first().locator('a[href*="/sources/"]').click();
	await page.waitForURL(/\/sources\/[0-9a-f]{64}\?.*row=/);
	expect(listTroubles(page)).toEqual([]);
});
