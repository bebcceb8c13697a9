import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AxeBuilder } from '@axe-core/playwright';
import { sum } from '#lib/money/decimal.ts';
import type { Application } from '../support/application.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { startOn } from '../support/books.ts';
import { activitiesOf, readText } from '../support/iati-files.ts';
import { listTroubles, openPage } from '../support/page.ts';
import { piecesOf, readAll } from '../support/sheet-reading.ts';
import { hasSchema, validate } from '../support/iati-schema.ts';

const LIST = '/transactions?nature=demonstration&country=ML,NE&from=2016-01-01&to=2018-12-31';

describe('the downloads of a list', () => {
	test('are offered with their rows and total, and hold them, without JavaScript', async () => {
		const page = await openPage(LIST, { javaScriptEnabled: false, acceptDownloads: true });
		const links = page.locator('.download p:first-child a');
		expect(await links.allInnerTexts()).toEqual(['CSV', 'XLSX', 'JSON']);
		const [rows] = (await page.locator('.download').innerText())
			.replace(/[\s\u202f]/g, '')
			.match(/\d+(?=rows)/)!;
		const files: Record<string, Buffer> = {};
		for (const name of ['CSV', 'XLSX', 'JSON']) {
			const downloading = page.waitForEvent('download');
			await links.filter({ hasText: name }).click();
			const download = await downloading;
			expect(download.suggestedFilename()).toBe(`DEMONSTRATION-transactions-spent.${name.toLowerCase()}`);
			const parts: Buffer[] = [];
			for await (const part of await download.createReadStream()) parts.push(part as Buffer);
			files[name] = Buffer.concat(parts);
		}
		const csv = readCsvFile(files.CSV!.toString());
		const json = JSON.parse(files.JSON!.toString()) as {
			row_count: number;
			control_total: { currency: string; amount: string };
			rows: Record<string, string>[];
		};
		const workbook = await readAll(piecesOf(files.XLSX!), 'f.xlsx');
		const data = workbook.rows.filter(({ sheet, row }) => sheet === workbook.sheets[0] && row > 1);
		expect([csv.length, json.row_count, json.rows.length, data.length].map(String)).toEqual([
			rows,
			rows,
			rows,
			rows
		]);
		expect(sum(csv.map((row) => row.amount_in_slice!))).toBe(json.control_total.amount);
		expect(sum(json.rows.map((row) => row.amount_in_slice!))).toBe(json.control_total.amount);
		expect(Object.keys(json)[0]).toBe('DEMONSTRATION');
		expect(listTroubles(page)).toEqual([]);
	});

	test('are in order for who cannot see them', async () => {
		const page = await openPage(LIST);
		const { violations } = await new AxeBuilder({ page }).include('.download').analyze();
		expect(violations.map(({ id }) => id)).toEqual([]);
	});

	test('carry what explains them: question, data version, files and rates', async () => {
		const response = await fetch(`${inject('application')}/transactions.csv?nature=demonstration`);
		await response.arrayBuffer();
		const described = /<([^>]+)>; rel="describedby"/.exec(response.headers.get('link')!)![1]!;
		const { pathname, search } = new URL(described);
		const metadata = (await (await fetch(inject('application') + pathname + search)).json()) as Record<
			string,
			unknown
		>;
		expect(metadata).toMatchObject({ nature: 'demonstration', measure: 'spent', as_of: null });
		expect(response.headers.get('x-row-count')).toBe(String(metadata.row_count));
		expect(metadata.sources).not.toEqual([]);
		expect(metadata.rates).not.toEqual([]);
	});

	test('without anybody who publishes there is no IATI, and the answer says what to set', async () => {
		for (const path of ['/transactions.xml', '/activities.xml', '/projects/GLOACT.xml']) {
			const response = await fetch(inject('application') + path, { headers: { accept: 'application/json' } });
			expect(response.status).toBe(409);
			expect(await response.text()).toContain('REPORTING_ORG');
		}
	});
});

describe('an installation that says who publishes', () => {
	let application: Application;
	beforeAll(async () => {
		application = await startOn(inject('whole'), { REPORTING_ORG: 'XM-DAC-41128' });
	});
	afterAll(async () => {
		await application.stop();
	});

	test('gives its projects, activities and rows as IATI, and nothing invented', async () => {
		const answered = await fetch(`${application.address}/projects/GLOACT.xml`);
		expect(answered.status).toBe(200);
		const xml = await answered.text();
		if (hasSchema) expect(await validate(xml)).toBe('');
		const read = await readText(xml);
		expect(read.findings.filter(({ severity }) => severity !== 'warning')).toEqual([]);
		expect(activitiesOf(read).length).toBeGreaterThan(100);
		const some = await (await fetch(`${application.address}/activities.xml?country=ML`)).text();
		expect(activitiesOf(await readText(some)).length).toBeGreaterThan(1);
		const invented = await fetch(`${application.address}/transactions.xml?nature=demonstration`);
		expect(invented.status).toBe(403);
		const page = await openPage(`${application.address}/projects/GLOACT`);
		expect(await page.locator('a[href$="/projects/GLOACT.xml"]').count()).toBe(1);
	});
});
