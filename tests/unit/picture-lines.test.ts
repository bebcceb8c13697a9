import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakLines } from '#lib/picture/sheet.ts';

const width = (part: string) => part.length;

test('lines are broken between words, and within a word that no line holds', () => {
	expect(breakLines('one two three', width, 7)).toEqual(['one two', 'three']);
	expect(breakLines('see abcdefghij now', width, 4)).toEqual(['see', 'abcd', 'efgh', 'ij', 'now']);
	expect(breakLines('', width, 4)).toEqual([]);
});

test('no line is too long, and nothing is lost', () => {
	fc.assert(
		fc.property(
			fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 20 }),
			fc.integer({ min: 2, max: 15 }),
			(words, room) => {
				const lines = breakLines(words.join(' '), width, room);
				expect(lines.every((line) => line.length <= room)).toBe(true);
				expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
			}
		)
	);
});
