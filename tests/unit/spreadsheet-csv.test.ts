import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvTokens } from '#lib/server/intake/spreadsheet/csv/tokens.ts';
import { inPieces, piecesOf, readAll } from '../support/sheet-reading.ts';
import { expectAlways } from '../support/property.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** Bytes of a Windows-1252 text whose letters are all Latin-1. */
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('text files as people save them', () => {
	test.each<[string, string, string[][]]>([
		[
			'plain',
			'a,b,c\n1,2,3\n',
			[
				['a', 'b', 'c'],
				['1', '2', '3']
			]
		],
		[
			'no last line break',
			'a,b\n1,2',
			[
				['a', 'b'],
				['1', '2']
			]
		],
		[
			'comma in quotes',
			'a,b\n"x, y",2\n',
			[
				['a', 'b'],
				['x, y', '2']
			]
		],
		[
			'doubled quotes',
			'a,b\n"say ""hi""",2\n',
			[
				['a', 'b'],
				['say "hi"', '2']
			]
		],
		[
			'only quotes',
			'a,b\n"""",""""""\n',
			[
				['a', 'b'],
				['"', '""']
			]
		],
		[
			'line breaks in quotes',
			'a,b\n"x\ny",2\n"p\r\nq",3\n',
			[
				['a', 'b'],
				['x\ny', '2'],
				['p\r\nq', '3']
			]
		],
		[
			'CRLF',
			'a,b\r\n1,2\r\n',
			[
				['a', 'b'],
				['1', '2']
			]
		],
		[
			'CR alone',
			'a,b\r1,2\r3,4',
			[
				['a', 'b'],
				['1', '2'],
				['3', '4']
			]
		],
		[
			'all line breaks mixed',
			'a,b\r\n1,2\n3,4\r5,6',
			[
				['a', 'b'],
				['1', '2'],
				['3', '4'],
				['5', '6']
			]
		],
		[
			'empty cells',
			'a,b,c\n1,,3\n,"",\n',
			[
				['a', 'b', 'c'],
				['1', '', '3']
			]
		],
		[
			'blanks around quotes',
			'a,b\n"x" ,2\n',
			[
				['a', 'b'],
				['x', '2']
			]
		],
		[
			'a quote inside a word',
			'a,b\n5" pipe,2\n',
			[
				['a', 'b'],
				['5" pipe', '2']
			]
		],
		[
			'JSON in a cell',
			'a,b\n1,"{""x"": [1, 2]}"\n',
			[
				['a', 'b'],
				['1', '{"x": [1, 2]}']
			]
		],
		[
			'semicolons, commas for decimals',
			'a;b;c\n1,5;2,5;x\n',
			[
				['a', 'b', 'c'],
				['1,5', '2,5', 'x']
			]
		],
		[
			'tabs',
			'a\tb\n1, or 2\t3\n',
			[
				['a', 'b'],
				['1, or 2', '3']
			]
		],
		[
			'bars',
			'a|b|c\n1,2|3|4\n',
			[
				['a', 'b', 'c'],
				['1,2', '3', '4']
			]
		],
		[
			'a title above',
			'Ledger of March, in full\na;b;c\n1;2;3\n4;5;6\n',
			[['Ledger of March, in full'], ['a', 'b', 'c'], ['1', '2', '3'], ['4', '5', '6']]
		],
		[
			'a line that names the delimiter',
			'sep=|\r\na|b;c\r\n1|2;3\r\n',
			[
				['a', 'b;c'],
				['1', '2;3']
			]
		],
		[
			'letters of many scripts',
			'a,b\nКиїв,مالي\n',
			[
				['a', 'b'],
				['Київ', 'مالي']
			]
		]
	])('%s', async (_, text, rows) => {
		const whole = await readAll(piecesOf(text));
		expect(whole.texts).toEqual(rows);
		expect(whole.findings).toEqual([]);
		const bitten = await readAll(piecesOf(...inPieces(encode(text), 1)));
		expect(bitten.texts).toEqual(rows);
	});

	test('blank rows are passed over and counted, as a spreadsheet counts them', async () => {
		const { rows } = await readAll(piecesOf('a,b\n\n , \n1,2\n'));
		expect(rows.map(({ row }) => row)).toEqual([1, 4]);
	});

	test('whatever rows are written by the rules come back', () => {
		const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\n', '\r', '1') });
		const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
		expectAlways(
			fc.property(table, fc.constantFrom(',', ';', '\t', '|'), fc.nat(), (rows, delimiter, cut) => {
				const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
				const text = rows.map((cells) => cells.map(quoted).join(delimiter)).join('\r\n') + '\r\n';
				const tokens = new CsvTokens(delimiter);
				const at = cut % (text.length + 1);
				const read = [...tokens.push(text.slice(0, at)), ...tokens.push(text.slice(at)), ...tokens.end()];
				return JSON.stringify(read.map(({ cells }) => cells)) === JSON.stringify(rows);
			})
		);
	});
});

describe('encodings', () => {
	const text = 'libellé;montant\nÉquipement à Genève;5\n';
	const rows = [
		['libellé', 'montant'],
		['Équipement à Genève', '5']
	];

	test.each<[string, Uint8Array, string[]]>([
		['UTF-8', encode(text), []],
		['UTF-8 with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), encode(text)]), []],
		[
			'UTF-16 with a byte order mark',
			Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
			[]
		],
		[
			'UTF-16, the other way round',
			Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]).swap16(),
			[]
		],
		['UTF-16 without a mark', Buffer.from(text, 'utf16le'), ['encoding-assumed']],
		['Windows-1252', latin1(text), ['encoding-assumed']]
	])('%s', async (_, bytes, warnings) => {
		for (const length of [bytes.length, 1, 3]) {
			const read = await readAll(piecesOf(...inPieces(bytes, length)));
			expect(read.texts).toEqual(rows);
			expect(read.findings.map(({ rule }) => rule)).toEqual(warnings);
		}
	});

	test('euro signs and curly quotes of Windows-1252 are what they are', async () => {
		const { texts } = await readAll(piecesOf(Uint8Array.of(0x61, 0x3b, 0x80, 0x3b, 0x93, 0x78, 0x94)));
		expect(texts).toEqual([['a', '€', '“x”']]);
	});

	test('Windows-1252 that shows late reads the same as Windows-1252 that shows at once', async () => {
		const plain = 'row;value\n'.repeat(20_000);
		const { texts, rules } = await readAll(piecesOf(...inPieces(latin1(`${plain}é;1\n`), 4096)));
		expect(texts).toHaveLength(20_001);
		expect(texts.at(-1)).toEqual(['é', '1']);
		expect(rules).toEqual([['warning', 'encoding-assumed', 'f.csv']]);
	});

	test('a file in two encodings is stopped instead of read wrong', async () => {
		const bytes = Buffer.concat([encode('é;1\n'.repeat(3000)), latin1('é;2\n')]);
		const { rules } = await readAll(piecesOf(...inPieces(bytes, 1000)));
		expect(rules).toEqual([['critical', 'not-text', expect.stringContaining('f.csv')]]);
	});
});

describe('text files that are broken or made to break', () => {
	test('a line of 100 MB is given up after the first million characters', async () => {
		let pulled = 0;
		async function* endless() {
			const piece = new Uint8Array(65_536).fill(0x78);
			for (; pulled < 1600; pulled++) yield piece;
		}
		const { rows, rules } = await readAll(endless());
		expect(rows).toEqual([]);
		expect(rules).toEqual([['critical', 'row-too-long', 'f.csv row 1']]);
		expect(pulled).toBeLessThan(40);
	});

	test('a quote that is never closed stops at the row that opens it', async () => {
		const { texts, rules } = await readAll(piecesOf('a,b\n1,2\n"3,4\n5,6\n'));
		expect(texts).toHaveLength(2);
		expect(rules).toEqual([['critical', 'csv-quote-unclosed', 'f.csv row 3']]);
	});

	test('100 000 columns are no table', async () => {
		const { rules } = await readAll(piecesOf(`${'a,'.repeat(100_000)}\n`));
		expect(rules).toEqual([['critical', 'columns-too-many', 'f.csv row 1']]);
	});

	test('text after a closing quote, a NUL and a cell longer than any cell refuse their row alone', async () => {
		const { texts, rules } = await readAll(piecesOf(`a,b\n"1"x,2\n3,\0\n${'y'.repeat(32_768)},4\n5,6\n`));
		expect(texts).toEqual([
			['a', 'b'],
			['5', '6']
		]);
		expect(rules).toEqual([
			['error', 'csv-malformed', 'f.csv row 2'],
			['error', 'character-unusable', 'f.csv row 3 column B'],
			['error', 'cell-too-long', 'f.csv row 4 column A']
		]);
	});

	test.each<[string, Uint8Array, string]>([
		['an empty file', new Uint8Array(0), 'no-rows'],
		['a page saved as .xls', encode('<html><table><tr><td>1</td></tr></table></html>'), 'not-a-workbook'],
		['a PDF', encode('%PDF-1.7 ...'), 'not-a-workbook'],
		[
			'a workbook with a password',
			Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0),
			'workbook-encrypted'
		]
	])('%s is refused with what to do', async (_, bytes, rule) => {
		const { rows, rules } = await readAll(piecesOf(bytes));
		expect(rows).toEqual([]);
		expect(rules).toEqual([['critical', rule, 'f.csv']]);
	});
});
