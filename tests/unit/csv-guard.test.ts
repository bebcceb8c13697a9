import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { guardFormula, writeCsvLine } from '#lib/server/outlet/csv.ts';
import { expectAlways } from '../support/property.ts';

/** Text of every kind, half of it beginning as a spreadsheet's formula may. */
const texts = fc
	.tuple(
		fc.constantFrom('', '', '=', '+', '-', '@', '\t', '\r', "'", "'="),
		fc.string({ unit: 'grapheme', maxLength: 40 })
	)
	.map((parts) => parts.join(''));

function readLine(line: string): string[] {
	const { data, errors } = Papa.parse<string[]>(line, { delimiter: ',', newline: '\r\n' });
	if (errors.length > 0) throw new Error(errors[0]!.message);
	return data[0]!;
}

describe('a cell of text in a download', () => {
	it('never begins as a formula does, and gives its original back', () => {
		expectAlways(
			fc.property(fc.array(texts, { minLength: 2, maxLength: 8 }), (cells) => {
				const read = readLine(writeCsvLine(cells.map((text) => ({ text }))));
				expect(read).toHaveLength(cells.length);
				for (const [index, cell] of read.entries()) {
					expect(cell).not.toMatch(/^[=+\-@\t\r]/);
					expect(cell.startsWith("'") ? cell.slice(1) : cell).toBe(cells[index]);
				}
			}),
			10_000
		);
	});

	it('keeps its first character where that says nothing to a spreadsheet', () => {
		for (const text of ['Mali', ' =1+1', 'a=b', '1-2', '"=1"', '']) expect(guardFormula(text)).toBe(text);
	});
});

describe('a number in a download', () => {
	it('is never touched, negative ones included', () => {
		expectAlways(
			fc.property(fc.bigInt(), fc.nat({ max: 99 }), (whole, cents) => {
				const amount = `${whole}.${String(cents).padStart(2, '0')}`;
				expect(writeCsvLine([{ plain: amount }, { plain: null }])).toBe(`${amount},\r\n`);
			})
		);
	});
});
