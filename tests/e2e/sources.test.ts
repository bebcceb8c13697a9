import { setTimeout } from 'node:timers/promises';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Application } from '../support/application.ts';
import { seriousOn } from '../support/axe.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { IntakePages, settle, startOwnApplication, stateOf, untilPosted } from '../support/intake-pages.ts';
import { chooseFile, press, write } from '../support/keyboard.ts';
import { TOKEN } from '../support/books.ts';
import { listTroubles } from '../support/page.ts';
import { reporterOf } from '../support/reports.ts';
import {
	activityFile,
	aPartner,
	hostileFile,
	LEDGER_ROWS,
	ledgerWorkbook,
	PAYEE,
	type Partner
} from '../support/partner-files.ts';
import { plain } from '../support/shown.ts';

let application: Application;
let pages: IntakePages;

beforeAll(async () => {
	application = await startOwnApplication();
	pages = new IntakePages(application);
}, 180_000);
afterAll(() => application.stop());

const rowsOf = (page: Page, caption: RegExp | string) =>
	page.getByRole('region', { name: caption }).locator('tbody tr');
/** The cells of a table as they are read aloud, row by row. */
const textsOf = async (page: Page, caption: RegExp | string) =>
	Promise.all(
		(await rowsOf(page, caption).all()).map(async (row) =>
			(await row.locator('th, td').allInnerTexts()).map(plain)
		)
	);

/** Maps a workbook as {@link ledgerWorkbook} makes it, and waits for its preview. */
async function mapLedger(page: Page, { key, activity }: Partner, stated = ''): Promise<void> {
	// A ledger of a single row is too short for its days to be told.
	await page.getByRole('combobox', { name: /Booking date/ }).selectOption('date');
	await page.locator('#constant-reporter').fill(key);
	await page.locator('#constant-activity').fill(activity);
	await page.locator('#constant-kind').selectOption('4');
	await page
		.locator('#translations')
		.fill('heading: 1.1 Salaries = staff\nheading: 3.2 Air tickets = travel');
	await page.locator('#stated').fill(stated);
	await page.locator('button.primary').click();
	await page.waitForURL(/import=/);
	await settle(page);
}

/** A partner with its activity in the books, and a page of who may write. */
async function aKnownPartner(code: string): Promise<{ partner: Partner; page: Page }> {
	const partner = aPartner(code);
	const page = await pages.openAsWriter('/sources');
	await pages.post(page, `${code}.xml`, activityFile(partner));
	return { partner, page };
}

test("J3: a partner's quarter is handed in, mapped, corrected and posted, by keyboard", async () => {
	const { partner, page: first } = await aKnownPartner('QUARTER');
	const spent = 'portfolio=all&measure=expenditure';
	const before = await pages.countRows(spent);
	await first.context().clearCookies();

	// The token, the file.
	const page = await pages.open('/sources');
	await press(page, page.getByText('Hand in a file'));
	await write(page, page.getByLabel('Token'), TOKEN);
	await page.keyboard.press('Enter');
	await page.locator('input[type=file]').waitFor();
	const wrong = LEDGER_ROWS.map((row, index) => (index === 2 ? { ...row, date: '31/02/2017' } : row));
	await chooseFile(page, page.locator('input[type=file]'), 'ledger Q1.xlsx', ledgerWorkbook(wrong));
	await press(page, page.getByRole('button', { name: 'Hand in' }));
	await page.waitForURL(/\/mapping$/);

	// The layout is guessed: title rows, headings in row 4, decimal commas, days first, payees masked.
	const use = (name: RegExp) => page.getByRole('combobox', { name });
	expect(await use(/A\s+Booking date/).inputValue()).toBe('date');
	expect(await use(/C\s+Payee/).inputValue()).toBe('masked');
	expect(await use(/F\s+Debit/).inputValue()).toBe('debit');
	expect(await page.locator('#numberStyle').inputValue()).toBe('comma point');
	expect(await page.locator('#dateOrder').inputValue()).toBe('dmy');
	expect(await page.content()).not.toContain(PAYEE);
	await press(page, page.getByRole('button', { name: 'Read and preview' }));
	await page.getByRole('alert').waitFor();
	await press(page, page.getByRole('link', { name: /Reporting organisation is needed/ }));
	await write(page, page.locator('#constant-reporter'), partner.key);
	await write(page, page.locator('#constant-activity'), partner.activity);
	await write(page, page.locator('#constant-kind'), 'Expenditure');
	await write(page, page.locator('#translations'), 'heading: 1.1 Salaries = staff');
	await page.keyboard.press('Enter');
	await page.keyboard.type('heading: 3.2 Air tickets = travel');
	await press(page, page.getByRole('button', { name: 'Read and preview' }));
	await page.waitForURL(/import=\d+$/);
	await settle(page);

	// (b) The bad row by sheet, row and column, with rule and severity; the others as they are.
	expect(await stateOf(page)).toBe('Preview.');
	const findings = await textsOf(page, /Findings, in the order/);
	expect(findings[0]).toEqual([
		'Error',
		'not-a-date',
		'sheet GL extract, row 7, column A',
		'31/02/2017',
		'row not read'
	]);
	await press(page, page.getByRole('link', { name: 'sheet GL extract, row 7, column A' }));
	await page.waitForURL(/sheet=GL%20extract&row=7/);
	const row = await page.locator('main').innerText();
	expect(row).toContain('31/02/2017');
	expect(row).toContain('masked: never shown');
	expect(await page.content()).not.toContain(PAYEE);

	// The partner sends the corrected file; its layout is remembered.
	await page.goto('/sources');
	await chooseFile(page, page.locator('input[type=file]'), 'ledger Q1 corrected.xlsx', ledgerWorkbook());
	await press(page, page.getByRole('button', { name: 'Hand in' }));
	await page.waitForURL(/\/mapping$/);
	await write(page, page.locator('#recall-reporter'), partner.key);
	await press(page, page.getByRole('button', { name: 'Look again' }));
	await page.waitForURL(/reporter=/);
	expect(await page.locator('#constant-activity').inputValue()).toBe(partner.activity);
	await write(page, page.locator('#stated'), '2017-01 = 1.934,56');
	for (const line of ['2017-02 = 1.150,00', 'staff = 2.734,56', 'travel = 500,00', '3.334,56']) {
		await page.keyboard.press('Enter');
		await page.keyboard.type(line);
	}
	await press(page, page.getByRole('button', { name: 'Read and preview' }));
	await page.waitForURL(/import=\d+$/);
	await settle(page);

	// (e) By month and by heading, beside what the partner states. One of the totals is not what the rows say.
	expect(await textsOf(page, 'By month')).toEqual([
		['January 2017', 'Expenditure', 'EUR', '2', 'EUR 1 934.56'],
		['February 2017', 'Expenditure', 'EUR', '2', 'EUR 1 150.00'],
		['March 2017', 'Expenditure', 'EUR', '1', 'EUR 250.00']
	]);
	const stated = await textsOf(page, /Totals that the partner states/);
	expect(stated.slice(0, 5)).toEqual([
		['January 2017', 'EUR 1 934.56', 'EUR 1 934.56', 'none'],
		['February 2017', 'EUR 1 150.00', 'EUR 1 150.00', 'none'],
		['Staff and other personnel', 'EUR 2 734.56', 'EUR 2 734.56', 'none'],
		['Travel', 'EUR 500.00', 'EUR 600.00', 'EUR 100.00'],
		['all rows', 'EUR 3 334.56', 'EUR 3 334.56', 'none']
	]);

	// (a) Nothing is in the books before it is accepted.
	expect(await pages.countRows(spent)).toBe(before);
	await press(page, page.getByRole('link', { name: 'Accept or reject' }));
	await write(page, page.getByLabel('Explanation'), 'first quarter');
	await press(page, page.getByRole('button', { name: 'Accept and post' }));
	await untilPosted(page);
	expect(await pages.countRows(spent)).toBe(before + LEDGER_ROWS.length);
	expect(listTroubles(page)).toEqual([
		'console: Failed to load resource: the server responded with a status of 400 (Bad Request)'
	]);
}, 120_000);

describe('a file that comes again', () => {
	test('the same bytes are not read twice: the first import is shown, and said to be it', async () => {
		const { partner, page } = await aKnownPartner('TWICE');
		const address = page.url();
		await pages.send(page, 'again.xml', activityFile(partner));
		await page.waitForURL(/#identical$/);
		expect(page.url()).toBe(`${address}#identical`);
		const notice = page.locator('#identical');
		expect(await notice.innerText()).toContain('This file is here already');
		expect(await notice.getByRole('link').getAttribute('href')).toBe(address.slice(pages.address.length));
		// Who comes without having handed it in is not told so.
		await page.goto(address);
		expect(await page.locator('#identical').isVisible()).toBe(false);
	});

	test(
		'a workbook that was mapped is known again, too, and so is one handed in without a script',
		{ tags: 'nightly' },
		async () => {
			const { partner, page } = await aKnownPartner('TWICE2');
			await pages.handIn(page, 'ledger.xlsx', ledgerWorkbook([{ ...LEDGER_ROWS[0]!, voucher: 'TWICE2' }]));
			await mapLedger(page, partner);
			const address = page.url();
			const other = await pages.openAsWriter('/sources', { javaScriptEnabled: false });
			const again = ledgerWorkbook([{ ...LEDGER_ROWS[0]!, voucher: 'TWICE2' }]);
			await pages.send(other, 'other name.xlsx', again);
			expect(other.url()).toBe(`${address}#identical`);
			expect(await other.locator('#identical').isVisible()).toBe(true);
		}
	);

	test('a changed row shows before and after, each with its place', async () => {
		const { partner, page } = await aKnownPartner('CHANGED');
		const rows = LEDGER_ROWS.map((row) => ({ ...row, voucher: `CHANGED-${row.voucher}` }));
		await pages.handIn(page, 'ledger.xlsx', ledgerWorkbook(rows));
		await mapLedger(page, partner);
		await page.locator('#decide button.primary').click();
		await untilPosted(page);
		const changed = rows.map((row, index) => (index === 1 ? { ...row, debit: '750,00' } : row));
		await pages.handIn(page, 'ledger again.xlsx', ledgerWorkbook(changed, { debit: '3.484,56' }));
		await mapLedger(page, partner);
		const counts = await textsOf(page, 'The file against the books');
		expect(counts[1]).toEqual(['Entries', '0', '1', '0', '0', '4']);
		const change = rowsOf(page, /Entries of the books that would change/).first();
		const text = plain(await change.innerText());
		expect(text).toMatch(/changed[^]*EUR 700\.00[^]*EUR 750\.00[^]*GL extract, row 6/);
		const links = change.getByRole('link');
		expect(await links.nth(0).getAttribute('href')).toMatch(/^\/transactions\/\d+-\d+#source$/);
		expect(await links.nth(1).getAttribute('href')).toMatch(/\?sheet=GL%20extract&row=6#row-6$/);
		await links.nth(0).click();
		expect(plain(await page.locator('main').innerText())).toContain('EUR 700.00');
	});
});

describe('handing in', () => {
	test('with a script a file is streamed, past the limit for forms', async () => {
		const partner = aPartner('STREAM');
		const filler = '<!-- nothing -->\n'.repeat(60_000);
		const text = activityFile(partner)
			.toString()
			.replace('</iati-activities>', `${filler}</iati-activities>`);
		const page = await pages.openAsWriter('/sources');
		const sent: string[] = [];
		page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
		await pages.handIn(page, 'large.xml', Buffer.from(text));
		expect(sent).toContain('PUT /sources/upload');
		expect(sent.filter((request) => request.startsWith('POST'))).toEqual([]);
		expect(await stateOf(page)).toBe('Preview.');
		expect(listTroubles(page)).toEqual([]);
	});

	test('without one a small file goes by the form, and a large one is told where to go', async () => {
		const page = await pages.openAsWriter('/sources', { javaScriptEnabled: false });
		await pages.send(page, 'small.xml', activityFile(aPartner('PLAIN')));
		await expect.poll(async () => (await page.reload(), stateOf(page)), { timeout: 30_000 }).toBe('Preview.');
		await pages.send(page, 'large.xml', Buffer.alloc(700_000, '<!-- nothing -->\n'));
		expect(await page.locator('main').innerText()).toMatch(/larger than a form may be/);
	});

	test('a wrong token opens nothing', async () => {
		const page = await pages.open('/sources');
		await page.getByText('Hand in a file').click();
		await page.getByLabel('Token').fill('not the token at all');
		await page.keyboard.press('Enter');
		expect(await page.getByRole('alert').innerText()).toContain('That is not the token');
		expect(await page.locator('input[type=file]').count()).toBe(0);
	});

	test('a hostile file ends rejected, its reason on the page, in both languages', async () => {
		const page = await pages.openAsWriter('/sources');
		const path = await pages.handIn(page, 'hostile.xml', hostileFile(aPartner('HOSTILE')));
		expect(await stateOf(page)).toBe('Rejected.');
		const findings = await textsOf(page, /Findings, in the order/);
		expect(findings).toHaveLength(1);
		expect(findings[0]!.join(' ')).toMatch(/^Critical xml\.doctype line 2.* DOCTYPE.* file not read$/);
		expect(await page.locator('#decide').count()).toBe(0);
		await page.goto(`/fr${path}`);
		expect(await stateOf(page)).toBe('Rejeté.');
		expect(await page.locator('main').innerText()).toMatch(
			/Critique\s+xml\.doctype\s+ligne 2[^]*fichier non lu/
		);
	});

	test(
		'long work is shown with its progress, also when the page is loaded again, and can be cancelled',
		{ tags: 'nightly' },
		async () => {
			const { partner, page } = await aKnownPartner('LONG');
			await pages.send(page, 'long.csv', Buffer.from(reporterOf(partner.key).text(200_000)));
			await page.waitForURL(/import=\d+$/);
			for (const load of ['first', 'again']) {
				const told = page.locator('.work');
				await expect
					.poll(() => told.innerText(), { timeout: 30_000, interval: 50 })
					.toMatch(/(Reading and checking|Comparing with the books)[^]* %, [\d\u202f]+ records/);
				if (load === 'first') await page.reload();
			}
			await page.getByRole('button', { name: 'Cancel' }).click();
			await expect.poll(() => stateOf(page), { timeout: 30_000 }).toBe('Cancelled.');
			expect(await page.locator('#decide').count()).toBe(0);
			expect(listTroubles(page)).toEqual([]);
		}
	);

	test('what waits is loaded anew once, however slow the answers are', { tags: 'nightly' }, async () => {
		const { partner, page } = await aKnownPartner('ONCE');
		const slow = async (route: Route) => {
			await setTimeout(2500);
			await route.continue();
		};
		await page.route(/\/sources\/imports\//, slow);
		await pages.send(page, 'once.csv', Buffer.from(reporterOf(partner.key).text(50_000)));
		await page.waitForURL(/import=\d+$/);
		await page.locator('[data-watch-import]').waitFor();
		let loads = 0;
		page.on('request', (request) => {
			if (request.isNavigationRequest()) loads += 1;
		});
		await page.route(/\/sources\/[0-9a-f]{64}/, slow);
		await settle(page);
		expect(await stateOf(page)).toBe('Preview.');
		expect(loads).toBe(1);
	});

	test('a rejection keeps its reason', async () => {
		const page = await pages.openAsWriter('/sources');
		await pages.handIn(page, 'unwanted.xml', activityFile(aPartner('UNWANTED')));
		await page.getByLabel('Reason for rejecting it').fill('sent to us by mistake');
		await page.getByRole('button', { name: 'Reject' }).click();
		expect(await stateOf(page)).toBe('Rejected.');
		expect(await page.locator('main').innerText()).toMatch(/Reason given\s+sent to us by mistake/);
	});
});

describe('a private file', () => {
	test('is not there for who may not write, in any of its addresses, and its original is for who may', async () => {
		const { partner, page } = await aKnownPartner('PRIVATE');
		const url = new URL(page.url());
		const under = (path: string, query = true) =>
			`${url.origin}${url.pathname}${path}${query ? url.search : ''}`;
		const addresses = [
			under(''),
			under('', false),
			under('/entries'),
			under('/findings.csv'),
			under('/original', false),
			under('/mapping', false),
			under('/undo')
		];
		for (const address of addresses) {
			const response = await fetch(address);
			expect([address, response.status]).toEqual([address, 404]);
			expect(await response.text()).not.toContain(partner.key);
			expect((await page.request.get(address)).status(), address).toBe(200);
		}
		const original = await page.request.get(under('/original', false));
		expect((await original.body()).equals(activityFile(partner))).toBe(true);
		expect(original.headers()['cache-control']).toContain('no-store');
		expect(await (await fetch(`${url.origin}/sources`)).text()).not.toContain('PRIVATE.xml');

		await page.goto(under(''));
		await page.getByRole('button', { name: 'Release to the public' }).click();
		await page.getByRole('button', { name: 'Make private' }).waitFor();
		for (const address of addresses) {
			const status = /\/(mapping|undo)/.test(address) ? 403 : 200;
			expect([address, (await fetch(address)).status]).toEqual([address, status]);
		}
		const kept = await fetch(under('/original', false));
		expect(kept.headers.get('cache-control') ?? '').not.toContain('no-store');
	});

	test('takes no form from who may not write', async () => {
		for (const action of ['?/accept', '?/reject', '?/cancel', '?/release', '/mapping?/read', '/undo?/undo']) {
			const response = await fetch(`${pages.address}/sources/${'0'.repeat(64)}${action}`, {
				method: 'POST',
				headers: { origin: pages.address, 'content-type': 'application/x-www-form-urlencoded' },
				body: 'import=1',
				redirect: 'manual'
			});
			expect([action, response.status]).toEqual([action, 403]);
		}
	});

	test('its findings are a table that no program takes for formulas', { tags: 'nightly' }, async () => {
		const { partner, page } = await aKnownPartner('FINDINGS');
		const rows = [{ ...LEDGER_ROWS[0]!, voucher: 'FINDINGS', date: '=1+1' }];
		await pages.handIn(page, 'ledger.xlsx', ledgerWorkbook(rows));
		await mapLedger(page, partner);
		const csv = await page.request.get((await page.getByText('Download all findings').getAttribute('href'))!);
		const text = await csv.text();
		expect(text).toContain("'=1+1");
		expect(text).not.toContain(PAYEE);
		expect(readCsvFile(text).find(({ rule }) => rule === 'not-a-date')).toMatchObject({
			severity: 'error',
			place: 'ledger.xlsx sheet GL extract row 5 column A',
			read: '=1+1'
		});
	});
});

describe('after posting', () => {
	test('a posting is undone from its file, which says so', async () => {
		const { partner, page } = await aKnownPartner('UNDONE');
		const query = 'portfolio=all&measure=disbursement';
		await page.getByRole('link', { name: 'Undo this posting' }).click();
		expect(plain(await page.locator('main').innerText())).toMatch(
			/Entries: 1 withdrawn.*Disbursement EUR EUR 1 000\.00 none/
		);
		const before = await pages.countRows(query);
		await page.getByLabel('Why it is undone').fill('the wrong file');
		await page.getByRole('button', { name: 'Undo' }).click();
		await page.waitForURL(/import=\d+$/);
		expect(await page.locator('main').innerText()).toMatch(/Posting no\. \d+ has undone it\./);
		expect(await page.getByRole('link', { name: 'Undo this posting' }).count()).toBe(0);
		expect(await pages.countRows(query)).toBe(before - 1);
		// It may come again: it is in the books no more.
		await pages.handIn(page, 'again.xml', activityFile(partner));
		expect(await stateOf(page)).toBe('Preview.');
	});

	test(
		'an activity joins another project and leaves it again; public pages stay ones that caches keep',
		{ tags: 'nightly' },
		async () => {
			const { partner, page } = await aKnownPartner('JOINED');
			const found = await fetch(`${pages.address}/activities?portfolio=all&q=${partner.activity}`);
			const id = /\/activities\/(\d+)/.exec(await found.text())?.[1];
			expect(id).toBeDefined();
			const open = await fetch(`${pages.address}/activities/${id}`);
			expect(open.headers.get('cache-control') ?? '').not.toContain('no-store');
			expect(await open.text()).not.toContain('Move to another project');
			expect((await fetch(`${pages.address}/activities/${id}/project`)).status).toBe(403);

			await page.goto(`/activities/${id}`);
			await page.getByRole('link', { name: 'Move to another project' }).click();
			await page.getByLabel('Project', { exact: true }).selectOption('TRACK4TIP');
			await page.locator('#join-reason').fill('one project, two publishers');
			await page.getByRole('button', { name: 'Join' }).click();
			await page.waitForURL(new RegExp(`/activities/${id}$`));
			expect(await page.locator('main a[href="/projects/TRACK4TIP"]').count()).toBeGreaterThan(0);
			await page.getByRole('link', { name: 'Move to another project' }).click();
			await page.locator('#leave-reason').fill('it is not');
			await page.getByRole('button', { name: 'Undo the joining' }).click();
			await page.waitForURL(new RegExp(`/activities/${id}$`));
			expect(await page.locator('main a[href="/projects/TRACK4TIP"]').count()).toBe(0);
		}
	);

	test('each sum of a preview and of a posted file opens to the entries that add up to it', async () => {
		const { partner, page } = await aKnownPartner('SUMS');
		await pages.handIn(
			page,
			'ledger.xlsx',
			ledgerWorkbook(LEDGER_ROWS.map((row) => ({ ...row, voucher: `SUMS-${row.voucher}` })))
		);
		await mapLedger(page, partner);
		const address = page.url();
		for (const state of ['Preview.', 'Posted.']) {
			expect(await stateOf(page)).toBe(state);
			const figures = await rowsOf(page, /By (month|heading)/)
				.locator('td.numeric a')
				.evaluateAll((links) =>
					links.map((link) => [link.textContent!, link.getAttribute('href')!] as const)
				);
			expect(figures).toHaveLength(5);
			for (const [text, href] of figures) {
				await page.goto(href);
				const cents = (
					await rowsOf(page, /Entries of/)
						.locator('td.numeric')
						.allInnerTexts()
				).map(centsOf);
				expect([href, cents.reduce((sum, part) => sum + part, 0n)]).toEqual([href, centsOf(text)]);
			}
			await page.goto(address);
			if (state === 'Posted.') break;
			await page.locator('#decide button.primary').click();
			await untilPosted(page);
		}
	});
});

/** "EUR −1 250.00" -> -125000n. */
function centsOf(text: string): bigint {
	return BigInt(text.replaceAll('\u2212', '-').replace(/[^\d-]/g, ''));
}

describe('for everyone', () => {
	test(
		'every state of these pages is clean to axe, in both languages, and as narrow as a phone',
		{ tags: 'nightly', timeout: 180_000 },
		async () => {
			const { partner, page } = await aKnownPartner('EVERYONE');
			const posted = page.url().slice(pages.address.length);
			const rejected = await pages.handIn(page, 'hostile.xml', hostileFile(aPartner('EVERYONE-H')));
			const rows = LEDGER_ROWS.map((row, index) => ({
				...row,
				voucher: `EVERYONE-${row.voucher}`,
				...(index === 2 ? { date: '31/02/2017' } : {})
			}));
			const mapping = await pages.handIn(page, 'ledger.xlsx', ledgerWorkbook(rows));
			await mapLedger(page, partner, '2017-01 = 1');
			const preview = page.url().slice(pages.address.length);
			const [file, query] = preview.split('?');
			const [postedFile, postedQuery] = posted.split('?');
			const paths = [
				'/sources',
				posted,
				`${posted}#identical`,
				`${postedFile}?line=3`,
				`${postedFile}/entries?${postedQuery}`,
				`${postedFile}/undo?${postedQuery}`,
				rejected,
				mapping,
				`${mapping}?reporter=${encodeURIComponent(partner.key)}`,
				preview,
				`${preview}&severity=error`,
				`${file}?sheet=GL+extract&row=7`,
				`${file}/entries?${query}`
			];
			for (const path of ['', '/fr', '/ar'].flatMap((prefix) => paths.map((path) => prefix + path))) {
				await page.setViewportSize({ width: 1280, height: 800 });
				await page.goto(path);
				expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
				expect(await seriousOn(page), path).toEqual([]);
				await page.setViewportSize({ width: 320, height: 640 });
				const width = await page.evaluate('document.documentElement.scrollWidth');
				expect([path, width]).toEqual([path, 320]);
				const text = await page.locator('main').innerText();
				expect(text).not.toMatch(/undefined|\[object|\{[a-z]+\}/);
			}
			expect(listTroubles(page)).toEqual([]);
		}
	);

	test('an address reproduces the page in another window with the same right', async () => {
		const { page } = await aKnownPartner('WINDOW');
		const text = await page.locator('main').innerText();
		const other = await pages.openAsWriter(page.url().slice(pages.address.length));
		expect(await other.locator('main').innerText()).toBe(text);
	});

	test('from a figure to its line in the source in at most five key presses', async () => {
		const { page } = await aKnownPartner('PRESSES');
		for (const [figure, proof, presses] of [
			['a[href*="/proof?"]', /\/proof\?.*#rows$/, 5],
			['tbody td.numeric a[href*="/transactions/"]', /#source$/, 3]
		] as const) {
			await page.goto('/transactions?portfolio=all&measure=disbursement');
			await page.locator(`main ${figure}`).first().focus();
			await page.keyboard.press('Enter');
			await page.waitForURL(proof);
			for (let tabs = 2; tabs < presses; tabs++) await page.keyboard.press('Tab');
			await page.keyboard.press('Enter');
			await page.waitForURL(/\/sources\/[0-9a-f]{64}\?line=\d+.*#line-\d+$/);
			expect(await page.locator('li.asked').innerText()).toContain('<transaction');
		}
	});
});
