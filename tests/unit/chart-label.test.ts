import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened, wrapped } from '#lib/chart/label.ts';

describe('a label', () => {
	it('is cut between characters as people see them', () => {
		expect(shortened('Workshop 👩‍👩‍👧 for prosecutors', 11, 1)).toBe('Workshop 👩‍👩‍👧…');
		expect(shortened('  a\n b ', 10, 1)).toBe('a b');
	});

	it('is broken between words, and cut only where its lines do not hold it', () => {
		expect(wrapped('Lao People’s Democratic Republic', 200, 10, 2)).toEqual([
			'Lao People’s',
			'Democratic Republic'
		]);
		expect(wrapped('Lao People’s Democratic Republic', 130, 10, 2)).toEqual([
			'Lao People’s',
			'Democratic R…'
		]);
		expect(wrapped('Mali', 200, 10, 2)).toEqual(['Mali']);
		expect(wrapped('', 200, 10, 2)).toEqual(['']);
	});

	it('says all of it where there is room, in no more lines than allowed', () => {
		fc.assert(
			fc.property(
				fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 9 }),
				fc.integer({ min: 4, max: 60 }),
				fc.integer({ min: 1, max: 4 }),
				(words, room, most) => {
					const lines = wrapped(words.join(' '), room, 1, most);
					expect(lines.length).toBeLessThanOrEqual(most);
					for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(4, room));
					if (!lines.join('').includes('…')) expect(lines.join(' ')).toBe(words.join(' '));
				}
			)
		);
	});
});
