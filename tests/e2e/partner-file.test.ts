import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COUNTINGS } from '#lib/slice/slice.ts';
import { subtract, sum } from '#lib/money/decimal.ts';
import type { Application } from '../support/application.ts';
import { readCsvFile } from '../support/csv-file.ts';
import {
	activitiesOf,
	hasSharedIati,
	readShared,
	SHARED_IATI,
	type ReadFile
} from '../support/iati-files.ts';
import { IntakePages, startOwnApplication } from '../support/intake-pages.ts';
import { listTroubles } from '../support/page.ts';
import { exactOf, resultsOf } from '../support/shown.ts';

const NAME = 'regrouped--XI-IATI-EC_NEAR-2.03.xml';
const PAGES = ['/', '/projects', '/countries', '/activities', '/organisations', '/funding', '/transactions'];
/** Measures of one transaction type each, of those the file holds. */
const MEASURES = { committed: '2', disbursement: '3', expenditure: '4' } as const;
type Truth = { transactions: { EUR: Record<string, { count: number; sum: string }> } };

const everywhere = (path: string) => `${path}?portfolio=all`;

describe.skipIf(!hasSharedIati)(
	'a real file of the European Commission beside GLO.ACT',
	{ tags: 'nightly' },
	() => {
		let application: Application;
		let pages: IntakePages;
		let read: ReadFile;

		/** How many the list finds; none where the page has to wait for a posting. */
		const countActivities = async () => {
			const response = await fetch(pages.address + everywhere('/activities'));
			return response.ok ? resultsOf(await response.text()) : 0;
		};
		/** Number and sum in euro of the transactions of a question, as its download states them. */
		async function controlOf(query: string): Promise<{ count: number; sum: string }> {
			const response = await fetch(`${pages.address}/transactions.csv?portfolio=all&${query}`);
			const rows = readCsvFile(await response.text());
			const added = sum(rows.map((row) => row.amount_in_slice!));
			expect(response.headers.get('x-control-total')).toBe(rows.length > 0 ? `EUR ${added}` : '');
			expect(response.headers.get('x-unconverted')).toBe('');
			return { count: rows.length, sum: added };
		}

		beforeAll(async () => {
			application = await startOwnApplication();
			pages = new IntakePages(application);
			read = await readShared('real', NAME);
		});
		afterAll(() => application.stop());

		test('is handed in and posted, and has each of its activities in the list', async () => {
			const before = await countActivities();
			const page = await pages.openAsWriter('/sources');
			await pages.handIn(page, NAME, readFileSync(`${SHARED_IATI}/real/${NAME}`));
			await page.locator('#decide button.primary').click();
			expect(activitiesOf(read).length).toBeGreaterThan(500);
			await expect
				.poll(countActivities, { timeout: 180_000, interval: 2000 })
				.toBe(before + activitiesOf(read).length);
		}, 240_000);

		test.each(Object.entries(MEASURES))('has its money: %s, to the last digit', async (measure, type) => {
			const truth = JSON.parse(readFileSync(`${SHARED_IATI}/truth/${NAME}.json`, 'utf8')) as Truth;
			// What is counted in a total, and what stands apart as it is reported elsewhere too.
			const parts = await Promise.all(
				COUNTINGS.map((counting) => controlOf(`measure=${measure}&counting=${counting}`))
			);
			const stated = truth.transactions.EUR[type]!;
			expect(parts.reduce((all, { count }) => all + count, 0)).toBe(stated.count);
			expect(subtract(sum(parts.map((part) => part.sum)), stated.sum)).toMatch(/^0(\.0+)?$/);
		});

		test('has its countries on the map and in the table, each with what its rows add up to', async () => {
			const named = new Set(
				activitiesOf(read).flatMap(({ countries }) => countries.map(({ country }) => country))
			);
			expect(named.size).toBeGreaterThan(20);
			const page = await pages.open(everywhere('/countries'));
			expect(listTroubles(page)).toEqual([]);
			const linked = await linkedCountries(page);
			expect([...named].filter((country) => !linked.has(country))).toEqual([]);
			for (const country of [...named].slice(0, 3)) {
				const { sum: expected, count } = await controlOf(`country=${country}`);
				await page.goto(everywhere(`/transactions`) + `&country=${country}`);
				const shown = page.locator('main .total').first();
				expect(exactOf(await shown.innerText()), `${country}: ${count} rows`).toBe(expected);
			}
		});

		test.each(PAGES)('leaves %s without trouble', async (path) => {
			const page = await pages.open(everywhere(path));
			expect(await page.locator('h1').count()).toBe(1);
			expect(listTroubles(page)).toEqual([]);
			const wider = await page.evaluate(
				'document.documentElement.scrollWidth - document.documentElement.clientWidth'
			);
			expect(wider).toBe(0);
		});
	}
);

async function linkedCountries(page: Page): Promise<Set<string>> {
	const addresses = await page
		.locator('main a[href*="/countries/"]')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
	return new Set(addresses.map((address) => /\/countries\/([A-Z]{2})/.exec(address)?.[1] ?? ''));
}
