import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { listFileRoutes } from '../support/file-routes.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { inLanguage } from './addresses.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const LANGUAGES = [
	['en', 'ltr'],
	['fr', 'ltr'],
	['ar', 'rtl']
] as const;
const FILES = listFileRoutes();
const address = (path: string, language: string) => (language === 'en' ? path : inLanguage(path, language));

/** What a browser is shown instead of a file, its links with what they are called. */
async function read(path: string): Promise<{ status: number; text: string; links: string[] }> {
	const { status, headers, text } = await ask(path, { headers: BROWSER });
	expect([path, headers.get('content-type')]).toEqual([path, 'text/html; charset=utf-8']);
	expect([path, headers.get('cache-control')]).toEqual([path, 'private, no-store']);
	expect(text).toContain(`<code>${headers.get('x-request-id')}</code>`);
	const links = [...text.matchAll(/<a href="([^"]+)">[^<]/g)].map(([, href]) =>
		href!.replaceAll('&#38;', '&')
	);
	return { status, text, links };
}

/** What a program is told instead of a file. */
async function told(path: string, headers: Record<string, string> = {}) {
	const { status, headers: given, text } = await ask(path, { headers });
	expect([path, given.get('content-type')]).toEqual([path, 'application/json; charset=utf-8']);
	const { error } = JSON.parse(text) as { error: Record<string, string> };
	expect(error.message, path).toMatch(/\S.*[.]$/);
	expect(error.what_to_do, path).toMatch(/\S/);
	return { status, error };
}

describe('a file that cannot be given', () => {
	test('is asked for at every ending of the house', () => {
		const endings = FILES.map(({ route }) => /[^.]+$/.exec(route)![0]);
		for (const ending of ['csv', 'xlsx', 'json', 'xml', 'pdf', 'zip', 'atom'])
			expect(endings).toContain(ending);
		expect(FILES.length).toBeGreaterThanOrEqual(18);
	});

	test.each(FILES)('$route: a parameter that it does not know', async ({ address: path, hasKey }) => {
		for (const [language, direction] of LANGUAGES) {
			const page = await read(`${address(path, language)}?colour=red`);
			expect(page.status).toBe(400);
			expect(page.text).toContain(`<html lang="${language}" dir="${direction}">`);
			expect(page.text).toContain('colour');
			const [own, overview] = page.links;
			expect(own).not.toContain('colour');
			expect(overview).toBe(address('/', language));
			// Where no key is made up, the way back leads to a page.
			if (!hasKey) expect([own, (await ask(own!)).status]).toEqual([own, 200]);
		}
		const { status, error } = await told(`${path}?colour=red`);
		expect([status, error.code, error.parameter, error.value]).toEqual([
			400,
			'parameter_unknown',
			'colour',
			'red'
		]);
		expect((await told(`${path}?colour=red`, { accept: 'application/json' })).status).toBe(400);
	});

	test.each(FILES)('$route: what is not there', async ({ address: path, hasKey }) => {
		// A state of the books that there never was is asked for where the address has no key.
		const missing = hasKey && !path.endsWith('.xml') ? path : `${path}?version=999999.1`;
		for (const [language, direction] of LANGUAGES) {
			const page = await read(address(missing, language));
			expect([missing, page.status]).toEqual([missing, 404]);
			expect(page.text).toContain(`<html lang="${language}" dir="${direction}">`);
			expect(page.links.at(-1)).toBe(address('/', language));
			const [way] = page.links;
			if (!missing.includes('?')) expect([way, (await ask(way!)).status]).toEqual([way, 200]);
		}
		const { status, error } = await told(missing);
		expect(status).toBe(404);
		expect(error.code).toBe(missing.includes('?') ? 'unknown_key' : 'not_found');
	});

	test.each(FILES.filter(({ route }) => route.endsWith('.xml')))(
		'$route: an IATI file where nobody publishes, or of what is invented',
		async ({ address: path }) => {
			for (const [language] of LANGUAGES) {
				const unpublished = await read(address(path, language));
				expect(unpublished.status).toBe(409);
				expect(unpublished.text).toContain(`lang="${language}"`);
				expect(unpublished.text).toContain('REPORTING_ORG');
				const invented = await read(`${address(path, language)}?nature=demonstration`);
				expect(invented.status).toBe(403);
				expect(invented.text).not.toContain('REPORTING_ORG');
			}
			expect((await told(path)).error.code).toBe('no_publisher');
			expect((await told(`${path}?nature=demonstration`)).error.code).toBe('no_invented_iati');
		}
	);

	test('without what it must be asked with, it is asked for on its page', async () => {
		for (const [path, page] of [
			['/audit.csv?country=ML', '/audit?country=ML'],
			['/audit.zip', '/audit'],
			['/changes.csv', '/changes']
		] as const) {
			const { status, links } = await read(path);
			expect([status, links[0]]).toEqual([400, page]);
			expect((await ask(page)).status).toBe(200);
		}
	});

	test('an ending that nothing has is a page for people and a short answer for programs', async () => {
		for (const path of ['/transactions.ods', '/projects/GLOACT.csv', '/countries.docx']) {
			const page = await ask(path, { headers: BROWSER });
			expect([path, page.status]).toEqual([path, 404]);
			expect(page.text).toContain('<a href="/">');
			expect((await told(path)).status).toBe(404);
		}
	});

	test('is told to who follows a link: none is marked as a download, which would hide the answer', async () => {
		for (const path of [
			'/',
			'/transactions?nature=demonstration',
			'/projects/GLOACT',
			'/projects/GLOACT/agreement',
			'/organisations/2',
			'/countries/ML',
			'/activities',
			'/changes?nature=demonstration&since=2017-12-31',
			'/audit?nature=demonstration&seed=a',
			'/data-dictionary'
		]) {
			const { status, text } = await ask(path);
			expect([path, status]).toEqual([path, 200]);
			expect([path, /<a\s[^>]*\sdownload(?=[\s=>])/.exec(text)?.[0]]).toEqual([path, undefined]);
		}
	});

	test('an address puts nothing of its own into the page', async () => {
		const { text } = await read(
			'/transactions.csv?country=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&colour=%3Cb%3E'
		);
		expect(text).not.toMatch(/<script|<b>/);
	});

	test('reads well: in order for who cannot see it, and nothing in it is refused by its own policy', async () => {
		for (const path of ['/ar/transactions.csv?colour=red', '/projects/GLOACT.xml']) {
			const page = await openPage(path);
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id }) => id)).toEqual([]);
			expect(await page.locator('h1').innerText()).toMatch(/\S/);
			expect(listTroubles(page).filter((trouble) => !/status of 4\d\d/.test(trouble))).toEqual([]);
			await page.locator('a').last().click();
			await page.waitForURL((url) => ['/', '/ar'].includes(url.pathname));
		}
	});
});
