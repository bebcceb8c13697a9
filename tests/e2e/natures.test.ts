import { describe, expect, test } from 'vitest';
import { PAGES, tagsOf } from './addresses.ts';
import { ask, openPage } from '../support/page.ts';

const read = async (path: string) => {
	const { status, text } = await ask(path);
	expect(status, path).toBe(200);
	return text;
};
const EXPLAINING = ['/about', '/data-dictionary', '/api'];
const PLAIN = PAGES.filter((path) => !path.includes('nature=') && !path.includes('demonstration='));

describe('published and demonstration never mix', () => {
	describe.each(PLAIN)('%s', (path) => {
		test('every invented figure stands in a marked block and says so', { tags: tagsOf(path) }, async () => {
			const page = await openPage(path);
			const unmarked = await page
				.locator('main a[href*="nature=demonstration"][href*="/proof?"]')
				.evaluateAll((links) =>
					links
						.filter(
							(link) => !link.closest('[data-nosnippet]') || !/demonstration/i.test(link.textContent ?? '')
						)
						.map((link) => link.outerHTML)
				);
			expect(unmarked).toEqual([]);
			const outside = await page.evaluate(() => {
				const copy = document.querySelector('main')!.cloneNode(true) as HTMLElement;
				for (const block of copy.querySelectorAll('.demonstration, section[data-nosnippet]')) block.remove();
				return [...copy.querySelectorAll('a[href*="/proof?"][href*="nature=demonstration"]')].length;
			});
			expect(outside).toBe(0);
		});

		test('switched off, nothing invented is left', async () => {
			const html = await read(`${path}${path.includes('?') ? '&' : '?'}demonstration=off`);
			expect(html).not.toContain('nature=demonstration');
			expect(html).not.toMatch(/Demonstration voucher/);
			// The word stands only in the switch that shows it again, and where words are explained.
			const main = html.slice(html.indexOf('<main'), html.indexOf('</main>')).replace(/<[^>]*>/g, ' ');
			if (!EXPLAINING.includes(path)) expect(main).not.toMatch(/DEMONSTRATION|invented/);
			// It stays off wherever the visitor goes from here; only the switch itself turns it on again.
			const lost = [...html.matchAll(/<a\b[^>]*\shref="(\/[^"]*)"[^>]*>([^]*?)<\/a>/g)].filter(
				([, href, text]) =>
					// A reference, a feed and what programs ask have one address for everyone.
					!/demonstration=off|^\/geo\/|^\/c\/|^\/changes\.atom$|^\/api\/v1\//.test(href!) &&
					!text!.includes('Show the demonstration')
			);
			expect(lost.map(([, href]) => href)).toEqual([]);
		});
	});

	test('switched off, its addresses are not found', async () => {
		const { status } = await ask('/transactions?nature=demonstration&demonstration=off');
		expect(status).toBe(404);
	});

	test('an address without a nature speaks of published data, and says that there is none', async () => {
		const page = await openPage('/transactions');
		const text = await page.locator('main').innerText();
		expect(text).toContain('No spending has been published for GLO.ACT');
		expect(text).not.toMatch(/EUR 0/);
	});

	test('no title, description or preview holds an invented amount', async () => {
		for (const path of [...PAGES]) {
			const html = await read(path);
			const head = html.slice(0, html.indexOf('</head>'));
			for (const [, content] of head.matchAll(/<(?:title|meta)[^>]*?(?:content="([^"]*)"|>)/g)) {
				expect(content ?? '').not.toMatch(/10[\s.,\u202f]?6\d\d|EUR \d+.*demonstration/i);
			}
		}
	});
});

describe('as of a day', () => {
	test('the simulated history of a day differs from today, says so and stays', async () => {
		const proof = '/proof?nature=demonstration';
		const today = await read(proof);
		const then = await read(`${proof}&asof=2017-06-30`);
		const amountOf = (html: string) =>
			/EUR\s[\d\u202f.]+/.exec(html.replace(/<[^>]+>|&nbsp;/g, ' ').replace(/\u00a0/g, ' '))?.[0];
		expect(amountOf(then)).not.toBe(amountOf(today));
		expect(await read(`${proof}&asof=2017-06-30`)).toBe(then);
		const page = await openPage('/?asof=2017-06-30');
		expect(await page.locator('main').innerText()).toMatch(/[Ss]imulated history/);
	});

	test('published facts before the first load are shown as loaded, amounts are not', async () => {
		const page = await openPage('/?asof=2017-06-30&demonstration=off');
		const text = await page.locator('main').innerText();
		expect(text).toMatch(/not loaded here before/);
	});
});
