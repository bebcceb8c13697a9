import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, multiply, roundHalfEven, subtract } from '#lib/money/decimal.ts';
import {
	formatExact,
	formatPercent,
	formatPoints,
	formatShort,
	formatWithCurrency
} from '#lib/money/format.ts';
import { decimals } from '../support/decimals.ts';
import { expectAlways } from '../support/property.ts';

/** Thin no-break space, no-break space and minus, spelled out where a test is about them. */
const THIN = '\u202f';
const HARD = '\u00a0';
const MINUS = '\u2212';
/** The same text with plain blanks. */
const plainly = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

describe('exact numbers', () => {
	it('have thin no-break spaces and the point of the language', () => {
		expect(formatExact('1234567.50', 'en')).toBe(`1${THIN}234${THIN}567.50`);
		expect(formatExact('1234567.50', 'fr')).toBe(`1${THIN}234${THIN}567,50`);
		expect(formatExact('-1000', 'en')).toBe(`${MINUS}1${THIN}000`);
		expect(formatExact('999', 'en')).toBe('999');
		expect(formatExact('0.1234567', 'en')).toBe('0.1234567');
	});

	it('keep their sign at their left end among Arabic letters', () => {
		expect(formatExact('-1234.5', 'ar')).toBe(`\u2066${MINUS}1${THIN}234.5\u2069`);
		expect(formatExact('1234.5', 'ar')).toBe(`1${THIN}234.5`);
	});

	it('pad to the places asked for and never cut', () => {
		expect(formatExact('5', 'en', 2)).toBe('5.00');
		expect(formatExact('5.125', 'en', 2)).toBe('5.125');
	});

	it('have no minus at zero', () => {
		expect(formatExact('-0.00', 'en')).toBe('0.00');
	});

	it('hold every digit of amounts that no float could', () => {
		expect(formatExact('12345678901234567890.12', 'en').replaceAll(THIN, '')).toBe('12345678901234567890.12');
		expectAlways(
			fc.property(
				decimals,
				fc.constantFrom('en' as const, 'fr' as const, 'ar' as const),
				(amount, locale) => {
					const back = formatExact(amount, locale)
						.replace(/[\u202f\u2066\u2069]/g, '')
						.replace(MINUS, '-')
						.replace(',', '.');
					return back === amount;
				}
			),
			10_000
		);
	});
});

describe('amounts with their currency', () => {
	it('stand before the number in English and after it in French', () => {
		expect(formatWithCurrency('719626.17', 'EUR', 'en')).toBe(`EUR 719${THIN}626.17`);
		expect(formatWithCurrency('719626.17', 'EUR', 'fr')).toBe(`719${THIN}626,17${HARD}EUR`);
	});

	it('are held apart in Arabic, number first, so that nothing beside them can come between', () => {
		expect(formatWithCurrency('719626.17', 'EUR', 'ar')).toBe(`\u2067719${THIN}626.17${HARD}EUR\u2069`);
		expect(plainly(formatShort('11000000', 'EUR', 'ar'))).toBe('\u206711 مليون EUR\u2069');
		expect(plainly(formatShort('10280373.83', 'EUR', 'ar'))).toBe('\u206710.28 مليون EUR\u2069');
		expect(plainly(formatShort('5000000', 'EUR', 'ar'))).toBe('\u20675 ملايين EUR\u2069');
		expect(plainly(formatShort('10000000', 'EUR', 'ar'))).toBe('\u206710 ملايين EUR\u2069');
		expect(plainly(formatShort('10000001', 'EUR', 'ar'))).toBe('\u206710.00 ملايين EUR\u2069');
		expect(plainly(formatShort('3500000', 'EUR', 'ar'))).toBe('\u20673.5 مليون EUR\u2069');
		expect(plainly(formatShort('2000000000', 'EUR', 'ar'))).toBe('\u20672 مليار EUR\u2069');
	});

	it('show the minor unit of the currency', () => {
		expect(plainly(formatWithCurrency('11000000', 'EUR', 'en'))).toBe('EUR 11 000 000.00');
		expect(plainly(formatWithCurrency('11000000', 'XOF', 'en'))).toBe('XOF 11 000 000');
	});
});

describe('short amounts', () => {
	const short = (amount: string, locale: 'en' | 'fr' = 'en') => plainly(formatShort(amount, 'EUR', locale));

	it('read as a finance paper prints them', () => {
		expect(short('11000000')).toBe('EUR 11 million');
		expect(short('10280373.83')).toBe('EUR 10.28 million');
		expect(short('719626.17')).toBe('EUR 719 626');
		expect(short('1250000000')).toBe('EUR 1.25 billion');
		expect(short('-1500000')).toBe(`EUR ${MINUS}1.5 million`);
		expect(short('2500000000000')).toBe('EUR 2 500 billion');
	});

	it('read so in French too', () => {
		expect(formatShort('11000000', 'EUR', 'fr')).toBe(`11${HARD}millions${HARD}EUR`);
		expect(short('10280373.83', 'fr')).toBe('10,28 millions EUR');
		expect(short('1500000', 'fr')).toBe('1,5 million EUR');
		expect(short('1990000000', 'fr')).toBe('1,99 milliard EUR');
		expect(short('2000000000', 'fr')).toBe('2 milliards EUR');
	});

	it('drop zeros only where the number is exactly that', () => {
		expect(short('11000000.00')).toBe('EUR 11 million');
		expect(short('10999999.99')).toBe('EUR 11.00 million');
		expect(short('10500000')).toBe('EUR 10.5 million');
		expect(short('10503000')).toBe('EUR 10.50 million');
	});

	it('climb to the next word rather than show a thousand of the one before', () => {
		expect(short('999999.99')).toBe('EUR 1.00 million');
		expect(short('999999.4')).toBe('EUR 999 999');
		expect(short('999999999')).toBe('EUR 1.00 billion');
	});

	it('show the minor unit of small amounts, and never zero for what is not', () => {
		expect(short('0')).toBe('EUR 0');
		expect(short('0.40')).toBe('EUR 0.40');
		expect(short('999.95')).toBe('EUR 999.95');
		expect(short('25.00')).toBe('EUR 25');
		expect(short('-0.001')).toBe(`EUR ${MINUS}0.001`);
		expect(plainly(formatShort('0.4', 'JPY', 'en'))).toBe('JPY 0.4');
	});

	it('are never further from the amount than half of the last digit shown', () => {
		expectAlways(
			fc.property(decimals, (amount) => {
				const [, minus, number, word] = /^EUR (\u2212?)([0-9.]+)(?: (\w+))?$/.exec(
					formatShort(amount, 'EUR', 'en').replaceAll(THIN, '')
				)!;
				const size = word === undefined ? '1' : word === 'million' ? '1000000' : '1000000000';
				const shown = multiply(`${minus === MINUS ? '-' : ''}${number!}`, size);
				const digits = number!.split('.')[1]?.length ?? 0;
				const unit = multiply(roundHalfEven('0', digits).replace(/0$/, '1'), size);
				const off = multiply(subtract(shown, amount).replace('-', ''), '2');
				return compare(off, unit) <= 0;
			}),
			10_000
		);
	});
});

describe('percentages', () => {
	it('keep the digits they were rounded to', () => {
		expect(formatPercent('97.0', 'en')).toBe('97.0%');
		expect(formatPercent('97.0', 'fr')).toBe(`97,0${HARD}%`);
		expect(formatPercent('97.0', 'ar')).toBe('\u206697.0%\u2069');
		expect(formatPercent('-1234.5', 'en')).toBe(`${MINUS}1${THIN}234.5%`);
		expect(plainly(formatPoints('-2.7', 'en'))).toBe(`${MINUS}2.7 percentage points`);
		expect(plainly(formatPoints('-2.7', 'fr'))).toBe(`${MINUS}2,7 points de pourcentage`);
	});
});
