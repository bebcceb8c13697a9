import { describe, expect, test } from 'vitest';
import { guessMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { parseMapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { surveySpreadsheet } from '#lib/server/intake/spreadsheet/survey.ts';
import { piecesOf } from '../support/sheet-reading.ts';
import { workbookOf, type SheetCell, type SheetContent } from '../support/workbook-file.ts';

const number = (text: string): SheetCell => ({ number: text });
const date = (day: string): SheetCell => ({ date: day });

async function guessOf(file: string | SheetContent[], remembered: Mapping | null = null) {
	const bytes = typeof file === 'string' ? file : workbookOf({ sheets: file });
	const guess = guessMapping(await surveySpreadsheet(piecesOf(bytes), 'f'), remembered);
	const columns = Object.fromEntries(
		Object.entries(guess.mapping.columns).map(([field, { column }]) => [field, column])
	);
	return {
		...guess,
		columns,
		masked: guess.mapping.masked.map(({ column }) => column),
		asked: guess.questions.map(({ code }) => code)
	};
}

describe('which sheet and which rows', () => {
	test('the ledger among cover sheets, below its merged titles', async () => {
		const { mapping, columns, questions } = await guessOf([
			{ name: 'Cover', rows: [['Partner report'], ['Project', 'GLO.X'], ['Total', number('5')]] },
			{
				name: 'GL',
				rows: [
					['General ledger'],
					['Currency: EUR'],
					[],
					['Posting date', 'Doc no', 'Budget line', 'Text', 'Amount'],
					[date('2017-03-08'), 'A1', 'Staff', 'x', number('5')]
				]
			},
			{
				name: 'Old',
				state: 'hidden',
				rows: [
					['Posting date', 'Doc no', 'Budget line', 'Text', 'Amount'],
					[date('2016-03-08'), 'A1', 'Staff', 'x', number('5')],
					[date('2016-03-09'), 'A2', 'Staff', 'x', number('5')]
				]
			}
		]);
		expect([mapping.sheet, mapping.headerRow]).toEqual(['GL', 4]);
		expect(columns).toEqual({ date: 1, reference: 2, heading: 3, description: 4, amount: 5 });
		expect(mapping.constants).toEqual({ currency: 'EUR' });
		expect(questions).toEqual([]);
		expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual({ mapping });
	});

	test('two ledgers in one workbook are asked about', async () => {
		const rows = [
			['Date', 'Ref', 'Amount'],
			[date('2017-03-08'), 'A', number('1')]
		];
		const { mapping, questions } = await guessOf([
			{ name: 'March', rows },
			{ name: 'April', rows }
		]);
		expect(mapping.sheet).toBe('March');
		expect(questions).toEqual([{ code: 'sheet', examples: [], answers: ['March', 'April'] }]);
	});

	test('headings in two rows are read together', async () => {
		const { columns, mapping } = await guessOf([
			{
				name: 'S',
				rows: [
					['Transaction', null, 'Expenditure', null],
					['Date', 'Voucher', 'Debit', 'Credit'],
					[date('2017-03-08'), 'V', number('5'), null],
					[date('2017-03-09'), 'W', null, number('2')]
				]
			}
		]);
		expect(mapping.headerRow).toBe(2);
		expect(columns).toEqual({ date: 1, reference: 2, debit: 3, credit: 4 });
	});

	test('without any known word the widest row is taken, and asked about', async () => {
		const { mapping, asked } = await guessOf('Aaa\nBbb;Ccc;Ddd\n1;2;3\n');
		expect(mapping.headerRow).toBe(2);
		expect(asked).toContain('header');
	});

	test.each(['', 'x', '\n\n'])(
		'a file without a table (%j) has a mapping that reads nothing',
		async (text) => {
			const { mapping, asked } = await guessOf(text);
			expect(mapping.columns).toEqual({});
			expect(asked).toContain('header');
		}
	);
});

describe('columns by their headings', () => {
	test.each<[string, string, string, Record<string, number>, number[]]>([
		[
			'English',
			'Posting Date,Value Date,Voucher No.,GL Account,Budget Line,Description,Currency,Amount,Country,Donor,Vendor',
			'08/03/2017,08/03/2017,V1,6001,Staff,Pay,EUR,"1,234.50",Mali,EU,Mr X',
			{
				date: 1,
				valueDate: 2,
				reference: 3,
				heading: 5,
				description: 6,
				currency: 7,
				amount: 8,
				country: 9,
				provider: 10
			},
			[11]
		],
		[
			'French',
			'Date comptable;N° de pièce;Libellé;Rubrique budgétaire;Débit;Crédit;Devise;Pays;Fournisseur',
			'25/03/2017;P1;Salaire;Personnel;1 234,50;;EUR;Mali;M. X',
			{ date: 1, reference: 2, description: 3, heading: 4, debit: 5, credit: 6, currency: 7, country: 8 },
			[9]
		],
		[
			'Spanish',
			'Fecha;Comprobante;Descripción;Partida presupuestaria;Monto;Moneda;País;Beneficiario',
			'25/03/2017;C1;Pago;Personal;1.234,50;USD;Colombia;Sr. X',
			{ date: 1, reference: 2, description: 3, heading: 4, amount: 5, currency: 6, country: 7 },
			[8]
		],
		[
			'Portuguese',
			'Data;Nº documento;Histórico;Rubrica;Valor;Moeda;País;Favorecido',
			'25/03/2017;D1;Pagamento;Pessoal;1.234,50;BRL;Brasil;Sr. X',
			{ date: 1, reference: 2, description: 3, heading: 4, amount: 5, currency: 6, country: 7 },
			[8]
		],
		[
			'a UN extract',
			'Fiscal Year|Posting Date|Document Number|Sponsored Class|Grant|Line Item Text|Amount in Transaction Currency|Transaction Currency|Created by|Amount in USD',
			'2017|03/25/2017|500001|10|S1-32CPL|Pay|1,234.50|EUR|someone|1,300.00',
			{ date: 2, reference: 3, heading: 4, project: 5, description: 6, amount: 7, currency: 8 },
			[9]
		]
	])('%s', async (_, header, row, expected, masked) => {
		const guess = await guessOf(`${header}\n${row}\n`);
		expect(guess.columns).toEqual(expected);
		expect(guess.masked).toEqual(masked);
	});

	test('what nothing is read from is named', async () => {
		const { unread } = await guessOf('Date,Amount,Cost centre,Employee\n25/03/2017,5,CC,Mr X\n');
		expect(unread).toEqual([{ column: 3, header: 'Cost centre' }]);
	});

	test('a heading that fits but a column that does not is passed over', async () => {
		const { columns } = await guessOf('Date,Total,Amount\n25/03/2017,none,5\n26/03/2017,none,6\n');
		expect(columns).toEqual({ date: 1, amount: 3 });
	});

	test('a signed amount makes debit and credit superfluous, an unsigned one does not', async () => {
		const header = 'Date,Debit,Credit,Amount\n';
		expect((await guessOf(`${header}25/03/2017,5,,5\n26/03/2017,,2,-2\n`)).columns).toEqual({
			date: 1,
			amount: 4
		});
		expect((await guessOf(`${header}25/03/2017,5,,5\n26/03/2017,,2,2\n`)).columns).toEqual({
			date: 1,
			debit: 2,
			credit: 3
		});
	});

	test('the currency of a heading holds for all rows', async () => {
		expect((await guessOf('Date,Amount (USD)\n25/03/2017,5\n')).mapping.constants).toEqual({
			currency: 'USD'
		});
		expect((await guessOf('Date,Amount (ALL)\n25/03/2017,5\n')).mapping.constants).toEqual({
			currency: 'ALL'
		});
		expect((await guessOf('Date,Amount (XYZ)\n25/03/2017,5\n')).mapping.constants).toEqual({});
	});
});

describe('styles by the evidence of the whole column', () => {
	const ledger = (dates: string[], amounts: string[] = []) =>
		`Date;Amount\n${dates.map((day, index) => `${day};${amounts[index] ?? '5'}`).join('\n')}\n`;

	test.each<[string, string[], string]>([
		[
			'one day above twelve, after 300 that could be either',
			[...Array.from({ length: 300 }, (_, at) => `0${(at % 9) + 1}/04/2017`), '25/04/2017'],
			'dmy'
		],
		['one month that cannot be one', ['03/04/2017', '04/25/2017'], 'mdy'],
		['ISO dates', ['2017-04-25', '2017-04-03'], 'dmy'],
		['years of two digits in front', ['17/04/25', '17/04/03'], 'dmy']
	])('%s', async (_, dates, order) => {
		const { mapping, asked } = await guessOf(ledger(dates));
		expect(mapping.dateStyle.order).toBe(order);
		expect(asked).not.toContain('header');
	});

	test('dates that can all be both are asked about, with examples', async () => {
		const { questions } = await guessOf(ledger(['03/04/2017', '05/06/2017']));
		expect(questions).toEqual([
			{ code: 'date-order', column: 1, examples: ['03/04/2017', '05/06/2017'], answers: ['dmy', 'mdy'] }
		]);
	});

	test('dates of which some are one and some the other are asked about', async () => {
		const { questions } = await guessOf(ledger(['25/04/2017', '26/04/2017', '04/27/2017']));
		expect(questions).toMatchObject([{ code: 'date-order', answers: ['dmy', 'mdy'] }]);
	});

	test('dates stored beside dates left as text were taken wrong by some program', async () => {
		const { asked } = await guessOf([
			{
				name: 'S',
				rows: [
					['Date', 'Amount'],
					[date('2017-03-04'), number('1')],
					['25/04/2017', number('2')]
				]
			}
		]);
		expect(asked).toEqual(['dates-swapped']);
	});

	test.each<[string, string[], object]>([
		['1,234.56', ['1,234.56', '12'], { decimal: 'point', group: 'comma' }],
		['1.234,56', ['1.234,56', '12'], { decimal: 'comma', group: 'point' }],
		['1 234,56', ['1 234,56', '12'], { decimal: 'comma', group: 'space' }],
		["1'234.56", ["1'234.56"], { decimal: 'point', group: 'apostrophe' }],
		['12,5', ['12,5', '1234'], { decimal: 'comma', group: 'point' }],
		['(1,234.56)', ['(1,234.56)'], { decimal: 'point', group: 'comma' }]
	])('%s', async (_, amounts, style) => {
		const { mapping, questions } = await guessOf(
			ledger(
				amounts.map(() => '2017-04-25'),
				amounts
			)
		);
		expect(mapping.numberStyle).toEqual(style);
		expect(questions).toEqual([]);
	});

	test('a single mark before three digits everywhere is asked about', async () => {
		const { questions, mapping } = await guessOf(ledger(['2017-04-25', '2017-04-26'], ['1,234', '5,678']));
		expect(mapping.numberStyle.decimal).toBe('point');
		expect(questions).toEqual([
			{ code: 'number-style', column: 2, examples: ['1,234', '5,678'], answers: ['point', 'comma'] }
		]);
	});

	test('numbers of two styles are asked about', async () => {
		const { asked } = await guessOf(ledger(['2017-04-25', '2017-04-26'], ['1,234.56', '1.234,56']));
		expect(asked).toEqual(['number-style']);
	});

	test('spending below zero throughout is turned', async () => {
		const amounts = Array.from({ length: 20 }, (_, at) => `-${at + 1}`);
		expect(
			(
				await guessOf(
					ledger(
						amounts.map(() => '2017-04-25'),
						amounts
					)
				)
			).mapping.sign
		).toBe('negated');
		expect((await guessOf(ledger(['2017-04-25', '2017-04-26'], ['5', '-1']))).mapping.sign).toBe(
			'as_written'
		);
	});
});

describe('a remembered mapping', () => {
	const march = 'Date;Amount;Budget line;Name\n25/03/2017;5;Staff;Mr X\n';

	test('finds its columns again by their headings, and keeps what was said', async () => {
		const first = (await guessOf(march)).mapping;
		const remembered: Mapping = {
			...first,
			constants: {
				reporter: 'R',
				activity: 'A',
				kind: '4',
				currency: 'EUR',
				dateFrom: '2017-03-01',
				dateTo: '2017-03-31'
			},
			translations: { heading: { Staff: 'staff' } },
			sign: 'negated',
			statedTotals: [{ from: 'typed', by: 'overall', amount: '5' }]
		};
		const next = await guessOf('Name;Date;Extra;Budget line;Amount\nMr X;25/04/2017;e;Staff;6\n', remembered);
		expect(next.columns).toEqual({ date: 2, heading: 4, amount: 5 });
		expect(next.masked).toEqual([1]);
		expect(next.certainty).toEqual({ date: 'remembered', heading: 'remembered', amount: 'remembered' });
		expect(next.mapping).toMatchObject({
			constants: { reporter: 'R', activity: 'A', kind: '4', currency: 'EUR' },
			translations: { heading: { Staff: 'staff' } },
			sign: 'negated',
			statedTotals: []
		});
		expect(next.mapping.constants).not.toHaveProperty('dateFrom');
	});

	test('is left aside where the layout is another', async () => {
		const remembered = (await guessOf(march)).mapping;
		const { columns, certainty } = await guessOf('Fecha;Monto\n25/04/2017;6\n', remembered);
		expect(columns).toEqual({ date: 1, amount: 2 });
		expect(certainty).toEqual({ date: 'certain', amount: 'certain' });
	});
});
