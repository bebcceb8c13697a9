import { buffer } from 'node:stream/consumers';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { listTroubles, openPage } from '../support/page.ts';

async function save(
	page: Page,
	figure: Locator,
	format: 'SVG' | 'PNG'
): Promise<{ name: string; bytes: Buffer }> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		figure.getByRole('button', { name: `Save as ${format}` }).click()
	]);
	return { name: download.suggestedFilename(), bytes: await buffer(await download.createReadStream()) };
}

/** What a drawing looks like to a program that has nothing but the drawing. */
async function seeAlone(page: Page, svg: string) {
	return page.evaluate(async (markup) => {
		const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
		const image = new Image();
		image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
		await image.decode();
		return {
			broken: parsed.querySelector('parsererror') !== null,
			size: [image.naturalWidth, image.naturalHeight],
			text: parsed.documentElement.textContent.replaceAll(/\s+/g, ' ')
		};
	}, svg);
}

describe('a chart or map leaves as a picture', () => {
	test('that says what it shows, of when, from where, and that it is invented', async () => {
		const page = await openPage('/');
		const chart = page.locator('main figure.chart.invented').first();
		const { name, bytes } = await save(page, chart, 'SVG');
		expect(name).toMatch(/^DEMONSTRATION-.+\.svg$/);
		const svg = bytes.toString();
		expect(svg).not.toMatch(/var\(|\sclass=|color-mix|oklab|oklch/);
		const seen = await seeAlone(page, svg);
		expect(seen.broken).toBe(false);
		expect(seen.size[0]).toBe(1200);
		expect(seen.size[1]).toBeGreaterThan(300);
		const title = (await chart.locator('figcaption .title').innerText()).replaceAll(/\s+/g, ' ');
		for (const part of [title, 'DEMONSTRATION', 'Data as of posting', page.url()])
			expect(seen.text).toContain(part);
		expect(seen.text).not.toContain('Save as');
		expect(listTroubles(page)).toEqual([]);
	});

	test('the map with its formulas, and as pixels twice as fine', async () => {
		const page = await openPage('/countries');
		const map = page.locator('main figure.map').first();
		const svg = await save(page, map, 'SVG');
		const seen = await seeAlone(page, svg.bytes.toString());
		expect(seen.text).toContain('United Nations Geodata');
		expect(seen.text).toContain('boundaries and names shown');
		const png = await save(page, map, 'PNG');
		expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
		expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual(
			seen.size.map((side) => 2 * side)
		);
	});

	test('the same picture for a reader in the dark and on a telephone', async () => {
		const light = await openPage('/countries', { viewport: { width: 1440, height: 900 } });
		const dark = await openPage('/countries', { colorScheme: 'dark', viewport: { width: 360, height: 800 } });
		const pictures = await Promise.all(
			[light, dark].map((page) => save(page, page.locator('main figure.map').first(), 'SVG'))
		);
		const [one, other] = pictures.map(({ bytes }) => bytes.toString());
		expect(other).toBe(one);
	});
});
