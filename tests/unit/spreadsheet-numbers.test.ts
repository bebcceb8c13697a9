import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal } from '#lib/money/decimal.ts';
import { exampleOf } from '#lib/server/intake/spreadsheet/describe-mapping.ts';
import { GROUPS, type NumberStyle } from '#lib/server/intake/spreadsheet/mapping.ts';
import { lookOfNumber, readNumber } from '#lib/server/intake/spreadsheet/read-number.ts';
import { readStoredNumber } from '#lib/server/intake/spreadsheet/workbook/stored-number.ts';
import { expectAlways } from '../support/property.ts';

const ENGLISH: NumberStyle = { decimal: 'point', group: 'comma' };
const GERMAN: NumberStyle = { decimal: 'comma', group: 'point' };
const FRENCH: NumberStyle = { decimal: 'comma', group: 'space' };
const SWISS: NumberStyle = { decimal: 'point', group: 'apostrophe' };

const STYLES = (['point', 'comma'] as const).flatMap((decimal) =>
	GROUPS.filter((group) => group !== decimal).map((group): NumberStyle => ({ decimal, group }))
);
const MARKS = {
	none: [''],
	comma: [','],
	point: ['.'],
	space: [' ', '\u00A0', '\u202F', '\u2009'],
	apostrophe: ["'", '’']
};

/** An amount in a style, as people and programs write it. */
function written(amount: string, { decimal, group }: NumberStyle, mark: string, negative: string): string {
	const [whole = '', fraction] = amount.replace('-', '').split('.');
	const grouped = group === 'none' ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, mark);
	const number = grouped + (fraction === undefined ? '' : (decimal === 'comma' ? ',' : '.') + fraction);
	return amount.startsWith('-') ? negative.replace('#', number) : number;
}

const amounts = fc
	.tuple(
		fc.boolean(),
		fc.bigInt({ min: 0n, max: 10n ** 15n }),
		fc.option(fc.stringMatching(/^\d{1,6}$/), { nil: undefined })
	)
	.map(([minus, whole, fraction]) =>
		parseDecimal(`${minus ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`)!
	);
const minuses = fc.constantFrom(
	'-#',
	'(#)',
	'#-',
	'\u2212#',
	'# CR',
	'- #',
	'(EUR #)',
	'€ -#',
	'EUR (#)',
	'-# €'
);

describe('numbers in text', () => {
	test.each<[string, NumberStyle, string]>([
		['1,234.56', ENGLISH, '1234.56'],
		['12,34,567.89', ENGLISH, '1234567.89'],
		['1.234,56', GERMAN, '1234.56'],
		['1 234,56', FRENCH, '1234.56'],
		['1\u202F234\u202F567,5', FRENCH, '1234567.5'],
		['1’234.56', SWISS, '1234.56'],
		['(1,234.56)', ENGLISH, '-1234.56'],
		['1,234.56-', ENGLISH, '-1234.56'],
		['€ (1,234.56)', ENGLISH, '-1234.56'],
		['-', ENGLISH, '0'],
		['.5', ENGLISH, '0.5'],
		['5.', ENGLISH, '5'],
		['007.10', ENGLISH, '7.10'],
		['Fr. 12.50', ENGLISH, '12.50'],
		['12.50 Fr.', ENGLISH, '12.50'],
		['Fr.12.50', ENGLISH, '12.50'],
		['1 000 000 FCFA', FRENCH, '1000000'],
		['US$ 12.50', ENGLISH, '12.50'],
		['1234567', GERMAN, '1234567']
	])('%s', (text, style, amount) => {
		expect(readNumber(text, style)?.decimal).toBe(amount);
	});

	test.each<[string, NumberStyle]>([
		['1,23', ENGLISH],
		['1.234.56', ENGLISH],
		['0,123', ENGLISH],
		['1234,5', ENGLISH],
		['12.34', GERMAN],
		['1 23', FRENCH],
		['1,234', { decimal: 'point', group: 'none' }],
		['1.5E+06', ENGLISH],
		['5K', ENGLISH],
		['50%', ENGLISH],
		['--5', ENGLISH],
		['(-5)', ENGLISH],
		['(5) CR', ENGLISH],
		['5 XXQ', ENGLISH],
		['EUR 5 USD', ENGLISH],
		['12-34', ENGLISH],
		['n/a', ENGLISH],
		['', ENGLISH],
		['.', ENGLISH],
		['1,,234', ENGLISH],
		['٣', ENGLISH]
	])('%s is none', (text, style) => {
		expect(readNumber(text, style)).toBeNull();
	});

	test('a currency is told where the number itself names one, and only then', () => {
		expect(
			['€ 5', 'EUR 5', '5 USD', '$5', '£5', '5'].map((text) => readNumber(text, ENGLISH)?.currency)
		).toEqual(['EUR', 'EUR', 'USD', null, null, null]);
	});

	test('an amount written in a style is read back in it, whatever marks and minus it has', () => {
		expectAlways(
			fc.property(amounts, fc.constantFrom(...STYLES), minuses, fc.nat(), (amount, style, minus, pick) => {
				const marks = MARKS[style.group];
				const text = written(amount, style, marks[pick % marks.length]!, minus);
				return readNumber(text, style)?.decimal === amount;
			}),
			5_000
		);
	});

	test('an amount with both marks shows its style, and is no number in the opposite one', () => {
		const large = amounts.filter((amount) => /^-?[1-9]\d{3,}\.\d/.test(amount));
		expectAlways(
			fc.property(
				large,
				fc.constantFrom(...STYLES.filter(({ group }) => group === 'comma' || group === 'point')),
				(amount, style) => {
					const text = written(amount, style, MARKS[style.group][0]!, '-#');
					const opposite: NumberStyle = style.decimal === 'point' ? GERMAN : ENGLISH;
					const look = lookOfNumber(text);
					return (
						look?.decimal === style.decimal &&
						look.group === style.group &&
						readNumber(text, opposite) === null
					);
				}
			)
		);
	});

	test('a single mark before three digits is in doubt', () => {
		expect(lookOfNumber('1,234')).toEqual({ decimal: 'either', group: 'comma', negative: false });
		expect(lookOfNumber('(1.234)')).toEqual({ decimal: 'either', group: 'point', negative: true });
		expect(lookOfNumber('0,123')).toMatchObject({ decimal: 'comma' });
		expect(lookOfNumber('1 234')).toMatchObject({ decimal: 'either', group: 'space' });
	});

	test('any text is a number or none, and never an error', () => {
		const text = fc.string({
			unit: fc.constantFrom('1', '0', ',', '.', ' ', '-', '(', ')', "'", '€', 'E', 'C', 'R', '\u00A0', '9')
		});
		expectAlways(
			fc.property(text, fc.constantFrom(...STYLES), (given, style) => {
				const read = readNumber(given, style);
				return read === null || /^-?\d+(\.\d+)?$/.test(read.decimal);
			}),
			5_000
		);
	});

	test('the example of a style is a number in it', () => {
		for (const style of STYLES) expect(readNumber(exampleOf(style), style)?.decimal).toBe('1234.56');
	});
});

describe('numbers that a workbook stores', () => {
	test.each([
		['1234.5', '1234.5', '1234.5', false],
		['0.1', '0.1', '0.1', false],
		['1.5E3', '1500', '1500', false],
		['1.2E-4', '0.00012', '0.00012', false],
		['-1E+2', '-100', '-100', false],
		['0', '0', '0', false],
		['-0', '0', '0', false],
		['0.30000000000000004', '0.30000000000000004', '0.3', true],
		['1234.5600000000001', '1234.5600000000001', '1234.56', true],
		['43100.999999999996', '43100.999999999996', '43101', true],
		['-999999999999999.9', '-999999999999999.9', '-1000000000000000', true],
		['12345678901234567890.12', '12345678901234567890.12', '12345678901234567890.12', false]
	])('%s', (stored, text, decimal, noise) => {
		expect(readStoredNumber(stored)).toEqual({ text, decimal, noise });
	});

	test.each(['', 'abc', '1e', '0x10', 'NaN', 'Infinity', '1.2.3', '1E9999', '1,5', ' 1'])(
		'%s is none',
		(stored) => {
			expect(readStoredNumber(stored)).toBeNull();
		}
	);

	test('cents that a spreadsheet stores as binary numbers come back as cents', () => {
		expectAlways(
			fc.property(
				fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
				fc.integer({ min: 1, max: 12 }),
				(cents, parts) => {
					// What a program stores after adding the amount up from parts: the shortest text of the binary number.
					let stored = 0;
					for (let part = 0; part < parts; part++) stored += cents / 100 / parts;
					const exact = parseDecimal(
						`${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
					)!;
					const read = readStoredNumber(String(stored));
					return Math.abs(stored) < 1e-6 || Number(read?.decimal) === Number(exact);
				}
			),
			3_000
		);
	});
});
