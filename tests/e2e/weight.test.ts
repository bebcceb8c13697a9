import { brotliCompressSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { listTroubles, openPage } from '../support/page.ts';

const KIB = 1024;

describe('what the overview weighs', () => {
	test('at most 60 kB of script, no other host, no chart library', async () => {
		const page = await openPage('/about');
		const requests: string[] = [];
		page.on('request', (request) => requests.push(request.url()));
		await page.goto('/', { waitUntil: 'networkidle' });
		const scripts = requests.filter((url) => url.endsWith('.js'));
		let bytes = 0;
		for (const url of scripts) {
			const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
			const body = Buffer.from(await response.arrayBuffer());
			bytes += brotliCompressSync(body).length;
			expect(body.toString()).not.toContain('lc-root-container');
		}
		expect(scripts.length).toBeGreaterThan(0);
		expect(bytes).toBeLessThanOrEqual(60 * KIB);
		expect(requests.every((url) => url.startsWith(inject('application')))).toBe(true);
	});

	test('a chart is made interactive on request, and its drawing comes back', async () => {
		const page = await openPage('/');
		const chart = page.locator('main figure.chart').first();
		const button = chart.locator('button[data-plot]');
		const words = await button.innerText();
		await button.click();
		await chart.locator('.explore svg').waitFor();
		expect(await chart.locator('.drawing').first().isVisible()).toBe(false);
		expect(await button.innerText()).not.toBe(words);
		await button.click();
		await chart.locator('.explore').waitFor({ state: 'detached' });
		expect(await chart.locator('.drawing:visible').count()).toBe(1);
		expect(listTroubles(page)).toEqual([]);
	});

	test('the four numbers stand on the first screen', async () => {
		const page = await openPage('/', { viewport: { width: 1280, height: 720 } });
		for (const name of ['Budget', 'Received', 'Spent', 'Balance']) {
			const box = await page
				.locator('main dt', { hasText: new RegExp(name, 'i') })
				.first()
				.boundingBox();
			expect(box!.y + box!.height).toBeLessThan(720);
		}
	});

	test('the map colours the thirteen countries and each leads to its page', async () => {
		const page = await openPage('/');
		const countries = await page
			.locator('main svg a[href*="/countries/"]')
			.evaluateAll((links) =>
				links.map((link) => /\/countries\/([A-Z]{2})/.exec(link.getAttribute('href')!)![1]!)
			);
		for (const code of ['BY', 'BR', 'CO', 'EG', 'KG', 'LA', 'ML', 'MA', 'NP', 'NE', 'PK', 'ZA', 'UA'])
			expect(countries).toContain(code);
	});
});
