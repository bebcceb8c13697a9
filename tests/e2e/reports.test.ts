import { describe, expect, test } from 'vitest';
import { seriousOn } from '../support/axe.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';
import { readPdf } from '../support/pdf-file.ts';

/* J1 (e), J5 (d), J9: what leaves as paper, and leads back to the figure. */

describe('reports', () => {
	test('the overview offers its brief, which downloads without JavaScript and leads back to its figure', async () => {
		const page = await openPage('/', { javaScriptEnabled: false, acceptDownloads: true });
		const downloading = page.waitForEvent('download');
		await page.getByRole('link', { name: 'Report (PDF): Steering committee brief' }).click();
		const download = await downloading;
		expect(download.suggestedFilename()).toBe('DEMONSTRATION-GLOACT-brief.pdf');
		const parts: Buffer[] = [];
		for await (const part of await download.createReadStream()) parts.push(part as Buffer);
		const brief = await readPdf(Buffer.concat(parts));
		expect(brief).toMatchObject({ tagged: true, accessible: true, language: 'en' });
		expect(brief.pages).toHaveLength(2);
		const reference = /\/c\/([0-9A-Z-]+)/.exec(brief.pages[1]!)![1]!;
		await page.goto(`/c/${reference}`);
		const figure = await page.locator('main .value').first().innerText();
		expect(figure.replace(/\s/g, '')).toContain('10677419.41');
		expect(listTroubles(page)).toEqual([]);
	});

	test('each page offers its own, in the language of the page', async () => {
		for (const [path, href] of [
			['/projects/GLOACT?asof=2017-06-30', '/projects/GLOACT.pdf?asof=2017-06-30'],
			['/countries/ML', '/countries/ML.pdf'],
			['/fr/countries/ML', '/fr/countries/ML.pdf'],
			['/?sort=gap', '/brief.pdf?sort=gap']
		] as const) {
			const page = await openPage(path);
			const link = page.locator('main a[type="application/pdf"]');
			expect(await link.getAttribute('href')).toBe(href);
			const answered = await fetch(new URL(href, page.url()), { method: 'HEAD' });
			expect(answered.status).toBe(200);
			expect(answered.headers.get('content-type')).toBe('application/pdf');
			const etag = answered.headers.get('etag')!;
			const again = await fetch(new URL(href, page.url()), { headers: { 'if-none-match': etag } });
			expect(again.status).toBe(304);
		}
	});

	test('Arabic pages offer the English and the French one', async () => {
		const page = await openPage('/ar');
		const links = page.locator('main a[type="application/pdf"]');
		expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
			'/brief.pdf',
			'/fr/brief.pdf'
		]);
		expect(await seriousOn(page)).toEqual([]);
		const sent = await ask('/ar/brief.pdf?asof=2017-06-30');
		expect(sent.status).toBe(307);
		expect(sent.headers.get('location')).toBe('/brief.pdf?asof=2017-06-30');
	});

	test('what cannot be answered is refused as on the pages', async () => {
		expect((await ask('/brief.pdf?country=ML')).status).toBe(400);
		expect((await ask('/projects/NOPE.pdf')).status).toBe(404);
		expect((await ask('/countries/XX.pdf')).status).toBe(404);
		expect((await ask('/organisations/999999.pdf')).status).toBe(404);
	});
});
