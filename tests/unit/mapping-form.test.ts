import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import {
	draftOf,
	MASKED,
	mappingOf,
	readDraft,
	type MappingDraft
} from '#lib/server/intake/spreadsheet/mapping-form.ts';
import {
	CONSTANTS,
	DATE_ORDERS,
	FIELDS,
	GROUPS,
	SIGNS,
	TRANSLATED,
	type Mapping,
	type StatedTotal
} from '#lib/server/intake/spreadsheet/mapping.ts';
import { surveySpreadsheet, type SheetSurvey } from '#lib/server/intake/spreadsheet/survey.ts';
import { expectAlways } from '../support/property.ts';
import { piecesOf } from '../support/sheet-reading.ts';

const COLUMNS = 40;
const COMMA: Mapping['numberStyle'] = { decimal: 'comma', group: 'point' };
const headerOf = (column: number) => `Heading ${column}`;

/** A sheet with a title over headings in row 2, and a row below. */
async function aSheet(): Promise<SheetSurvey> {
	const line = (text: (column: number) => string) =>
		Array.from({ length: COLUMNS }, (_, index) => text(index + 1)).join(';');
	const file = ['A title', line(headerOf), line((column) => `x${column}`)].join('\n');
	return (await surveySpreadsheet(piecesOf(file), 'f.csv')).sheets[0]!;
}

/** The draft as a browser sends it: every field of the page, blank where nothing was chosen. */
function formOf(draft: MappingDraft): FormData {
	const form = new FormData();
	const { columns, constants, ...texts } = draft;
	for (const [name, text] of Object.entries(texts)) form.set(name, text);
	for (let column = 1; column <= COLUMNS; column++) form.set(`column:${column}`, columns[column] ?? '');
	for (const field of CONSTANTS) form.set(`constant:${field}`, constants[field] ?? '');
	return form;
}

/** A word that a line can hold: no signs that the line itself is written with, no blanks at its ends. */
const word = fc
	.string({ unit: fc.constantFrom(...'abcé1.9 /-()'), minLength: 1, maxLength: 12 })
	.map((text) => text.trim())
	.filter((text) => text !== '');
/** A heading in the partner's words, which is neither a month nor a number. */
const label = word.map((text) => `h ${text}`);
const amount = fc
	.tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 4 }))
	.map(([negative, whole, scale]) => {
		const fraction = scale === 0 ? '' : `.${'123456'.slice(0, scale)}`;
		return `${negative ? '-' : ''}${whole}${fraction}`;
	});
const currency = fc.option(fc.constantFrom('EUR', 'USD'), { nil: undefined });
const total = fc
	.tuple(
		fc.oneof(
			fc.constant({ by: 'overall' as const }),
			label.map((text) => ({ by: 'heading' as const, label: text })),
			fc.constantFrom('2017-03', '2018-12').map((month) => ({ by: 'month' as const, label: month }))
		),
		amount,
		currency
	)
	.map(([named, stated, code]): StatedTotal => ({
		from: 'typed',
		...named,
		amount: stated,
		...(code ? { currency: code } : {})
	}));

const mapping = fc
	.record({
		fields: fc.uniqueArray(fc.constantFrom(...FIELDS)),
		places: fc.uniqueArray(fc.integer({ min: 1, max: COLUMNS }), { minLength: 30, maxLength: 30 }),
		masks: fc.integer({ min: 0, max: 5 }),
		constants: fc.dictionary(fc.constantFrom(...CONSTANTS), word, { noNullPrototype: true }),
		translations: fc.dictionary(
			fc.constantFrom(...TRANSLATED),
			fc.dictionary(word, word, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
			{ noNullPrototype: true }
		),
		decimal: fc.constantFrom('point' as const, 'comma' as const),
		group: fc.constantFrom(...GROUPS),
		order: fc.constantFrom(...DATE_ORDERS),
		sign: fc.constantFrom(...SIGNS),
		statedTotals: fc.array(total, { maxLength: 4 })
	})
	.filter(({ decimal, group }) => decimal !== group)
	.map(({ fields, places, masks, decimal, group, order, ...rest }): Mapping => {
		const at = (column: number) => ({ column, header: headerOf(column) });
		return {
			...emptyMapping(''),
			...rest,
			headerRow: 2,
			columns: Object.fromEntries(fields.map((field, index) => [field, at(places[index]!)])),
			masked: places
				.slice(24, 24 + masks)
				.map(at)
				.sort((a, b) => a.column - b.column),
			numberStyle: { decimal, group },
			dateStyle: { order }
		};
	});

describe('the form of a mapping', () => {
	test('gives back every mapping that it shows', async () => {
		const sheet = await aSheet();
		expectAlways(
			fc.property(mapping, (given) => {
				expect(mappingOf(readDraft(formOf(draftOf(given))), sheet)).toEqual({ mapping: given });
			}),
			500
		);
	});

	test('shows again whatever was sent, right or wrong', () => {
		const anything = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.trim());
		expectAlways(
			fc.property(
				fc.record({
					sheet: anything,
					headerRow: anything,
					numberStyle: anything,
					dateOrder: anything,
					sign: anything,
					translations: anything,
					stated: anything
				}),
				fc.dictionary(fc.integer({ min: 1, max: COLUMNS }).map(String), anything, { noNullPrototype: true }),
				fc.dictionary(fc.constantFrom(...CONSTANTS), anything, { noNullPrototype: true }),
				(texts, columns, constants) => {
					const said = (values: Record<string, string>) =>
						Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''));
					const draft = { ...texts, columns: said(columns), constants: said(constants) };
					expect(readDraft(formOf(draft))).toEqual(draft);
				}
			),
			300
		);
	});

	test('never throws, whatever it holds', async () => {
		const sheet = await aSheet();
		const anything = fc.string({ unit: 'binary', maxLength: 30 });
		expectAlways(
			fc.property(fc.dictionary(anything, anything), anything, anything, (columns, text, style) => {
				const draft = {
					...draftOf(emptyMapping('')),
					columns,
					translations: text,
					stated: text,
					numberStyle: style
				};
				expect(mappingOf(draft, sheet)).toBeTypeOf('object');
			}),
			300
		);
	});

	test('takes the headings that stand above the columns now, of two rows where they take two', async () => {
		const sheet = (await surveySpreadsheet(piecesOf('Amount;\nlocal;Date\n5;1\n'), 'f.csv')).sheets[0]!;
		const draft = { ...draftOf(emptyMapping('')), headerRow: '2', columns: { 1: 'amount', 2: 'date' } };
		expect(mappingOf(draft, sheet)).toMatchObject({
			mapping: { columns: { amount: { column: 1, header: 'local' }, date: { column: 2, header: 'Date' } } }
		});
	});

	test('names two columns that are to be read as the same, and a use that does not exist', async () => {
		const sheet = await aSheet();
		const of = (columns: MappingDraft['columns']) =>
			mappingOf({ ...draftOf(emptyMapping('')), columns }, sheet);
		expect(of({ 1: 'amount', 3: 'amount', 5: MASKED })).toEqual({
			unread: [],
			wrong: [{ code: 'same-field', field: 'amount', column: 'A, C' }]
		});
		expect(of({ 2: 'payee' })).toEqual({ unread: [{ field: 'B', given: 'payee' }], wrong: [] });
	});

	test.each<[string, string, Mapping['numberStyle'], StatedTotal[] | null]>([
		['the whole', '3.334,56', COMMA, [{ from: 'typed', by: 'overall', amount: '3334.56' }]],
		[
			'a month with its currency',
			'2017-03 = 1 250,5 EUR',
			{ decimal: 'comma', group: 'space' },
			[{ from: 'typed', by: 'month', label: '2017-03', amount: '1250.5', currency: 'EUR' }]
		],
		[
			'a heading with signs of its own',
			'1.1 Staff = local = (12.50)',
			{ decimal: 'point', group: 'comma' },
			[{ from: 'typed', by: 'heading', label: '1.1 Staff = local', amount: '-12.50' }]
		],
		[
			'a point where the sheet has commas',
			'12500.00',
			COMMA,
			[{ from: 'typed', by: 'overall', amount: '12500.00' }]
		],
		[
			'thousands as the sheet writes them',
			'1.234',
			COMMA,
			[{ from: 'typed', by: 'overall', amount: '1234' }]
		],
		['no amount', 'staff = many', COMMA, null],
		['nothing after the sign', 'staff =', COMMA, null]
	])('reads a stated total: %s', async (_, stated, numberStyle, expected) => {
		const draft = { ...draftOf({ ...emptyMapping(''), numberStyle }), stated };
		const read = mappingOf(draft, await aSheet());
		if (expected === null) expect(read).toEqual({ unread: [{ field: 'stated', given: stated }], wrong: [] });
		else expect(read).toMatchObject({ mapping: { statedTotals: expected } });
	});

	test('reads what words mean by the name of their field, in any case', async () => {
		const draft = {
			...draftOf(emptyMapping('')),
			translations: ' Heading : 1.1 Pay = staff \r\n\nKIND: Exp. = 4'
		};
		expect(mappingOf(draft, await aSheet())).toMatchObject({
			mapping: { translations: { heading: { '1.1 Pay': 'staff' }, kind: { 'Exp.': '4' } } }
		});
		const wrong = { ...draft, translations: 'colour: red = 1\nheading staff' };
		expect(mappingOf(wrong, await aSheet())).toMatchObject({
			unread: [{ given: 'colour: red = 1' }, { given: 'heading staff' }]
		});
	});
});
