import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionView } from '#lib/map/region-view.ts';
import { readWorld } from '#lib/map/topology.ts';
import { ISO_CODES } from '#lib/words/country-data.ts';
import { WORLD_REGIONS, worldRegionOf } from '#lib/words/world-region.ts';
import { bandsFor } from '../../src/routes/reach/bands.ts';
import { classify, toggled } from '../../src/routes/countries/map-classes.ts';

const codes = ISO_CODES.trim()
	.split(/\s+/)
	.map((word) => word.slice(3));

describe('the regions of the world', () => {
	it('hold every country of ISO 3166-1 but Antarctica', () => {
		expect(codes.filter((code) => worldRegionOf(code) === null)).toEqual(['AQ']);
	});

	it.each(WORLD_REGIONS)(
		'%s is shown in a part of the world that holds the middle of most of its countries',
		(region) => {
			const world = readWorld();
			const view = regionView(world, region);
			expect(view.width / view.height).toBeCloseTo(world.width / world.height, 1);
			const members = world.areas.filter(({ iso2 }) => iso2 !== null && worldRegionOf(iso2) === region);
			const inside = members.filter(
				({ centroid: [x, y] }) =>
					x >= view.x && x <= view.x + view.width && y >= view.y && y <= view.y + view.height
			);
			// Oceania's islands beyond the date line lie at the other end of the map.
			expect(inside.length / members.length).toBeGreaterThan(region === 'oceania' ? 0.55 : 0.9);
			expect(view.x + view.width).toBeLessThanOrEqual(world.width);
			expect(view.y + view.height).toBeLessThanOrEqual(world.height);
		}
	);
});

describe('the classes of a map', () => {
	const words = { zero: 'zero', negative: 'zero or less', missing: 'not published' };
	const label = (from: number, to: number) => `${from}..${to}`;
	const country = (code: string, value: number | null) => ({ code, name: code, value, label: '', text: '' });

	it('hold every value between their ends, whatever the values are', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: -50, max: 5_000_000 }), { minLength: 1, maxLength: 250 }),
				(values) => {
					const { level, bands } = bandsFor(values, label);
					for (const value of values) {
						const one = level(value);
						if (value <= 0) expect(one).toBe(0);
						else {
							const [from, to] = bands
								.find((band) => band.level === one)!
								.label.split('..')
								.map(Number);
							expect(value).toBeGreaterThan(from!);
							expect(value).toBeLessThanOrEqual(to!);
						}
					}
				}
			)
		);
	});

	it('tell many small values from few large ones', () => {
		const values = Array.from({ length: 195 }, (_, index) => Math.ceil(1.08 ** index));
		const { level } = bandsFor(values, label);
		const counts = [1, 2, 3, 4, 5].map((one) => values.filter((value) => level(value) === one).length);
		expect(Math.max(...counts)).toBeLessThan(195 * 0.6);
	});

	it('are counted, and asked for by their names', () => {
		const all = [country('A', 3), country('B', 0), country('C', null), country('D', 4)];
		const { classes, isIn } = classify(all, ['none', '0'], label, words);
		expect(classes.map(({ class: name, countries }) => [name, countries])).toEqual([
			['3', 1],
			['4', 1],
			['0', 1],
			['none', 1]
		]);
		expect(all.filter(isIn).map(({ code }) => code)).toEqual(['B', 'C']);
		expect(toggled(classes, 'none')).toBe('0');
		expect(toggled(classes, '4')).toBe('4,0,none');
		expect(toggled(classify(all, ['0'], label, words).classes, '0')).toBeNull();
	});

	it('say so where amounts are below zero', () => {
		const { classes } = classify([country('A', -3), country('B', 5)], null, label, words);
		expect(classes.find(({ level }) => level === 0)!.label).toBe('zero or less');
	});
});
