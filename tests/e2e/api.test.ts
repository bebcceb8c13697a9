import { describe, expect, test } from 'vitest';
import { ask, listTroubles, openPage } from '../support/page.ts';

describe('the addresses for programs', () => {
	test('are explained with examples that are answered', async () => {
		const page = await openPage('/api', { javaScriptEnabled: false });
		const examples = await page
			.locator('main a[href^="/api/v1/"]')
			.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
		expect(examples.length).toBeGreaterThan(15);
		for (const address of examples) {
			const { status, headers, text } = await ask(address);
			expect(status, address).toBe(200);
			expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
			expect(() => JSON.parse(text) as unknown).not.toThrow();
		}
		expect(listTroubles(page)).toEqual([]);
	});

	test('answer in the language of the address', async () => {
		const wordsOf = async (address: string) =>
			(JSON.parse((await ask(address)).text) as { slice: { words: string } }).slice.words;
		const [english, french] = [await wordsOf('/api/v1/totals'), await wordsOf('/fr/api/v1/totals')];
		expect(english).not.toBe(french);
		const refused = await ask('/fr/api/v1/totals?country=mali');
		expect(refused.text).toContain('deux capitales');
	});

	test.each(['identity', 'br'])('are answered 304 to who has the answer [%s]', async (encoding) => {
		for (const address of ['/api/v1/totals', '/api/v1/sources', '/api/v1/openapi.json']) {
			const headers = { 'accept-encoding': encoding };
			const first = await ask(address, { headers });
			const etag = first.headers.get('etag')!;
			const again = await ask(address, { headers: { ...headers, 'if-none-match': etag } });
			expect([again.status, again.text], address).toEqual([304, '']);
			expect(again.headers.get('access-control-allow-origin')).toBe('*');
		}
		expect((await ask('/api/v1/totals')).headers.get('etag')).toMatch(/^"v\d+\.\d+-/);
	});

	test('may be read by any site, written by none, and refuse in one shape', async () => {
		const headers = { origin: 'https://elsewhere.example' };
		const preflight = await ask('/api/v1/rows', { method: 'OPTIONS', headers });
		expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
		for (const [address, init, status] of [
			['/api/v1/totals', { method: 'PUT', headers }, 405],
			['/api/v1/nowhere', { headers }, 404],
			['/api/v1/rows?limit=x', { headers }, 400]
		] as const) {
			const refused = await ask(address, init);
			expect(refused.status, address).toBe(status);
			expect(Object.keys((JSON.parse(refused.text) as { error: object }).error)).toContain('what_to_do');
			expect(refused.headers.get('access-control-allow-origin')).toBe('*');
		}
	});
});

describe('the data dictionary', () => {
	test('can be read without script, and its file opens', async () => {
		const page = await openPage('/data-dictionary', { javaScriptEnabled: false });
		const ledger = page.locator('details#table-ledger_entry');
		await ledger.locator('summary').click();
		expect(await ledger.locator('tbody tr').count()).toBeGreaterThan(40);
		const { status, text } = await ask('/data-dictionary.csv');
		expect(status).toBe(200);
		expect(text).toContain('amount_in_slice');
	});

	test('is reached from the foot of every page, and so are the addresses for programs', async () => {
		const page = await openPage('/countries');
		for (const address of ['/api', '/data-dictionary'])
			expect(await page.locator(`footer a[href="${address}"]`).count(), address).toBe(1);
		expect(listTroubles(page)).toEqual([]);
	});
});
