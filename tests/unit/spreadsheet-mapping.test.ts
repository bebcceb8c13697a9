import { describe, expect, test } from 'vitest';
import { checkMapping } from '#lib/server/intake/spreadsheet/check-mapping.ts';
import { describeMapping } from '#lib/server/intake/spreadsheet/describe-mapping.ts';
import { emptyMapping, guessMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import { parseMapping, type Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { surveySpreadsheet } from '#lib/server/intake/spreadsheet/survey.ts';
import { piecesOf } from '../support/sheet-reading.ts';

const WHOLE: Mapping = {
	...emptyMapping(''),
	columns: { date: { column: 1, header: 'Date' }, amount: { column: 2, header: 'Amount' } },
	constants: { reporter: 'R', activity: 'A', kind: '4', currency: 'EUR' },
	masked: [{ column: 3, header: 'Payee' }]
};
const survey = () => surveySpreadsheet(piecesOf('Date;Amount;Payee\n25/03/2017;5;Somebody\n'), 'f.csv');

describe('what is missing or wrong in a mapping', () => {
	test('nothing, when it is whole', async () => {
		expect(checkMapping(WHOLE, await survey())).toEqual([]);
	});

	test('all that nobody has said yet', () => {
		expect(checkMapping(emptyMapping('')).map(({ code, field }) => [code, field])).toEqual(
			['reporter', 'activity', 'kind', 'currency', 'amount', 'date'].map((field) => ['missing', field])
		);
	});

	test('a period in place of dates, debit or credit in place of an amount, are enough', () => {
		const mapping: Mapping = {
			...WHOLE,
			columns: { credit: { column: 2, header: 'Amount' } },
			constants: { ...WHOLE.constants, dateFrom: '2017-03-01', dateTo: '2017-03-31' }
		};
		expect(checkMapping(mapping)).toEqual([]);
	});

	test.each<[string, Partial<Mapping>, object]>([
		[
			'half a period',
			{ constants: { ...WHOLE.constants, dateFrom: '2017-03-01' } },
			{ code: 'missing', field: 'dateTo' }
		],
		[
			'a period that ends first',
			{ constants: { ...WHOLE.constants, dateFrom: '2017-03-01', dateTo: '2017-02-01' } },
			{ code: 'wrong', field: 'dateTo', given: '2017-02-01' }
		],
		[
			'a day that does not exist',
			{ constants: { ...WHOLE.constants, dateFrom: '2017-02-29', dateTo: '2017-03-01' } },
			{ code: 'wrong', field: 'dateFrom', given: '2017-02-29' }
		],
		[
			'no currency',
			{ constants: { ...WHOLE.constants, currency: 'EURO' } },
			{ code: 'wrong', field: 'currency', given: 'EURO' }
		],
		[
			'no kind',
			{ constants: { ...WHOLE.constants, kind: '14' } },
			{ code: 'wrong', field: 'kind', given: '14' }
		],
		[
			'no country',
			{ constants: { ...WHOLE.constants, country: 'Atlantis' } },
			{ code: 'wrong', field: 'country', given: 'Atlantis' }
		],
		[
			'no sector',
			{ constants: { ...WHOLE.constants, sector: '1' } },
			{ code: 'wrong', field: 'sector', given: '1' }
		],
		[
			'a column for two things',
			{ columns: { ...WHOLE.columns, valueDate: { column: 1, header: 'Date' } } },
			{ code: 'twice', field: 'valueDate', column: 'A', given: 'Date' }
		],
		[
			'a masked column that is read',
			{ columns: { ...WHOLE.columns, receiver: { column: 3, header: 'Payee' } } },
			{ code: 'twice', field: 'receiver', column: 'C', given: 'Payee' }
		],
		[
			'an amount beside debit and credit',
			{ columns: { ...WHOLE.columns, debit: { column: 4, header: '' } } },
			{ code: 'twice', field: 'amount' }
		]
	])('%s', (_, change, problem) => {
		expect(checkMapping({ ...WHOLE, ...change })).toEqual([problem]);
	});

	test.each<[string, Partial<Mapping>, object]>([
		['a sheet that is not there', { sheet: 'Ledger' }, { code: 'no-such-sheet', given: 'Ledger' }],
		['a row that is not there', { headerRow: 9 }, { code: 'no-such-row', given: '9' }],
		[
			'a heading that is another',
			{ columns: { ...WHOLE.columns, amount: { column: 3, header: 'Amount' } }, masked: [] },
			{ code: 'header-differs', field: 'amount', column: 'C', given: 'Payee' }
		],
		[
			'a column that is not there',
			{ columns: { ...WHOLE.columns, heading: { column: 9, header: '' } } },
			{ code: 'no-such-column', field: 'heading', column: 'I' }
		],
		[
			'totals on a sheet that is not there',
			{
				statedTotals: [{ from: 'cells', by: 'overall', sheet: 'T', firstRow: 1, lastRow: 1, amountColumn: 1 }]
			},
			{ code: 'no-such-sheet', given: 'T' }
		]
	])('%s, by the file', async (_, change, problem) => {
		expect(checkMapping({ ...WHOLE, ...change }, await survey())).toEqual([problem]);
	});
});

describe('a mapping as JSON', () => {
	test('comes back as it was', () => {
		expect(parseMapping(JSON.parse(JSON.stringify(WHOLE)))).toEqual({ mapping: WHOLE });
	});

	test.each<[string, object, string]>([
		['an unknown field', { columns: { payee: { column: 1, header: '' } } }, 'columns.payee'],
		['a column off the sheet', { columns: { date: { column: 16_385, header: '' } } }, 'columns.date.column'],
		['an unknown constant', { constants: { name: 'x' } }, 'constants.name'],
		['an empty constant', { constants: { reporter: ' ' } }, 'constants.reporter'],
		['an unknown style', { numberStyle: { decimal: 'point', group: 'dash' } }, 'numberStyle.group'],
		[
			'a total that is no number',
			{ statedTotals: [{ from: 'typed', by: 'overall', amount: '1,5' }] },
			'statedTotals.0.amount'
		],
		['more than a mapping', { evil: 1 }, 'evil']
	])('%s is refused by its path', (_, change, path) => {
		const parsed = parseMapping({ ...WHOLE, ...change });
		expect('problems' in parsed && parsed.problems.map((problem) => problem.path)).toEqual([path]);
	});

	test.each([null, 1, 'x', []])('%j is none', (given) => {
		expect(parseMapping(given)).toHaveProperty('problems');
	});
});

describe('a mapping read back', () => {
	test('says each field with its column or value, and its styles by example', () => {
		expect(
			describeMapping({
				...WHOLE,
				translations: { heading: { Staff: 'staff' } },
				numberStyle: { decimal: 'comma', group: 'space' }
			})
		).toEqual({
			sheet: '',
			headerRow: 1,
			lines: [
				{ from: 'column', field: 'date', letters: 'A', header: 'Date' },
				{ from: 'column', field: 'amount', letters: 'B', header: 'Amount' },
				{ from: 'constant', field: 'reporter', value: 'R' },
				{ from: 'constant', field: 'activity', value: 'A' },
				{ from: 'constant', field: 'kind', value: '4' },
				{ from: 'constant', field: 'currency', value: 'EUR' }
			],
			masked: [{ letters: 'C', header: 'Payee' }],
			numberExample: '1 234,56',
			dateOrder: 'dmy',
			sign: 'as_written',
			translations: [{ field: 'heading', from: 'Staff', to: 'staff' }],
			statedTotals: 0
		});
	});

	test('a guess is a mapping, and says what is missing', async () => {
		const looked = await survey();
		const { mapping } = guessMapping(looked);
		expect(parseMapping(mapping)).toEqual({ mapping });
		expect(checkMapping(mapping, looked).map(({ field }) => field)).toEqual([
			'reporter',
			'activity',
			'kind',
			'currency'
		]);
	});
});
