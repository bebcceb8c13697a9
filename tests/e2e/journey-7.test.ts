import { createHash } from 'node:crypto';
import { inject, expect, test } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { press, tabTo, write } from '../support/keyboard.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { exactOf, numbersOf, plain } from '../support/shown.ts';
import { putIntoFolder, readArchive, runVerify } from '../support/unpack.ts';

// J7: an auditor takes a sample.

const download = async (path: string) =>
	Buffer.from(await (await fetch(inject('application') + path)).arrayBuffer());

test('J7: a population, a sample of it by a seed and the pack that proves both, by keyboard alone', async () => {
	const page = await openPage('/audit');
	expect(plain(await page.locator('main').innerText())).toContain('has been published');
	await press(page, page.getByRole('link', { name: 'See the demonstration' }));
	await page.waitForURL(/nature=demonstration/);
	expect(await seriousOn(page)).toEqual([]);

	// Period, partner and kind.
	const filters = page.getByRole('form', { name: 'Choose the population' });
	await write(page, filters.getByLabel('Measure'), 'Expenditure');
	await filters.getByLabel('From').fill('2016-01-01');
	await filters.getByLabel('To', { exact: true }).fill('2018-12-31');
	await press(page, filters.getByRole('button'));
	await page.waitForURL(/measure=expenditure.*from=2016-01-01/);

	// (a) Count and total are those of the list of transactions.
	const [count] = numbersOf(await page.locator('p.total .items').innerText());
	const list = await ask(`/transactions.csv${new URL(page.url()).search}`);
	expect(count).toBe(list.headers.get('x-row-count'));
	expect(list.headers.get('x-control-total')).toBe(
		`EUR ${exactOf(await page.locator('p.total .amount').innerText())}`
	);

	const form = page.getByRole('form', { name: 'Draw a sample' });
	await tabTo(page, form.getByRole('radio', { name: 'Random' }));
	await page.keyboard.press('ArrowUp');
	expect(await form.getByRole('radio', { name: 'Monetary unit' }).isChecked()).toBe(true);
	await write(page, form.getByLabel('Size', { exact: true }), '30');
	await write(page, form.getByLabel('Seed', { exact: true }), '2019-07-31 4-6-1');
	await press(page, form.getByRole('button'));
	await page.waitForURL(/seed=/);
	expect(await seriousOn(page)).toEqual([]);
	const rows = page.locator('#sample ~ div table tbody tr');
	expect(await rows.count()).toBe(30);

	// (b) The same address gives the same sample, in another language too.
	const { pathname, search: asked } = new URL(page.url());
	const csv = readCsvFile(await (await fetch(`${inject('application')}/audit.csv${asked}`)).text());
	expect(csv.length).toBe(30);
	expect(sum(csv.map((row) => row.amount_in_slice!))).toBe(
		exactOf(await page.locator('#sample ~ div table tfoot .amount').innerText())
	);
	const french = readCsvFile(
		await (await fetch(`${inject('application')}/fr${pathname}.csv${asked}`)).text()
	);
	expect(french).toEqual(csv);

	// (c) and (d): the pack has the hash that the page shows, and proves itself without this site.
	const pack = page.getByRole('link', { name: /audit pack of invented rows/ });
	const bytes = await download((await pack.getAttribute('href'))!);
	expect(createHash('sha256').update(bytes).digest('hex')).toBe(
		await page.locator('#pack-sha256').innerText()
	);
	const { code, lines } = await runVerify(putIntoFolder(readArchive(bytes)));
	expect([code, lines.filter((line) => line.startsWith('FAIL'))]).toEqual([0, []]);
	expect(listTroubles(page)).toEqual([]);
});

test('J7: works without JavaScript, on a telephone, and says how it was drawn', async () => {
	const page = await openPage('/audit?nature=demonstration', {
		javaScriptEnabled: false,
		viewport: { width: 320, height: 640 }
	});
	const form = page.getByRole('form', { name: 'Draw a sample' });
	await form.getByRole('radio', { name: 'Stratified' }).check();
	await form.getByLabel('Strata').selectOption('heading');
	await form.getByLabel('Seed', { exact: true }).fill('a');
	await form.getByRole('button').click();
	await page.waitForURL(/method=stratified/);
	const main = plain(await page.locator('main').innerText());
	expect(main).toContain('SHA-256 of the text “seed,k”');
	expect(main).toContain('All strata');
	const wide = await page.evaluate(
		'document.documentElement.scrollWidth - document.documentElement.clientWidth'
	);
	expect(wide).toBe(0);
	for (const language of ['fr', 'ar']) {
		const other = await ask(`/${language}/audit?nature=demonstration&method=monetary&seed=a`);
		expect(other.status).toBe(200);
	}
});

test.each([
	['method=dice', 'method'],
	['size=0&seed=a', 'size'],
	['size=6000&seed=a', 'size'],
	['interval=-1&method=monetary&seed=a', 'interval'],
	['strata=sector&seed=a', 'strata'],
	['seed=%22', 'seed'],
	['sort=amount', 'sort'],
	['what=1', 'what']
])('J7: %s is refused and named', async (query, parameter) => {
	const { status, text } = await ask(`/audit?nature=demonstration&${query}`);
	expect(status).toBe(400);
	expect(text).toContain(`“${parameter}”`);
	expect((await ask(`/audit.zip?nature=demonstration&${query}`)).status).toBe(400);
});
