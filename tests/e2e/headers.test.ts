import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PAGES } from './addresses.ts';
import { ask } from '../support/page.ts';

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
		const { headers } = await ask(path);
		for (const [name, value] of Object.entries(REQUIRED)) expect(headers.get(name), name).toMatch(value);
	});

	test.each([
		'/',
		'/fr/projects/GLOACT',
		'/countries/ML',
		'/transactions',
		'/about',
		'/nowhere',
		'/?colour=red'
	])('%s: scripts come from this site or are named by their hash, and nothing else runs', async (path) => {
		const { headers, text: html } = await ask(path);
		const policy = headers.get('content-security-policy') ?? '';
		for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
			expect(policy).toContain(part);

		const directives = policy.split(';').map((part) => part.trim().split(/\s+/));
		const allowed = directives.filter(([name]) => name!.startsWith('script-src'));
		expect(allowed.map(([name]) => name)).toEqual(['script-src']);
		const [, ...sources] = allowed[0]!;
		expect(sources).toContain("'self'");
		for (const source of sources) expect(source).toMatch(/^'(self|sha256-[A-Za-z0-9+/]{43}=)'$/);

		const inline = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/gi)].filter(
			([, attributes]) => !/\ssrc=/i.test(attributes!)
		);
		for (const [, , script] of inline)
			expect(sources).toContain(`'sha256-${createHash('sha256').update(script!).digest('base64')}'`);
		// A hash does not cover what an attribute would run.
		expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=/i);
		expect(html).not.toMatch(/\s(?:href|src|action)\s*=\s*["']?\s*javascript:/i);
	});

	test('a page served again unchanged is answered 304', async () => {
		const etag = (await ask('/countries')).headers.get('etag')!;
		const { status, text } = await ask('/countries', { headers: { 'if-none-match': etag } });
		expect([status, text]).toEqual([304, '']);
	});

	test('invented amounts are kept out of search engines', async () => {
		for (const path of [
			'/transactions?nature=demonstration',
			'/transactions.csv?nature=demonstration',
			'/proof?nature=demonstration'
		]) {
			const { headers } = await ask(path);
			expect(headers.get('x-robots-tag')).toBe('noindex');
		}
		expect(
			(await ask('/transactions.csv?nature=demonstration')).headers.get('content-disposition')
		).toContain('DEMONSTRATION');
	});

	test('health tells live and ready, and how history is protected', async () => {
		const { status, text } = await ask('/health');
		expect(status).toBe(200);
		expect(JSON.parse(text)).toMatchObject({
			live: true,
			ready: true,
			engine: 'pglite',
			history: 'triggers alone'
		});
	});
});
