import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISO_CODES } from '#lib/words/country-data.ts';
import type { Application } from '../support/application.ts';
import { seriousOn } from '../support/axe.ts';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { IntakePages, postByProgram, startOwnApplication } from '../support/intake-pages.ts';
import { ask, listTroubles, openPage } from '../support/page.ts';

const MEASURES = ['', '?map=participants', '?map=results', '?map=spent', '?map=budget'];

describe('the map of countries', () => {
	test.each([...MEASURES, '?map=participants&class=1,2&region=africa&country=ML'])(
		'/countries%s is without trouble, in both themes, and axe finds nothing serious',
		{ tags: 'nightly' },
		async (query) => {
			for (const colorScheme of ['light', 'dark'] as const) {
				const page = await openPage(`/countries${query}`, { colorScheme });
				expect(await seriousOn(page)).toEqual([]);
				expect(listTroubles(page)).toEqual([]);
			}
		}
	);

	test('is switched, filtered and neared by links alone, where no script runs', async () => {
		const page = await openPage('/countries', { javaScriptEnabled: false });
		await page
			.getByRole('navigation', { name: 'What the map shows', exact: true })
			.getByRole('link', { name: 'Participants' })
			.click();
		expect(new URL(page.url()).search).toBe('?map=participants');
		const legend = page.locator('#map-activities .legend a').first();
		const [, countries] = /\((\d+)\)/.exec(await legend.innerText())!;
		await legend.click();
		await page.waitForURL((url) => url.searchParams.get('class') === '1');
		expect(await page.locator('#map-activities a.country').count()).toBe(Number(countries));
		expect(await page.locator('#map-activities tbody tr').count()).toBe(Number(countries));
		await page
			.locator('#map-activities')
			.getByRole('link', { name: /^Europe/ })
			.click();
		const { searchParams } = new URL(page.url());
		expect([searchParams.get('map'), searchParams.get('class'), searchParams.get('region')]).toEqual([
			'participants',
			'1',
			'europe'
		]);
		expect(await page.locator('#map-activities svg[data-whole]').getAttribute('viewBox')).not.toMatch(
			/^0 0 1920/
		);
	});

	test('never draws money that is not published: it says so, and the demonstration keeps its own map', async () => {
		for (const measure of ['spent', 'budget']) {
			const page = await openPage(`/countries?map=${measure}`);
			expect(await page.locator('#map-activities svg[data-whole]').count()).toBe(0);
			expect(await page.locator('#map-activities').innerText()).toMatch(/has been published for GLO\.ACT/);
			expect(await page.locator('.demonstration #map-spending svg[data-whole]').count()).toBe(1);
		}
		const page = await openPage('/countries?map=spent&demonstration=off');
		expect(await page.locator('svg[data-whole]').count()).toBe(0);
		expect(await page.content()).not.toContain('nature=demonstration');
	});

	test('explains a filter that leaves nothing, with the way out of each part', async () => {
		const page = await openPage('/countries?class=0&region=europe');
		expect(await page.locator('#map-activities a.country').count()).toBe(0);
		await page.getByRole('link', { name: 'Show all classes' }).click();
		await page.waitForURL((url) => !url.searchParams.has('class'));
		expect(await page.locator('#map-activities tbody tr').count()).toBe(2);
	});

	test.each(['map=money', 'class=9', 'class=1,1', 'region=atlantis', 'demonstration_map=participants'])(
		'answers 400 to %s, naming it',
		async (query) => {
			const { status, text } = await ask(`/countries?${query}`);
			expect(status).toBe(400);
			expect(text).toContain(`“${query.split('=')[0]}”`);
		}
	);

	test('takes a filter off by an empty value', async () => {
		expect((await ask('/countries?demonstration_class=')).status).toBe(200);
	});

	test('is moved by mouse, wheel, keys and buttons, and marks the row of what is pointed at', async () => {
		const page = await openPage('/countries', { viewport: { width: 1440, height: 900 } });
		const svg = page.locator('#map-activities svg[data-whole]');
		const viewOf = async () => (await svg.getAttribute('viewBox'))!.split(' ').map(Number);
		/** Where the map is once it has come to rest. */
		const restOf = async () => {
			let last: string | null = null;
			const isStill = async () => last === (last = await svg.getAttribute('viewBox'));
			await expect.poll(isStill, { interval: 200 }).toBe(true);
			return viewOf();
		};
		const whole = await viewOf();
		const map = page.locator('#map-activities');
		await map.getByRole('button', { name: 'Zoom in' }).click();
		await expect.poll(async () => (await viewOf())[2]).toBeLessThan(whole[2]! * 0.7);
		const near = await restOf();
		await map.getByRole('button', { name: 'Move right' }).click();
		await expect.poll(async () => (await viewOf())[0]).toBeGreaterThan(near[0]!);
		const box = (await svg.boundingBox())!;
		await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		const before = await restOf();
		await page.mouse.down();
		await page.mouse.move(box.x + box.width / 2 + 90, box.y + box.height / 2, { steps: 4 });
		await page.mouse.up();
		await expect.poll(async () => (await viewOf())[0]).toBeLessThan(before[0]!);
		expect(new URL(page.url()).pathname).toBe('/countries');
		const dragged = await restOf();
		await page.keyboard.down('Control');
		await page.mouse.wheel(0, -120);
		await page.keyboard.up('Control');
		await expect.poll(async () => (await viewOf())[2]).toBeLessThan(dragged[2]!);
		await map.locator('.view svg a').first().focus();
		await page.keyboard.press('0');
		await expect.poll(async () => (await viewOf())[2]).toBeGreaterThan(dragged[2]! - 1);
		await map.locator('tbody tr', { hasText: 'Colombia' }).hover();
		expect(await map.locator('a.pointed-at').getAttribute('aria-label')).toMatch(/^Colombia: /);
	});

	test('moves without gliding for those who asked for less motion', async () => {
		/** Where the map was and the steps that it took since, noted by the page itself: none is missed. */
		const stepsOf = async (reducedMotion: 'reduce' | 'no-preference') => {
			const page = await openPage('/countries', { reducedMotion });
			const svg = page.locator('#map-activities svg[data-whole]');
			const start = await svg.getAttribute('viewBox');
			const steps = await svg.evaluateHandle((drawing) => {
				const seen: string[] = [];
				new MutationObserver(() => seen.push(drawing.getAttribute('viewBox')!)).observe(drawing, {
					attributeFilter: ['viewBox']
				});
				return seen;
			});
			await page.locator('#map-activities').getByRole('button', { name: 'Zoom in' }).click();
			await expect.poll(() => steps.jsonValue()).not.toEqual([]);
			return { start, steps: await steps.jsonValue() };
		};
		// Gliding begins with the very view that is left.
		const gliding = await stepsOf('no-preference');
		expect(gliding.steps[0]).toBe(gliding.start);
		const { start, steps } = await stepsOf('reduce');
		expect(steps).toHaveLength(1);
		expect(steps).not.toEqual([start]);
	});
});

describe('195 countries', { tags: 'nightly' }, () => {
	let application: Application;
	let pages: IntakePages;
	const codes = ISO_CODES.trim()
		.split(/\s+/)
		.map((word) => word.slice(3))
		.filter((code) => !['AQ', 'ML'].includes(code))
		.slice(0, 194)
		.concat('ML');

	const DOCUMENT = `<document-link url="https://example.org/review.pdf" format="application/pdf"><title><narrative>Review</narrative></title>
<category code="A07"/><language code="fr"/><document-date iso-date="2021-03-04"/></document-link>`;

	beforeAll(async () => {
		application = await startOwnApplication();
		pages = new IntakePages(application);
		const file = fileXml(
			...codes.map((code, index) =>
				activityXml({
					id: `XM-DAC-41128-${code}`,
					inside: code === 'ML' ? DOCUMENT : '',
					transactions: transactionXml({
						value: `<value currency="EUR" value-date="2021-07-01">${Math.ceil(1.07 ** index * 100)}</value>`
					})
				}).replace('recipient-country code="ML"', `recipient-country code="${code}"`)
			)
		);
		await postByProgram(application.address, 'world.xml', Buffer.from(file));
	}, 300_000);
	afterAll(() => application.stop());

	test('fit beside the map and on a telephone, in classes that tell them apart', async () => {
		const page = await pages.open('/countries?portfolio=all&map=spent', {
			viewport: { width: 1440, height: 900 }
		});
		const map = page.locator('#map-activities');
		expect(await map.locator('tbody tr').count()).toBeGreaterThanOrEqual(195);
		expect(await map.locator('a.country').count()).toBeGreaterThanOrEqual(190);
		const bands = await map.locator('.legend a').allInnerTexts();
		const counts = bands.slice(0, 5).map((text) => Number(/\((\d+)\)$/.exec(text.trim())![1]));
		expect(counts).toHaveLength(5);
		expect(Math.max(...counts)).toBeLessThan(120);
		// The table is looked through beside the map.
		const [table, picture] = [
			await map.locator('.window').boundingBox(),
			await map.locator('.view').boundingBox()
		];
		expect(table!.height).toBeLessThan(900);
		expect(table!.x).toBeGreaterThan(picture!.x + picture!.width - 1);
		const narrow = await pages.open('/countries?portfolio=all&map=spent', {
			viewport: { width: 320, height: 640 }
		});
		expect(await narrow.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
		expect(listTroubles(page)).toEqual([]);
	});

	test('are one stop of the Tab key; arrows go through them and the table follows', async () => {
		const page = await pages.open('/countries?portfolio=all', { viewport: { width: 1440, height: 900 } });
		const marks = page.locator('#map-activities .view svg a');
		await marks.first().focus();
		await page.locator('#map-activities .pointed:visible').waitFor();
		const focused = page.locator('#map-activities .view svg a:focus');
		let before = await focused.getAttribute('aria-label');
		for (const key of ['End', 'Home', 'ArrowDown']) {
			await page.keyboard.press(key);
			const label = await focused.getAttribute('aria-label');
			expect(label, key).not.toBe(before);
			before = label;
			expect(
				await marks.evaluateAll((all) => all.filter((mark) => (mark as SVGAElement).tabIndex === 0).length)
			).toBe(1);
		}
		const code = await focused.getAttribute('data-country');
		expect(code).toMatch(/^[A-Z]{2}$/);
		const row = page.locator('#map-activities tr.pointed-at [data-country]');
		expect(await row.getAttribute('data-country')).toBe(code);
		await page.keyboard.press('Tab');
		expect(await page.evaluate('document.activeElement.closest("svg")')).toBeNull();
	});

	test('weigh no more than a page may', async () => {
		const { address } = application;
		const html = await (await fetch(`${address}/countries?portfolio=all`)).text();
		expect(brotliCompressSync(Buffer.from(html)).length).toBeLessThan(120_000);
	});

	test('have documents of which what is stated is shown and the rest said to be not stated', async () => {
		const page = await pages.open('/countries/ML?portfolio=all#documents');
		const row = page.locator('section[aria-labelledby=documents] tbody tr', { hasText: 'Review' }).first();
		const cells = (await row.locator('td').allInnerTexts()).map((text) => text.trim());
		expect(cells).toEqual([
			'Review or evaluation',
			'French',
			'application/pdf',
			'4 March 2021',
			'not stated',
			'not stated'
		]);
		expect(await row.locator('th a').first().getAttribute('href')).toBe('https://example.org/review.pdf');
		expect(listTroubles(page)).toEqual([]);
	});
});
