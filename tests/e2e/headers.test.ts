import { describe, expect, inject, test } from 'vitest';
import { PAGES } from './addresses.ts';

const ask = (path: string, headers: Record<string, string> = {}) =>
	fetch(inject('application') + path, { headers, redirect: 'manual' });

const REQUIRED: Record<string, string | RegExp> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': /camera=\(\)/
};

describe('headers', () => {
	test.each([
		...PAGES,
		'/health',
		'/transactions.csv',
		'/favicon.svg',
		'/robots.txt',
		'/nowhere',
		'/?colour=red'
	])('%s carries them', async (path) => {
		const response = await ask(path);
		await response.arrayBuffer();
		for (const [name, value] of Object.entries(REQUIRED))
			expect(response.headers.get(name), name).toMatch(value);
	});

	test('the policy for content allows scripts of this site by hash only', async () => {
		const policy = (await ask('/')).headers.get('content-security-policy') ?? '';
		const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src '))!;
		expect(scripts).toMatch(/'self' 'sha256-/);
		expect(scripts).not.toMatch(/unsafe|https?:/);
		for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
			expect(policy).toContain(part);
	});

	test('a page served again unchanged is answered 304', async () => {
		const first = await ask('/countries');
		const etag = first.headers.get('etag')!;
		await first.text();
		const second = await ask('/countries', { 'if-none-match': etag });
		expect([second.status, await second.text()]).toEqual([304, '']);
	});

	test('invented amounts are kept out of search engines', async () => {
		for (const path of [
			'/transactions?nature=demonstration',
			'/transactions.csv?nature=demonstration',
			'/proof?nature=demonstration'
		]) {
			const response = await ask(path);
			await response.arrayBuffer();
			expect(response.headers.get('x-robots-tag')).toBe('noindex');
		}
		expect(
			(await ask('/transactions.csv?nature=demonstration')).headers.get('content-disposition')
		).toContain('DEMONSTRATION');
	});

	test('health tells live and ready, and how history is protected', async () => {
		const response = await ask('/health');
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({
			live: true,
			ready: true,
			engine: 'pglite',
			history: 'triggers alone'
		});
	});
});
