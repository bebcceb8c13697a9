import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listAlikeCountries } from '#lib/words/country-alike.ts';
import { likeness } from '#lib/words/likeness.ts';
import { expectAlways } from '../support/property.ts';

describe('how like two words are', () => {
	it.each([
		['mali', 'mali', 1],
		['mali', 'mlai', 0.75],
		['mali', 'mal', 0.75],
		['abc', 'xyz', 0],
		['', '', 1],
		['', 'abc', 0]
	])('%s and %s: %f', (a, b, expected) => {
		expect(likeness(a, b)).toBeCloseTo(expected);
	});

	it('is the same both ways, between 0 and 1, and 1 only for the same', () => {
		expectAlways(
			fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
				const alike = likeness(a, b);
				return alike === likeness(b, a) && alike >= 0 && alike <= 1 && (alike === 1) === (a === b);
			})
		);
	});
});

describe('misspelt countries', () => {
	it.each([
		['Columbia', 'CO'],
		['Marroco', 'MA'],
		['Kyrgistan', 'KG'],
		['Ukrane', 'UA'],
		['Bresil', 'BR'],
		['Bélaruss', 'BY'],
		['Pakisatn', 'PK']
	])('%s means %s first', (text, code) => {
		expect(listAlikeCountries(text, 3)[0]?.iso2).toBe(code);
	});

	it.each(['', 'xx', 'zzzzzz', 'workshop'])('“%s” means none', (text) => {
		expect(listAlikeCountries(text, 3)).toEqual([]);
	});
});
