import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Application } from '../support/application.ts';
import { IntakePages, postByProgram, startOwnApplication } from '../support/intake-pages.ts';
import { listTroubles } from '../support/page.ts';
import { plain } from '../support/shown.ts';
import { MARK, STORED_TEXTS, storedTextsFile } from '../support/stored-texts.ts';

let application: Application;
let pages: IntakePages;
/** Where the file that holds the texts is looked at. */
let source: string;

beforeAll(async () => {
	application = await startOwnApplication();
	pages = new IntakePages(application);
	source = await postByProgram(application.address, 'zqstored "> texts.xml', storedTextsFile());
});
afterAll(() => application.stop());

/** Pages from which all others that show a stored text are a link or two away. */
const STARTS = [
	'/?portfolio=all',
	'/projects?portfolio=all',
	'/countries/ML?portfolio=all',
	'/activities?portfolio=all&q=zqstored',
	'/fr/activities?portfolio=all&q=zqstored',
	'/transactions?portfolio=all',
	'/transactions?portfolio=all&measure=received&country=ML,NE',
	'/transactions?portfolio=all&group=activity&columns=activity,project,reporter,voucher,source',
	'/transactions?portfolio=all&group=provider',
	'/proof?portfolio=all',
	'/proof?portfolio=all&country=ML,NE&from=2017-01-01&to=2017-12-31',
	'/sources',
	...Object.keys(STORED_TEXTS).map((name) => `/organisations/XM-STORED-${name}-1?portfolio=all`)
];
/** One page of each kind for each text is enough: addresses of one kind lead to the same page with other data. */
const MOST_OF_A_KIND = 4;

const kindOf = (path: string) =>
	path
		.replace(/^\/fr/, '')
		.replace(/[?#].*/, '')
		.replace(/\/[^/]*\d[^/]*/g, '/*')
		.replace(/^\/projects\/[^/]+/, '/projects/*');

test(
	'stored texts are shown as text on every page, and break none at 320 px',
	{ tags: 'nightly', timeout: 300_000 },
	async () => {
		// A file is its sender's until it is released: who may write sees it too.
		const page = await pages.openAsWriter('/about', { viewport: { width: 320, height: 800 } });
		page.on('dialog', (dialog) => {
			dialogs.push(dialog.message());
			void dialog.dismiss();
		});
		const dialogs: string[] = [];
		await page.context().addInitScript(() => {
			document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
				console.error(`refused by policy: ${violatedDirective} ${blockedURI}`);
			});
		});
		const waiting = [...STARTS, source];
		const seen = new Set(waiting);
		const kinds = new Map<string, number>();
		const shown = new Set<string>();
		for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
			const response = await page.goto(path);
			expect(response!.status(), path).toBe(200);
			const found = await look(page);
			expect(found, path).toMatchObject({ ran: false, foreign: [], overflow: [] });
			expect(listTroubles(page), path).toEqual([]);
			if (!found.text.includes(MARK)) continue;
			shown.add(kindOf(path));
			for (const link of found.links) {
				const kind = kindOf(link);
				const count = kinds.get(kind) ?? 0;
				if (
					seen.has(link) ||
					count >= MOST_OF_A_KIND ||
					/\.(csv|xlsx|json|xml|svg|png|pdf)\b|\/original/.test(link)
				)
					continue;
				seen.add(link);
				kinds.set(kind, count + 1);
				waiting.push(link);
			}
		}
		expect(dialogs).toEqual([]);
		for (const kind of [
			'/activities',
			'/activities/*',
			'/organisations/*',
			'/projects',
			'/transactions',
			'/transactions/*',
			'/sources/*'
		])
			expect([...shown], kind).toContain(kind);
	}
);

test('each stored text stands whole on the page of its activity, with its own direction', async () => {
	for (const [name, text] of Object.entries(STORED_TEXTS)) {
		const page = await pages.open(`/activities/XM-STORED-${name}`, { javaScriptEnabled: false });
		// An identifier leads to the number that the activity goes by here.
		expect(new URL(page.url()).pathname).toMatch(/^\/activities\/\d+$/);
		const heading = page.locator('h1');
		expect(plain(await heading.innerText())).toBe(plain(text));
		expect(await heading.locator('bdi, [dir=auto]').count()).toBeGreaterThan(0);
		await page.context().close();
	}
});

test('an identifier that an activity had before leads to it, with the rest of the address', async () => {
	const page = await pages.open('/fr/activities/XM-EARLIER-emoji?demonstration=off');
	expect(plain(await page.locator('h1').innerText())).toBe(plain(STORED_TEXTS.emoji));
	expect(new URL(page.url()).pathname).toMatch(/^\/fr\/activities\/\d+$/);
	expect(new URL(page.url()).search).toBe('?demonstration=off');
	await page.goto('/organisations/XM-STORED-emoji-2');
	expect(new URL(page.url()).pathname).toMatch(/^\/organisations\/\d+$/);
	expect((await page.request.get('/activities/XM-NOBODY')).status()).toBe(404);
	expect((await page.request.get('/organisations/XM-NOBODY')).status()).toBe(404);
});

/** What a page does with the texts: whether any ran, what elements it made of them, what is wider than the window. */
async function look(page: Page) {
	return page.evaluate(() => {
		const own = (node: Element) =>
			new URL(node.getAttribute('src') ?? '', location.href).origin === location.origin;
		const foreign = [
			...document.querySelectorAll('script, img, iframe, object, embed, [onload], [onerror], [onfocus]')
		]
			.filter((node) => !(node.tagName === 'SCRIPT' && node.hasAttribute('src') && own(node)))
			.map((node) => node.outerHTML.slice(0, 200));
		const width = document.documentElement.clientWidth;
		const overflow =
			document.documentElement.scrollWidth <= width
				? []
				: [...document.querySelectorAll('body *')]
						.filter((node) => node.getBoundingClientRect().right > width + 1)
						.slice(0, 5)
						.map((node) => `${node.tagName} ${node.className} ${(node.textContent ?? '').slice(0, 60)}`);
		return {
			ran: 'ran' in window,
			foreign,
			overflow,
			text: document.body.innerText,
			links: [...document.querySelectorAll<HTMLAnchorElement>('main a[href^="/"]')].map(
				(link) => link.getAttribute('href')!.split('#')[0]!
			)
		};
	});
}
