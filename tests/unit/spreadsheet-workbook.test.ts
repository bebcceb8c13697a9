import { describe, expect, test } from 'vitest';
import type { Cell } from '#lib/server/intake/spreadsheet/cell.ts';
import { columnLetters, columnNumber } from '#lib/server/intake/spreadsheet/cell.ts';
import { isDateFormat } from '#lib/server/intake/spreadsheet/workbook/formats.ts';
import { inPieces, piecesOf, readAll } from '../support/sheet-reading.ts';
import {
	DATE_STYLE,
	OWN_DATE_STYLE,
	PADDED_STYLE,
	TIME_STYLE,
	workbookOf,
	type SheetCell,
	type WorkbookContent
} from '../support/workbook-file.ts';

const read = (content: WorkbookContent) => readAll(piecesOf(workbookOf(content)), 'f.xlsx');

/** What one cell of a workbook is read as; null for a blank one. */
async function readCell(
	cell: SheetCell,
	content: Partial<WorkbookContent> = {}
): Promise<Partial<Cell> | null> {
	const { rows, findings } = await read({ sheets: [{ name: 'S', rows: [['before', cell]] }], ...content });
	expect(findings).toEqual([]);
	const found = rows[0]!.cells[1];
	if (found === undefined) return null;
	const { column, ...value } = found;
	expect(column).toBe(2);
	return value;
}

const xml = (attributes: string, content: string): SheetCell => ({
	xml: `<c r="B1" ${attributes}>${content}</c>`
});

describe('cells of a workbook', () => {
	test.each<[string, SheetCell, object | null]>([
		['shared text', 'Équipement & co', { type: 'text', text: 'Équipement & co' }],
		['inline text', { inline: ' a < b ' }, { type: 'text', text: ' a < b ' }],
		[
			'text in runs',
			xml(
				't="inlineStr"',
				'<is><r><rPr><b/></rPr><t>one </t></r><r><t>two</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is>'
			),
			{ type: 'text', text: 'one two' }
		],
		[
			'escaped characters',
			xml('t="str"', '<v>a_x000A_b_x005F_x0041_</v>'),
			{ type: 'text', text: 'a\nb_x0041_' }
		],
		['number', { number: '1234.5' }, { type: 'number', text: '1234.5', decimal: '1234.5', noise: false }],
		['exponent', { number: '1.5E-3' }, { type: 'number', text: '0.0015', decimal: '0.0015', noise: false }],
		[
			'noise',
			{ number: '0.30000000000000004' },
			{ type: 'number', text: '0.30000000000000004', decimal: '0.3', noise: true }
		],
		[
			'padded number',
			{ number: '123', style: PADDED_STYLE },
			{ type: 'number', text: '00123', decimal: '123', noise: false }
		],
		['date', { date: '2017-03-08' }, { type: 'date', text: '2017-03-08', day: '2017-03-08' }],
		[
			'date and time',
			{ number: '42802.75', style: DATE_STYLE },
			{ type: 'date', text: '2017-03-08', day: '2017-03-08' }
		],
		[
			'date in a format of its own',
			{ number: '42802', style: OWN_DATE_STYLE },
			{ type: 'date', text: '2017-03-08', day: '2017-03-08' }
		],
		[
			'duration',
			{ number: '1.5', style: TIME_STYLE },
			{ type: 'number', text: '1.5', decimal: '1.5', noise: false }
		],
		['29 February 1900', { date: '60' }, { type: 'date', text: '60', day: null }],
		[
			'ISO date',
			xml('t="d"', '<v>2017-03-08T00:00:00</v>'),
			{ type: 'date', text: '2017-03-08', day: '2017-03-08' }
		],
		['boolean', { boolean: true }, { type: 'boolean', text: 'TRUE' }],
		['error', { error: '#REF!' }, { type: 'error', text: '#REF!' }],
		[
			'formula',
			{ formula: 'A1*2', result: '7' },
			{ type: 'number', text: '7', decimal: '7', noise: false, formula: true }
		],
		[
			'formula of text',
			{ formula: 'A1', result: 'x', type: 'str' },
			{ type: 'text', text: 'x', formula: true }
		],
		['formula of an empty text', { formula: 'A1', result: '', type: 'str' }, null],
		[
			'formula never worked out',
			{ formula: 'SUM(A1:A9)' },
			{ type: 'unsolved', text: '=SUM(A1:A9)', formula: true }
		],
		[
			'formula with an empty value',
			{ formula: 'A1', result: '' },
			{ type: 'unsolved', text: '=A1', formula: true }
		],
		['blank with a format', xml(`s="${DATE_STYLE}"`, ''), null],
		['blanks only', '   ', null],
		[
			'a shared text that is not there',
			xml('t="s"', '<v>99</v>'),
			{ type: 'error', text: 'shared text 99 is missing' }
		],
		['a number that is none', { number: 'NaN' }, { type: 'error', text: 'NaN' }],
		[
			'a style that is not there',
			xml('s="77"', '<v>5</v>'),
			{ type: 'number', text: '5', decimal: '5', noise: false }
		]
	])('%s', async (_, cell, expected) => {
		expect(await readCell(cell)).toEqual(expected);
	});

	test('days are counted from 1904 where the workbook says so', async () => {
		expect(await readCell({ date: '0' }, { date1904: true })).toMatchObject({ day: '1904-01-01' });
		expect(await readCell({ number: '41340', style: DATE_STYLE }, { date1904: true })).toMatchObject({
			day: '2017-03-08'
		});
	});

	test('formats that show a day, month or year are dates, others are not', () => {
		expect(
			['dd/mm/yyyy', 'mmm-yy', '[$-409]d-mmm-yy;@', 'yyyy"年"m"月"', 'm/d/yy h:mm', 'd'].filter(isDateFormat)
		).toHaveLength(6);
		expect(
			[
				'General',
				'0.00',
				'#,##0.00 "days"',
				'h:mm:ss',
				'[h]:mm',
				'mm:ss.0',
				'0.00E+00',
				'@',
				'[Red]0.0',
				'_-* #,##0.00\\ "d"_-',
				'"y"0'
			].filter(isDateFormat)
		).toEqual([]);
	});

	test('columns have the letters that a spreadsheet shows', () => {
		expect([1, 26, 27, 702, 703, 16_384].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
		for (let column = 1; column <= 16_384; column += 7)
			expect(columnNumber(columnLetters(column))).toBe(column);
		expect([columnNumber(''), columnNumber('a'), columnNumber('A1'), columnNumber('AAAA')]).toEqual([
			null,
			null,
			null,
			null
		]);
	});
});

describe('sheets of a workbook', () => {
	test('come in their order, with the rows and columns that the sheet shows', async () => {
		const content: WorkbookContent = {
			sheets: [
				{ name: 'One & only', rows: [['a', null, 'b'], [], [null, 'c']] },
				{ name: 'Hidden', state: 'hidden', rows: [['x']] }
			]
		};
		const { sheets, rows, texts } = await read(content);
		expect(sheets).toEqual(['One & only', 'Hidden']);
		expect(rows.map(({ sheet, row }) => [sheet, row])).toEqual([
			['One & only', 1],
			['One & only', 3],
			['Hidden', 1]
		]);
		expect(texts).toEqual([['a', '', 'b'], ['', 'c'], ['x']]);
		const bytes = workbookOf(content);
		const bitten = await readAll(piecesOf(...inPieces(bytes, 7)), 'f.xlsx', ['Hidden']);
		expect(bitten.texts).toEqual([['x']]);
	});

	test('are found without places, with a prefix, in the strict edition, under a name in other letters', async () => {
		const strict = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
		const sheet = `<x:worksheet xmlns:x="${strict}"><x:sheetData><x:row><x:c t="str"><x:v>a</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row>
			<x:row hidden="1"><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
		const content = workbookOf({
			sheets: [{ name: 'S', rows: [], part: 'xl/Worksheets/SHEET1.XML' }],
			parts: [{ name: 'xl/Worksheets/SHEET1.XML', content: sheet }]
		});
		const { rows, texts } = await readAll(piecesOf(content));
		expect(texts).toEqual([['a', '1'], ['2']]);
		expect(rows.map(({ row, hidden }) => [row, hidden])).toEqual([
			[1, undefined],
			[2, true]
		]);
	});

	test('links to other files, queries and macros are left alone, with a warning', async () => {
		const { texts, rules } = await read({
			sheets: [
				{
					name: 'S',
					rows: [
						[
							{ formula: '[1]Other!A1', result: '5' },
							{ formula: "cmd|'/c calc'!A0", result: '6' }
						]
					]
				}
			],
			parts: [
				{ name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink/>' },
				{ name: 'xl/connections.xml', content: '<connections/>' },
				{ name: 'xl/vbaProject.bin', content: 'macro' }
			]
		});
		expect(texts).toEqual([['5', '6']]);
		expect(rules).toEqual([
			['warning', 'external-link', 'f.xlsx'],
			['warning', 'external-link', 'f.xlsx'],
			['warning', 'macro', 'f.xlsx'],
			['warning', 'external-link', 'f.xlsx']
		]);
	});
});
