import { describe, expect, it } from 'vitest';
import { setLabels } from '#lib/map/country-labels.ts';
import type { Level } from '#lib/map/map-data.ts';

const drawn = (code: string, label: string, level: Level, x: number, y = 100) => ({
	country: { code, name: code, level, label, text: label, href: `/countries/${code}` },
	area: {
		code,
		iso2: code,
		status: 1,
		d: '',
		centroid: [x, y] as [number, number],
		bounds: [x - 10, y - 10, x + 10, y + 10] as [number, number, number, number],
		small: false
	}
});
const codes = (...countries: ReturnType<typeof drawn>[]) =>
	setLabels(countries, () => false).map(({ country }) => country.code);

describe('the values printed on a map', () => {
	it('leave out the lesser of two that would cover each other', () => {
		expect(codes(drawn('BT', '1', 1, 120), drawn('NP', '10', 3, 100))).toEqual(['NP']);
		expect(codes(drawn('AF', '2', 1, 100), drawn('TJ', '9', 1, 105))).toEqual(['TJ']);
		expect(codes(drawn('AF', '9', 1, 100), drawn('TJ', '12', 1, 105))).toEqual(['TJ']);
	});

	it('keep all that have room, and none where there is nothing to print', () => {
		expect(codes(drawn('BR', '5', 2, 100), drawn('ML', '7', 2, 300), drawn('ZA', '', null, 600))).toEqual([
			'ML',
			'BR'
		]);
	});

	it('have more room where the map is drawn larger', () => {
		const near = [drawn('BT', '1', 1, 120), drawn('NP', '10', 3, 100)];
		expect(setLabels(near, () => false, 4)).toHaveLength(2);
	});

	it('stand beside a country too slight to bear them', () => {
		const [label] = setLabels([drawn('KG', '3', 1, 100)], () => true);
		expect(label).toMatchObject({ x: 116, y: 100, beside: true });
	});
});
