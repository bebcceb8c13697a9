import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnLetters, placeOf } from '#lib/server/intake/spreadsheet/cell.ts';
import { placeLabel, readPlace, shortPlace, sourceAddress } from '#lib/words/place.ts';
import { expectAlways } from '../support/property.ts';

const SHA = 'a'.repeat(64);

describe('a place in a file', () => {
	test.each([
		['activities.csv row 17', { row: 17, sheet: null, column: null }, 'row 17', 'row 17'],
		[
			'report.xlsx sheet Ledger row 17 column F',
			{ row: 17, sheet: 'Ledger', column: 'F' },
			'sheet Ledger, row 17, column F',
			'Ledger, row 17'
		],
		[
			'f.xlsx sheet A row 3 row 17',
			{ row: 17, sheet: 'A row 3', column: null },
			'sheet A row 3, row 17',
			'A row 3, row 17'
		],
		[
			'file.xml line 12 iati-activity[XM 1]/transaction[2]',
			{ line: 12, column: null, element: 'iati-activity[XM 1]/transaction[2]' },
			'line 12, iati-activity[XM 1]/transaction[2]',
			'line 12'
		],
		['file.xml line 2 column 14', { line: 2, column: '14', element: null }, 'line 2, column 14', 'line 2'],
		['no place at all', null, 'no place at all', 'no place at all']
	])('%s', (place, read, label, short) => {
		expect(readPlace(place)).toEqual(read);
		expect(placeLabel(place)).toBe(label);
		expect(shortPlace(place)).toBe(short);
	});

	test('the name of the file may hold the same words, where it is known', () => {
		const name = 'line 5 of sheet 2 row 8.xml';
		expect(readPlace(`${name} line 12 iati-activity[A]`, name)).toMatchObject({ line: 12 });
		expect(placeLabel(name, name)).toBe('the whole file');
		expect(placeLabel('f.xlsx sheet Ledger', 'f.xlsx')).toBe('sheet Ledger');
	});

	test('is read back as intake writes it, and its address leads there', () => {
		const sheet = fc
			.string({ unit: fc.constantFrom(...'ab é1&=+#?/%row '), minLength: 1, maxLength: 12 })
			.map((text) => text.trim())
			.filter((text) => text !== '');
		const row = fc.integer({ min: 1, max: 1_048_576 });
		const column = fc.option(fc.integer({ min: 1, max: 16_384 }));
		expectAlways(
			fc.property(fc.option(sheet), row, column, (name, number, at) => {
				const place = placeOf('some file.xlsx', name ?? '', number, at ?? undefined);
				expect(readPlace(place, 'some file.xlsx')).toEqual({
					sheet: name,
					row: number,
					column: at === null ? null : columnLetters(at)
				});
				const address = new URL(sourceAddress(SHA, place, 'some file.xlsx'), 'http://site');
				expect(address.pathname).toBe(`/sources/${SHA}`);
				expect(Object.fromEntries(address.searchParams)).toEqual({
					...(name === null ? {} : { sheet: name }),
					row: String(number)
				});
				expect(address.hash).toBe(`#row-${number}`);
			}),
			300
		);
	});

	test('of another shape leads to the file', () => {
		expect(sourceAddress(SHA, null)).toBe(`/sources/${SHA}`);
		expect(sourceAddress(SHA, 'somewhere')).toBe(`/sources/${SHA}`);
		expect(sourceAddress(SHA, 'f.xml line 7')).toBe(`/sources/${SHA}?line=7#line-7`);
		expect(sourceAddress(SHA, 'f.xml line 7 iati-activity[A B]/value[1]')).toBe(
			`/sources/${SHA}?line=7&q=iati-activity%5BA%20B%5D%2Fvalue%5B1%5D#line-7`
		);
		expect(sourceAddress(SHA, `f.xml line 7 ${'x'.repeat(201)}`)).toBe(`/sources/${SHA}?line=7#line-7`);
	});
});
