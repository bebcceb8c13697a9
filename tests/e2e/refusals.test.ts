import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask } from '../support/page.ts';

describe('what cannot be answered', () => {
	test.each([
		'/countries/QQ',
		'/projects/NOTHING',
		'/activities/99999999',
		'/organisations/99999999',
		'/transactions/1-99999999',
		'/nowhere'
	])('%s is a page not found, in the language of the address, with a way back', async (path) => {
		const english = await ask(path);
		const french = await ask(`/fr${path}`);
		const arabic = await ask(`/ar${path}`);
		expect([english.status, french.status, arabic.status]).toEqual([404, 404, 404]);
		expect(english.text).toContain('lang="en"');
		expect(french.text).toContain('lang="fr"');
		expect(french.text).toContain('href="/fr"');
		expect(arabic.text).toContain('lang="ar" dir="rtl"');
		expect(arabic.text).toContain('href="/ar"');
		expect(english.text).toContain('href="/"');
		// The number to quote is that of this very answer.
		for (const { headers, text } of [english, french, arabic]) {
			expect(headers.get('x-request-id')).toMatch(/./);
			expect(text).toContain(headers.get('x-request-id'));
		}
	});

	test.each([
		['asof', '2017-02-30'],
		['asof', 'yesterday'],
		['country', 'mali'],
		['measure', 'profit'],
		['nature', 'both'],
		['from', '2017'],
		['currency', 'GBP'],
		['colour', 'red'],
		['after', '%00'],
		['counting', 'all'],
		['__proto__', 'x'],
		['constructor', 'x']
	])('%s=%s is refused by name', async (parameter, value) => {
		const { status, text } = await ask(`/transactions?${parameter}=${value}`);
		expect(status).toBe(400);
		expect(text).toContain(parameter);
	});

	test('a span that ends before it begins is refused', async () => {
		expect((await ask('/transactions?from=2018-01-01&to=2017-01-01')).status).toBe(400);
	});

	test('campaign parameters are taken off by a redirect', async () => {
		const response = await ask('/countries?utm_source=letter&country=ML');
		expect(response.status).toBe(302);
		expect(response.headers.get('location')).toBe('/countries?country=ML');
	});

	test('none of a part that every entry has is an empty answer', async () => {
		for (const path of ['/transactions', '/transactions.csv', '/proof']) {
			for (const field of [
				'activity',
				'project',
				'organisation',
				'sector',
				'heading',
				'objective',
				'agreement'
			]) {
				const { status } = await ask(`${path}?${field}=none`);
				expect([200, 404], `${path} ${field}`).toContain(status);
			}
		}
	});

	test('no query makes the server fail', { tags: 'nightly' }, async () => {
		const paths = [
			'/',
			'/transactions',
			'/transactions.csv',
			'/proof',
			'/activities',
			'/countries/ML',
			'/organisations/3'
		];
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...paths),
				fc.dictionary(
					fc.constantFrom(
						'q',
						'asof',
						'from',
						'to',
						'country',
						'sector',
						'activity',
						'organisation',
						'after',
						'claim',
						'formula',
						'sort',
						'measure',
						'type'
					),
					fc.oneof(
						fc.string({ unit: 'binary', maxLength: 60 }),
						fc.constantFrom('none', '0', '-1', "' or 1=1 --", '2017-12-31', '99999999999999999999')
					),
					{ maxKeys: 3 }
				),
				async (path, parameters) => {
					const { status } = await ask(`${path}?${new URLSearchParams(parameters)}`);
					expect([200, 302, 400, 404]).toContain(status);
				}
			),
			{ numRuns: 150 }
		);
	});

	test('what another site sends is refused, in every method and content type', async () => {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json']) {
				const response = await ask('/', {
					method,
					headers: { origin: 'https://elsewhere.example', 'content-type': type },
					body: 'x=1'
				});
				expect(response.status).toBe(403);
			}
		}
	});
});
