import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Application } from '../support/application.ts';
import { seriousOn } from '../support/axe.ts';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { IntakePages, postByProgram, startOwnApplication } from '../support/intake-pages.ts';
import { press } from '../support/keyboard.ts';
import { listTroubles, openPage } from '../support/page.ts';
import { plain } from '../support/shown.ts';

describe('the checks', () => {
	test('stand with both sides, difference, tolerance and state, invented books apart', async () => {
		const page = await openPage('/checks', { javaScriptEnabled: false });
		expect(await page.locator('section[aria-labelledby=published]').innerText()).toContain(
			'No money of GLO.ACT has been published, so there is nothing to check.'
		);
		const block = page.locator('#demonstration');
		expect(await block.innerText()).toMatch(/Hold: \d+\. Fail: 0\. Cannot be checked: 3\./);
		const result = block.locator('#demonstration-receipts_accounted_for-GLOACT');
		const text = plain(await result.innerText());
		for (const words of ['Received', 'Balance with partners', 'Difference, EUR', 'Tolerance: none', 'Holds'])
			expect(text).toContain(words);
		expect(`${await page.title()} ${await page.locator('h1').innerText()}`).not.toMatch(/demonstration/i);
		// What cannot be checked says what is missing.
		expect(await block.innerText()).toContain('The receiver reports nothing.');
	});

	test('open from a line of the overview, and a term opens to its rows', async () => {
		const page = await openPage('/');
		await page.locator('#demonstration').getByRole('link', { name: 'See the checks' }).click();
		await page.waitForURL('**/checks#demonstration');
		const result = page.locator('#demonstration-spent_within_received-GLOACT');
		await result
			.getByRole('link', { name: /11\s000\s000\.00/ })
			.last()
			.focus();
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/proof\?/);
		expect(plain(await page.locator('main').innerText())).toContain('11 000 000.00');
		expect(listTroubles(page)).toEqual([]);
	});

	test('are those of the day asked for, and go with the demonstration', async () => {
		const then = await openPage('/checks?asof=2017-06-30');
		expect(await then.locator('#demonstration').innerText()).toMatch(/Fail: 0\./);
		const before = await openPage('/checks?asof=2015-08-01');
		expect(await before.locator('#demonstration').count()).toBe(0);
		const hidden = await openPage('/checks?demonstration=off');
		expect(await hidden.content()).not.toContain('nature=demonstration');
		const wrong = await openPage('/checks?country=ML');
		expect(await wrong.locator('main').innerText()).toContain('country');
	});
});

describe('a check that fails', () => {
	let application: Application;
	let pages: IntakePages;
	const id = 'XM-DAC-41999-CHECKS-1';

	beforeAll(async () => {
		application = await startOwnApplication();
		pages = new IntakePages(application);
		const transaction = (type: string, value: string, from: string, to: string) =>
			transactionXml({
				type: `<transaction-type code="${type}"/>`,
				value: `<value currency="EUR" value-date="2021-06-30">${value}</value>`,
				more: `<provider-org ref="XM-DAC-41999-${from}"><narrative>Partner ${from}</narrative></provider-org>
					<receiver-org ref="XM-DAC-41999-${to}"><narrative>Partner ${to}</narrative></receiver-org>`
			});
		const xml = fileXml(
			activityXml({
				id,
				transactions: [
					transaction('1', '600000.00', 'A', 'B'),
					transaction('3', '500000.00', 'B', 'C'),
					transaction('1', '480000.00', 'B', 'C')
				].join('\n')
			})
		).replaceAll('"XM-DAC-41128"', '"XM-DAC-41999-CHECKS"');
		await postByProgram(application.address, 'transfer.xml', Buffer.from(xml));
	}, 300_000);
	afterAll(() => application.stop());

	test('shows both reports and their difference, says so on the overview, and marks the figures it is about', async () => {
		const overview = await pages.open('/?portfolio=all');
		expect(await overview.locator('main').innerText()).toMatch(
			/Checks of the published books: Hold: \d+\. Fail: 1\./
		);
		const list = await pages.open(`/transactions?portfolio=all&project=${id}&measure=disbursement`);
		const mark = list.getByRole('link', { name: 'A check fails: Sent is received' }).first();
		await press(list, mark);
		await list.waitForURL(/\/checks\?/);
		const result = list.locator('article.fails');
		expect(await result.count()).toBe(1);
		const text = plain(await result.innerText());
		for (const words of ['Partner B to Partner C', '500 000.00', '480 000.00', '20 000.00', 'Fails'])
			expect(text).toContain(words);
		expect(new URL(list.url()).hash).toBe(`#${await result.getAttribute('id')}`);
		expect(await seriousOn(list)).toEqual([]);
		expect(listTroubles(list)).toEqual([]);
	});

	test('touches no figure of other money, other projects or invented books', async () => {
		for (const path of [
			`/transactions?portfolio=all&project=${id}&measure=budget`,
			'/projects/GLOACT',
			'/transactions?nature=demonstration'
		]) {
			const page = await pages.open(path);
			expect(await page.getByRole('link', { name: /A check fails/ }).count(), path).toBe(0);
		}
	});

	test('is complete at 320 pixels, in every language, in the dark', async () => {
		for (const language of ['', '/fr', '/ar']) {
			const page = await pages.open(`${language}/checks?portfolio=all&project=${id}`, {
				javaScriptEnabled: false,
				colorScheme: 'dark',
				viewport: { width: 320, height: 640 }
			});
			expect(await page.locator('article.fails').count()).toBe(1);
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
		}
	});
});
