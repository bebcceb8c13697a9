import { describe, expect, test } from 'vitest';
import type { Finding, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { ledgerSheet } from '#lib/server/intake/readers/ledger-sheet.ts';
import type { ReadSummary } from '#lib/server/intake/readers/reader.ts';
import { checkMapping } from '#lib/server/intake/spreadsheet/check-mapping.ts';
import { emptyMapping, guessMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import { headersOf } from '#lib/server/intake/spreadsheet/headers.ts';
import type { Field, Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { surveySpreadsheet } from '#lib/server/intake/spreadsheet/survey.ts';
import { piecesOf } from '../support/sheet-reading.ts';
import { workbookOf, type SheetCell, type SheetContent } from '../support/workbook-file.ts';

const number = (text: string): SheetCell => ({ number: text });
const date = (day: string): SheetCell => ({ date: day });
const CONSTANTS: Mapping['constants'] = {
	reporter: 'R',
	activity: 'A',
	project: 'P',
	kind: '4',
	currency: 'EUR'
};

/** A mapping of columns by their headings, in the order of the fields. */
function mapping(header: string[], fields: (Field | null)[], change: Partial<Mapping> = {}): Mapping {
	const columns = fields.flatMap((field, index) =>
		field === null ? [] : [[field, { column: index + 1, header: header[index]! }]]
	);
	return { ...emptyMapping('S'), constants: CONSTANTS, columns: Object.fromEntries(columns), ...change };
}

async function read(file: Uint8Array | string, how: Mapping, fileName = 'f.xlsx') {
	const entries: LedgerEntryRecord[] = [];
	const findings: Finding[] = [];
	let summary: ReadSummary | null = null;
	for await (const item of ledgerSheet.read(piecesOf(file), {
		fileName,
		nature: 'published',
		mapping: how
	})) {
		if (item.kind === 'finding') findings.push(item);
		else if (item.kind === 'read_counts') summary = item;
		else entries.push(item);
	}
	const rules = findings.map(({ severity, rule, place }) => [severity, rule, place]);
	return { entries, findings, rules, summary, amounts: entries.map(({ amount }) => amount) };
}

const HEADER = ['Date', 'Ref', 'Heading', 'Amount'];
const FIELDS: Field[] = ['date', 'reference', 'heading', 'amount'];
const readSheet = (rows: SheetCell[][], change: Partial<Mapping> = {}, sheets: SheetContent[] = []) =>
	read(
		workbookOf({ sheets: [{ name: 'S', rows: [HEADER, ...rows] }, ...sheets] }),
		mapping(HEADER, FIELDS, change)
	);
/** One row of a text file under the headings, read with a mapping. */
const readRow = (header: string[], fields: (Field | null)[], row: string[], change: Partial<Mapping> = {}) =>
	read(
		[header, row].map((cells) => cells.join(';')).join('\n'),
		mapping(header, fields, { sheet: '', ...change }),
		'f.csv'
	);

describe('a row', () => {
	test('becomes an entry with its place, its columns and what holds for all', async () => {
		const { entries, findings, summary } = await readSheet([
			[date('2017-03-08'), 'V1', 'Staff', number('12.5')]
		]);
		expect(findings).toEqual([]);
		expect(entries).toEqual([
			{
				kind: 'ledger_entry',
				place: 'f.xlsx sheet S row 2',
				nature: null,
				reporter: 'R',
				activity: 'A',
				project: 'P',
				entryKind: '4',
				reference: 'V1',
				dateFrom: '2017-03-08',
				dateTo: '2017-03-08',
				datePrecision: 'day',
				valueDate: null,
				amount: '12.5',
				currency: 'EUR',
				provider: null,
				receiver: null,
				providerActivity: null,
				receiverActivity: null,
				agreement: null,
				budgetVersion: null,
				heading: 'Staff',
				objective: null,
				description: null,
				basis: 'not_stated',
				state: 'not_stated',
				countries: [],
				countryBasis: 'measured',
				countryKey: null,
				sectors: [],
				sectorBasis: 'measured',
				sectorKey: null,
				exchangeDifference: false
			}
		]);
		expect(summary?.counts).toEqual({
			activities: 1,
			transactions: 1,
			sums: [{ currency: 'EUR', kind: '4', count: 1, sum: '12.50' }]
		});
	});

	test.each<[string, string[], (Field | null)[], string[], Partial<LedgerEntryRecord>]>([
		[
			'country by name, sector, kind in words',
			['D', 'A', 'C', 'S', 'K'],
			['date', 'amount', 'country', 'sector', 'kind'],
			['08/03/2017', '5', 'Kyrgyz Republic', '15160', 'Décaissement'],
			{
				countries: [{ country: 'KG', percentage: '100' }],
				sectors: [{ code: '15160', percentage: '100' }],
				entryKind: '3'
			}
		],
		[
			'no single country',
			['D', 'A', 'C'],
			['date', 'amount', 'country'],
			['08/03/2017', '5', 'HQ'],
			{ countries: [{ country: null, percentage: '100' }] }
		],
		[
			'parties and projects as they stand',
			['D', 'A', 'P', 'V', 'R'],
			['date', 'amount', 'provider', 'project', 'receiver'],
			['08/03/2017', '5', 'EU', 'GLO', 'IOM'],
			{ provider: 'EU', project: 'GLO', receiver: 'IOM' }
		],
		[
			'a currency in small letters',
			['D', 'A', 'C'],
			['date', 'amount', 'currency'],
			['08/03/2017', '5', 'usd'],
			{ currency: 'USD' }
		],
		[
			'a blank cell takes what holds for all',
			['D', 'A', 'C'],
			['date', 'amount', 'currency'],
			['08/03/2017', '5', ''],
			{ currency: 'EUR' }
		],
		[
			'a month',
			['D', 'A'],
			['date', 'amount'],
			['March 2017', '5'],
			{ dateFrom: '2017-03-01', dateTo: '2017-03-31', datePrecision: 'month' }
		],
		[
			'a span',
			['D', 'T', 'A'],
			['date', 'dateTo', 'amount'],
			['08/03/2017', '10/03/2017', '5'],
			{ dateFrom: '2017-03-08', dateTo: '2017-03-10', datePrecision: 'period' }
		],
		[
			'a value date',
			['D', 'V', 'A'],
			['date', 'valueDate', 'amount'],
			['08/03/2017', '10/03/2017', '5'],
			{ valueDate: '2017-03-10' }
		],
		['debit', ['D', 'X', 'Y'], ['date', 'debit', 'credit'], ['08/03/2017', '5.10', ''], { amount: '5.10' }],
		['credit', ['D', 'X', 'Y'], ['date', 'debit', 'credit'], ['08/03/2017', '', '5.10'], { amount: '-5.10' }],
		[
			'debit with a dash for no credit',
			['D', 'X', 'Y'],
			['date', 'debit', 'credit'],
			['08/03/2017', '5.10', '-'],
			{ amount: '5.10' }
		],
		[
			'a column that says credit',
			['D', 'A', 'S'],
			['date', 'amount', 'side'],
			['08/03/2017', '5.10', 'Cr'],
			{ amount: '-5.10' }
		],
		['parentheses', ['D', 'A'], ['date', 'amount'], ['08/03/2017', '(1,234.50)'], { amount: '-1234.50' }]
	])('%s', async (_, header, fields, row, expected) => {
		const { entries, findings } = await readRow(header, fields, row);
		expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
		expect(entries).toMatchObject([expected]);
	});

	test('is turned, translated and read in the style that the mapping says', async () => {
		const { entries } = await readRow(
			['D', 'A', 'H'],
			['date', 'amount', 'heading'],
			['03/08/2017', '-1.234,50', '1.1 Salaries '],
			{
				sign: 'negated',
				numberStyle: { decimal: 'comma', group: 'point' },
				dateStyle: { order: 'mdy' },
				translations: { heading: { '1.1 salaries': 'staff' } }
			}
		);
		expect(entries).toMatchObject([{ amount: '1234.50', dateFrom: '2017-03-08', heading: 'staff' }]);
	});

	test('without a column of dates is of the period of the report', async () => {
		const { entries, findings } = await readRow(['R', 'A'], ['reference', 'amount'], ['V1', '5'], {
			constants: { ...CONSTANTS, dateFrom: '2017-01-01', dateTo: '2017-03-31' }
		});
		expect(findings).toEqual([]);
		expect(entries).toMatchObject([
			{ dateFrom: '2017-01-01', dateTo: '2017-03-31', datePrecision: 'quarter' }
		]);
	});

	test.each<[string, string[], (Field | null)[], string[], string, string]>([
		['no number', ['D', 'A'], ['date', 'amount'], ['08/03/2017', '5,5'], 'not-a-number', 'B'],
		['no amount', ['D', 'A'], ['date', 'amount'], ['08/03/2017', ''], 'amount-missing', 'B'],
		[
			'no debit and no credit',
			['D', 'X', 'Y'],
			['date', 'debit', 'credit'],
			['08/03/2017', '', ''],
			'amount-missing',
			'B'
		],
		[
			'no date',
			['D', 'A', 'R'],
			['date', 'amount', 'reference'],
			['31/02/2017', '5', 'V1'],
			'not-a-date',
			'A'
		],
		[
			'an end before the start',
			['D', 'T', 'A'],
			['date', 'dateTo', 'amount'],
			['08/03/2017', '07/03/2017', '5'],
			'end-before-start',
			'B'
		],
		[
			'a value date that is a month',
			['D', 'V', 'A'],
			['date', 'valueDate', 'amount'],
			['08/03/2017', '03/2017', '5'],
			'not-a-day',
			'B'
		],
		[
			'no currency',
			['D', 'A', 'C'],
			['date', 'amount', 'currency'],
			['08/03/2017', '5', 'XXX'],
			'not-a-currency',
			'C'
		],
		[
			'another currency in the amount',
			['D', 'A', 'C'],
			['date', 'amount', 'currency'],
			['08/03/2017', 'USD 5', 'EUR'],
			'currency-contradicts',
			'B'
		],
		[
			'no country',
			['D', 'A', 'C'],
			['date', 'amount', 'country'],
			['08/03/2017', '5', 'Atlantis'],
			'not-a-country',
			'C'
		],
		[
			'no sector',
			['D', 'A', 'S'],
			['date', 'amount', 'sector'],
			['08/03/2017', '5', '151'],
			'unknown-code',
			'C'
		],
		[
			'no kind',
			['D', 'A', 'K'],
			['date', 'amount', 'kind'],
			['08/03/2017', '5', 'lunch'],
			'unknown-code',
			'C'
		],
		[
			'neither debit nor credit',
			['D', 'A', 'S'],
			['date', 'amount', 'side'],
			['08/03/2017', '5', 'x'],
			'unknown-code',
			'C'
		]
	])('with %s is refused, at its column', async (_, header, fields, row, rule, column) => {
		const { entries, rules, summary } = await readRow(header, fields, row);
		expect(entries).toEqual([]);
		expect(rules[0]).toEqual(['error', rule, `f.csv row 2 column ${column}`]);
		expect(summary?.refused).toEqual(['f.csv row 2']);
	});

	test('with an error, a formula without its result, or an impossible day in a cell that is read is refused', async () => {
		const { rules, amounts } = await readSheet([
			[date('2017-03-08'), 'V1', 'Staff', { error: '#REF!' }],
			[date('2017-03-08'), 'V2', 'Staff', { formula: 'SUM(D1:D2)' }],
			[date('60'), 'V3', 'Staff', number('5')],
			[date('2017-03-08'), 'V4', 'Staff', { formula: 'D1*2', result: '7' }]
		]);
		expect(rules).toEqual([
			['error', 'cell-error', 'f.xlsx sheet S row 2 column D'],
			['error', 'formula-without-value', 'f.xlsx sheet S row 3 column D'],
			['error', 'not-a-date', 'f.xlsx sheet S row 4 column A']
		]);
		expect(amounts).toEqual(['7']);
	});

	test('without a date, or outside the period, goes through with a warning', async () => {
		const constants = { ...CONSTANTS, dateFrom: '2017-03-01', dateTo: '2017-03-31' };
		const { entries, rules } = await readSheet(
			[
				[null, 'V1', 'Staff', number('5')],
				[date('2017-04-01'), 'V2', 'Staff', number('5')]
			],
			{ constants }
		);
		expect(entries).toMatchObject([
			{ dateFrom: '2017-03-01', datePrecision: 'month' },
			{ dateFrom: '2017-04-01' }
		]);
		expect(rules).toEqual([
			['warning', 'date-missing', 'f.xlsx sheet S row 2 column A'],
			['warning', 'date-outside-period', 'f.xlsx sheet S row 3 column A']
		]);
	});

	test('with a reference that came before goes through with a warning that names the first', async () => {
		const { entries, findings } = await readSheet([
			[date('2017-03-08'), 'V1', 'Staff', number('5')],
			[date('2017-03-08'), 'V1', 'Travel', number('6')],
			[date('2017-03-08'), 'V1', 'Staff', number('5')]
		]);
		expect(entries).toHaveLength(3);
		expect(findings.map(({ rule, place, read }) => [rule, place, read])).toEqual([
			['reference-repeated', 'f.xlsx sheet S row 3 column B', 'V1, as in row 2'],
			[
				'line-repeated',
				'f.xlsx sheet S row 4 column B',
				'V1, as in row 2 with the same date, amount and heading'
			]
		]);
	});

	test('what is the same in many rows is told once, with the first place', async () => {
		const noisy = number('0.30000000000000004');
		const { amounts, findings } = await readSheet([
			[date('2017-03-08'), 'V1', 'Staff', noisy],
			[date('2017-03-08'), 'V2', 'Staff', noisy],
			[date('2017-03-08'), 'V3', 'Staff', noisy]
		]);
		expect(amounts).toEqual(['0.3', '0.3', '0.3']);
		expect(findings).toMatchObject([
			{
				rule: 'float-noise',
				place: 'f.xlsx sheet S row 2 column D',
				read: '0.30000000000000004, and 2 more like it'
			}
		]);
	});

	test('a count of days without a date format is read as one, with a warning; years and 20170308 are what they look like', async () => {
		const { entries, rules } = await readSheet([
			[number('42802'), 'V1', 'Staff', number('1')],
			[number('20170308'), 'V2', 'Staff', number('1')],
			[number('2017'), 'V3', 'Staff', number('1')]
		]);
		expect(entries.map(({ dateFrom, datePrecision }) => [dateFrom, datePrecision])).toEqual([
			['2017-03-08', 'day'],
			['2017-03-08', 'day'],
			['2017-01-01', 'year']
		]);
		expect(rules).toEqual([['warning', 'date-unformatted', 'f.xlsx sheet S row 2 column A']]);
	});

	test('a number that only looks like a month is none', async () => {
		const { rules } = await readSheet([[number('2017.1'), 'V1', 'Staff', number('1')]]);
		expect(rules).toEqual([['error', 'not-a-date', 'f.xlsx sheet S row 2 column A']]);
	});

	test('Namibia is a country', async () => {
		const { entries } = await readRow(
			['D', 'A', 'C'],
			['date', 'amount', 'country'],
			['08/03/2017', '5', 'NA']
		);
		expect(entries).toMatchObject([{ countries: [{ country: 'NA', percentage: '100' }] }]);
	});

	test('dates stored beside dates left as text are warned about', async () => {
		const { rules } = await readSheet([
			[date('2017-04-03'), 'V1', 'Staff', number('1')],
			['25/04/2017', 'V2', 'Staff', number('1')]
		]);
		expect(rules).toEqual([['warning', 'dates-mixed', 'f.xlsx sheet S row 3 column A']]);
	});
});

describe('rows that are no movements', () => {
	const rows: SheetCell[][] = [
		['1. Staff'],
		[date('2017-03-08'), 'V1', 'Staff', number('10')],
		[date('2017-03-09'), 'V2', 'Staff', number('20.50')],
		['Total staff', null, null, number('30.5')],
		HEADER,
		[date('2017-04-08'), 'V3', 'Travel', number('5')],
		[null, null, 'Subtotal', number('5')],
		['Opening balance', null, null, number('99')],
		['Grand total', null, null, number('35.50')]
	];

	test('titles, headings again, balances and totals are told apart; totals that agree say nothing', async () => {
		const { amounts, rules, summary } = await readSheet(rows);
		expect(amounts).toEqual(['10', '20.50', '5']);
		expect(rules).toEqual([
			['warning', 'balance-row', 'f.xlsx sheet S row 9'],
			['warning', 'row-without-amount', 'f.xlsx sheet S row 2'],
			['warning', 'header-repeated', 'f.xlsx sheet S row 6']
		]);
		expect(summary?.stated).toMatchObject([
			{ what: 'Total staff', stated: '30.5', found: '30.50', currency: 'EUR' },
			{ what: 'Subtotal', stated: '5', found: '5.00', currency: 'EUR' },
			{
				what: 'Grand total',
				stated: '35.50',
				found: '35.50',
				currency: 'EUR',
				place: 'f.xlsx sheet S row 10 column D'
			}
		]);
	});

	test.each<[string, SheetCell[], string]>([
		[
			'an overall total',
			['Total', null, null, number('35.49')],
			'Total: stated 35.49, the rows read add up to 35.50'
		],
		[
			'a total of a heading',
			['Total travel', null, null, number('6')],
			'Total travel: stated 6, the rows read add up to 5.00'
		],
		[
			'a heading and its total',
			['Staff', null, null, number('31')],
			'Staff: stated 31, the rows read add up to 30.50'
		],
		[
			'a total of a month',
			['Total April 2017', null, null, number('6')],
			'Total April 2017: stated 6, the rows read add up to 5.00'
		],
		[
			'French',
			['Total général', null, null, number('36')],
			'Total général: stated 36, the rows read add up to 35.50'
		]
	])('%s that differs is told with both values', async (_, row, said) => {
		const { findings } = await readSheet([...rows.slice(1, 3), rows[5]!, row]);
		expect(findings).toMatchObject([
			{
				severity: 'warning',
				rule: 'stated-total-differs',
				place: 'f.xlsx sheet S row 5 column D',
				read: said
			}
		]);
	});

	test('a total says what refused rows would add', async () => {
		const { findings } = await readSheet([
			[date('2017-03-08'), 'V1', 'Staff', number('10')],
			[date('60'), 'V2', 'Staff', number('20')],
			['Total', null, null, number('30')]
		]);
		expect(findings[1]?.read).toBe(
			'Total: stated 30, the rows read add up to 10.00; 1 rows with an amount were not read, together 20.00'
		);
	});

	test('amounts alone are a total when they are the sum of the rows, and else refused', async () => {
		const data = rows.slice(1, 3);
		expect(await readSheet([...data, [null, null, null, number('30.5')]])).toMatchObject({
			amounts: ['10', '20.50'],
			rules: []
		});
		expect(await readSheet([...data, [null, null, null, number('30.51')]])).toMatchObject({
			amounts: ['10', '20.50'],
			rules: [['error', 'amount-unexplained', 'f.xlsx sheet S row 4']]
		});
	});

	test('a movement whose words begin like a total stays one', async () => {
		const { amounts } = await readRow(
			['D', 'T', 'A'],
			['date', 'description', 'amount'],
			['08/03/2017', 'Total Energies, fuel', '5']
		);
		expect(amounts).toEqual(['5']);
	});

	test('where rows have no dates, a word beside the total makes it a movement', async () => {
		const header = ['Text', 'Heading', 'Amount'];
		const constants = { ...CONSTANTS, dateFrom: '2017-03-01', dateTo: '2017-03-31' };
		const how = mapping(header, ['description', 'heading', 'amount'], { sheet: '', constants });
		const text = 'Text;Heading;Amount\nTaxi;Travel;1\nTotal Energies, fuel;Travel;5\nTotal;;6\n';
		const { amounts, findings } = await read(text, how, 'f.csv');
		expect(amounts).toEqual(['1', '5']);
		expect(findings).toEqual([]);
	});

	test('totals of groups stand under the totals of their parts', async () => {
		const { findings, summary } = await readSheet([
			[date('2017-03-08'), 'V1', 'Staff', number('1')],
			['Subtotal', null, null, number('1')],
			[date('2017-03-08'), 'V2', 'Staff', number('2')],
			['Subtotal', null, null, number('2')],
			['Total component A', null, null, number('3')],
			[date('2017-03-08'), 'V3', 'Staff', number('4')],
			['Subtotal', null, null, number('4')],
			['Total', null, null, number('7')]
		]);
		expect(findings).toEqual([]);
		expect(summary?.stated?.map(({ found }) => found)).toEqual(['1.00', '2.00', '3.00', '4.00', '7.00']);
	});

	test('debit and credit have a total each', async () => {
		const header = ['Date', 'Debit', 'Credit'];
		const content = (totals: SheetCell[]) =>
			workbookOf({
				sheets: [
					{
						name: 'S',
						rows: [
							header,
							[date('2017-03-08'), number('5'), null],
							[date('2017-03-09'), null, number('2')],
							totals
						]
					}
				]
			});
		const how = mapping(header, ['date', 'debit', 'credit']);
		expect((await read(content(['Total', number('5'), number('2')]), how)).findings).toEqual([]);
		expect((await read(content(['Total', number('5'), number('3')]), how)).rules).toEqual([
			['warning', 'stated-total-differs', 'f.xlsx sheet S row 4 column C']
		]);
	});
});

describe('totals that are stated elsewhere', () => {
	const rows: SheetCell[][] = [
		[date('2017-03-08'), 'V1', 'Staff', number('10')],
		[date('2017-04-09'), 'V2', 'Travel', number('20.50')]
	];

	test('typed in by heading, by month and overall', async () => {
		const { findings, summary } = await readSheet(rows, {
			translations: { heading: { Staff: 'staff' } },
			statedTotals: [
				{ from: 'typed', by: 'overall', amount: '30.5', currency: 'EUR' },
				{ from: 'typed', by: 'heading', label: 'Staff', amount: '10' },
				{ from: 'typed', by: 'heading', label: 'Travel', amount: '20' },
				{ from: 'typed', by: 'month', label: '2017-04', amount: '20.50' },
				{ from: 'typed', by: 'month', label: '2017-05', amount: '1' }
			]
		});
		expect(summary?.stated?.map(({ found }) => found)).toEqual(['30.50', '10.00', '20.50', '20.50', '0.00']);
		expect(findings.map(({ rule, read }) => [rule, read])).toEqual([
			['stated-total-differs', 'Travel: stated 20, the rows read add up to 20.50'],
			['stated-total-differs', '2017-05: stated 1, the rows read add up to 0.00']
		]);
	});

	test('typed in with the sign that the rows get, where the sheet has the other', async () => {
		const negative = rows.map((row) => [
			...row.slice(0, 3),
			number(`-${(row[3] as { number: string }).number}`)
		]);
		const statedTotals: Mapping['statedTotals'] = [
			{ from: 'typed', by: 'overall', amount: '30.5' },
			{ from: 'typed', by: 'heading', label: 'Staff', amount: '-10' }
		];
		const { findings, amounts } = await readSheet(negative, { sign: 'negated', statedTotals });
		expect(amounts).toEqual(['10', '20.50']);
		expect(findings).toEqual([]);
	});

	test('on another sheet', async () => {
		const summarySheet: SheetContent = {
			name: 'Summary',
			rows: [
				['Heading', 'Total'],
				['Staff', number('10')],
				['Travel', number('21')],
				[date('2017-04-01'), number('20.5')]
			]
		};
		const { rules } = await readSheet(
			rows,
			{
				statedTotals: [
					{
						from: 'cells',
						by: 'heading',
						sheet: 'Summary',
						firstRow: 2,
						lastRow: 3,
						labelColumn: 1,
						amountColumn: 2
					},
					{
						from: 'cells',
						by: 'month',
						sheet: 'Summary',
						firstRow: 4,
						lastRow: 4,
						labelColumn: 1,
						amountColumn: 2
					}
				]
			},
			[summarySheet]
		);
		expect(rules).toEqual([['warning', 'stated-total-differs', 'f.xlsx sheet Summary row 3 column B']]);
	});
});

describe('a file', () => {
	test('columns that nobody reads are named, masked ones are never looked at', async () => {
		const header = ['Date', 'Payee', 'Amount', 'Cost centre'];
		const content = workbookOf({
			sheets: [
				{
					name: 'S',
					rows: [
						header,
						[date('2017-03-08'), 'Somebody', number('5'), 'CC'],
						[null, 'Somebody', null, null],
						['Total', 'Somebody', number('5'), null]
					]
				}
			]
		});
		const how = mapping(header, ['date', null, 'amount'], { masked: [{ column: 2, header: 'Payee' }] });
		const { findings, entries } = await read(content, how);
		expect(findings.map(({ rule, read }) => [rule, read])).toEqual([['columns-not-read', 'Cost centre']]);
		expect(JSON.stringify([findings, entries])).not.toContain('Somebody');
	});

	test('words in columns that are not read are not quoted either', async () => {
		const header = ['Name', 'Date', 'Amount'];
		const content = workbookOf({
			sheets: [
				{
					name: 'S',
					rows: [
						header,
						['Somebody', date('2017-03-08'), number('5')],
						['Somebody'],
						['Total Somebody', null, number('6')]
					]
				}
			]
		});
		const { findings } = await read(content, mapping(header, [null, 'date', 'amount']));
		expect(findings.map(({ rule }) => rule)).toEqual([
			'row-without-amount',
			'stated-total-differs',
			'columns-not-read'
		]);
		expect(JSON.stringify(findings)).not.toContain('Somebody');
	});

	test.each<[string, Partial<Mapping>, string]>([
		[
			'another heading in a mapped column',
			{ columns: { ...mapping(HEADER, FIELDS).columns, amount: { column: 4, header: 'Budget' } } },
			'header-differs'
		],
		['no such sheet', { sheet: 'T' }, 'sheet-missing'],
		['a header row that is blank', { headerRow: 2 }, 'header-missing'],
		['a header row below the end', { headerRow: 99 }, 'header-missing'],
		[
			'a mapping without a reporter',
			{ constants: { activity: 'A', kind: '4', currency: 'EUR' } },
			'mapping-missing'
		],
		['a mapping with a wrong constant', { constants: { ...CONSTANTS, currency: 'XYZ' } }, 'mapping-wrong']
	])('with %s is not read', async (_, change, rule) => {
		const { entries, findings } = await readSheet(
			[[], [date('2017-03-08'), 'V', 'Staff', number('5')]],
			change
		);
		expect(entries).toEqual([]);
		expect(findings).toMatchObject([{ severity: 'critical', rule }]);
	});

	test('without a mapping is not read', async () => {
		const items = [];
		for await (const item of ledgerSheet.read(piecesOf('a'), { fileName: 'f.csv', nature: 'published' }))
			items.push(item);
		expect(items).toMatchObject([{ kind: 'finding', severity: 'critical', rule: 'mapping-missing' }]);
	});

	test('that breaks in the middle ends with the finding that says so', async () => {
		const { entries, findings, summary } = await read(
			'D;A\n08/03/2017;5\n"09/03/2017;6\n',
			mapping(['D', 'A'], ['date', 'amount'], { sheet: '' }),
			'f.csv'
		);
		expect(entries).toHaveLength(1);
		expect(findings).toMatchObject([
			{ severity: 'critical', rule: 'csv-quote-unclosed', place: 'f.csv row 3' }
		]);
		expect(summary).toBeNull();
	});

	test('hidden sheets and rows are read like any other, with a warning', async () => {
		const data = `<row r="1"><c r="A1" t="str"><v>Date</v></c><c r="B1" t="str"><v>Amount</v></c></row>
			<row r="2" hidden="1"><c r="A2" t="d"><v>2017-03-08</v></c><c r="B2"><v>5</v></c></row>`;
		const content = workbookOf({ sheets: [{ name: 'S', state: 'veryHidden', rows: [], data }] });
		const { amounts, rules } = await read(content, mapping(['Date', 'Amount'], ['date', 'amount']));
		expect(amounts).toEqual(['5']);
		expect(rules).toEqual([
			['warning', 'sheet-hidden', 'f.xlsx sheet S'],
			['warning', 'row-hidden', 'f.xlsx sheet S row 2']
		]);
	});

	test('with a very long heading is read by it', async () => {
		const long = 'Amount '.repeat(100);
		const survey = await surveySpreadsheet(piecesOf(`Date;${long}\n08/03/2017;5\n`), 'f.csv');
		const guess = guessMapping(survey).mapping;
		const how: Mapping = {
			...guess,
			constants: CONSTANTS,
			columns: {
				...guess.columns,
				amount: { column: 2, header: headersOf(survey.sheets[0]!.first[0]!, null).get(2)! }
			}
		};
		expect(checkMapping(how, survey)).toEqual([]);
		expect((await read(`Date;${long}\n08/03/2017;5\n`, how, 'f.csv')).amounts).toEqual(['5']);
	});

	test('with headings and no rows says so', async () => {
		const { rules } = await readSheet([]);
		expect(rules).toEqual([['warning', 'no-rows', 'f.xlsx sheet S']]);
	});
});
