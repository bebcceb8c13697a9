import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	DecimalError,
	add,
	compare,
	divideHalfEven,
	isDecimal,
	isZero,
	largestFirst,
	multiply,
	negate,
	parseDecimal,
	percentOf,
	roundHalfEven,
	scaleOf,
	sign,
	subtract,
	sum
} from '#lib/money/decimal.ts';
import { decimals, fractions, nearestEven, toFraction, toText } from '../support/decimals.ts';
import { expectAlways } from '../support/property.ts';

describe('decimals', () => {
	it('are plain notation, and nothing else', () => {
		for (const text of ['0', '-1', '12.50', '0.001', '-0.10', '123456789012345678901234567890.12']) {
			expect(isDecimal(text), text).toBe(true);
		}
		for (const text of [
			'',
			'-',
			'.5',
			'5.',
			'+5',
			'05',
			'1e5',
			'1,000',
			'1 000',
			' 1',
			'NaN',
			'Infinity',
			'٣',
			5,
			null
		]) {
			expect(isDecimal(text), String(text)).toBe(false);
		}
	});

	it('are read from all forms of XML Schema, with their scale', () => {
		const forms = {
			'+5': '5',
			'.5': '0.5',
			'5.': '5',
			'007.10': '7.10',
			' -12.0\n': '-12.0',
			'-0.00': '0.00',
			'-.5': '-0.5'
		};
		for (const [text, decimal] of Object.entries(forms)) expect(parseDecimal(text)).toBe(decimal);
		for (const text of ['', '.', '+', '1e5', '1,000.00', '1 000', '--5', '5 EUR', '0x10', '1.2.3', 'NaN']) {
			expect(parseDecimal(text), text).toBeNull();
		}
	});

	it('keep the scale that adding and multiplying give them', () => {
		expect(add('1.50', '2.5')).toBe('4.00');
		expect(subtract('1.50', '1.5')).toBe('0.00');
		expect(multiply('1.10', '3')).toBe('3.30');
		expect(negate('0.00')).toBe('0.00');
		expect(negate('-1.10')).toBe('1.10');
		expect(sum(['0.1', '0.2', '-0.3'])).toBe('0.0');
		expect(sum([])).toBe('0');
		expect(scaleOf('1.500')).toBe(3);
	});

	it('never use an exponent', () => {
		expect(multiply('0.0000001', '0.0000001')).toBe('0.00000000000001');
		expect(multiply('1000000000000', '1000000000000')).toBe('1000000000000000000000000');
	});

	it('round ties to the even neighbour, on both sides of zero', () => {
		const rounded = ['0.5', '1.5', '2.5', '-0.5', '-1.5', '-2.5', '2.51', '0.05'].map((value) =>
			roundHalfEven(value, 0)
		);
		expect(rounded).toEqual(['0', '2', '2', '0', '-2', '-2', '3', '0']);
		expect(roundHalfEven('-0.004', 2)).toBe('0.00');
		expect(roundHalfEven('12', 2)).toBe('12.00');
		expect(divideHalfEven('1', '8', 2)).toBe('0.12');
		expect(divideHalfEven('3', '8', 2)).toBe('0.38');
		expect(divideHalfEven('1', '3', 5)).toBe('0.33333');
	});

	it('give a percentage, and none of nothing', () => {
		expect(percentOf('10670000', '11000000', 1)).toBe('97.0');
		expect(percentOf('1', '-3', 2)).toBe('-33.33');
		expect(percentOf('5', '0.00', 1)).toBeNull();
	});

	it('stand the largest first, those of one size in the order in which they came', () => {
		expectAlways(
			fc.property(fc.array(fractions), (amounts) => {
				const things = amounts.map((drawn, index) => ({ amount: toText(drawn), index }));
				const expected = things.toSorted((a, b) => compare(b.amount, a.amount) || a.index - b.index);
				expect(largestFirst(things, ({ amount }) => amount)).toEqual(expected);
			})
		);
		expect(() => largestFirst(['1', 'x'], (amount) => amount)).toThrow(DecimalError);
	});

	it('refuse what is no decimal, naming it', () => {
		expect(() => add('1e5', '1')).toThrow(new DecimalError('Not a decimal number', '1e5'));
		expect(() => compare('1', '')).toThrow(DecimalError);
		expect(() => negate('x')).toThrow(DecimalError);
		expect(() => sign('x')).toThrow(DecimalError);
		expect(() => divideHalfEven('7', '0.0', 2)).toThrow('Division by zero of: "7"');
		expect(() => roundHalfEven('1', -1)).toThrow(DecimalError);
		expect(() => roundHalfEven('1', 0.5)).toThrow(DecimalError);
		expect(() => add('9'.repeat(70_000) + 'x', '1')).toThrow(/^.{0,130}$/);
	});
});

describe('decimal arithmetic against whole numbers (100 000 cases each)', () => {
	const RUNS = 100_000;

	it('adds, subtracts and compares exactly', { timeout: 120_000 }, () => {
		expectAlways(
			fc.property(fractions, fractions, (a, b) => {
				const scale = Math.max(a.scale, b.scale);
				const [x, y] = [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale)];
				return (
					add(toText(a), toText(b)) === toText({ units: x + y, scale }) &&
					subtract(toText(a), toText(b)) === toText({ units: x - y, scale }) &&
					compare(toText(a), toText(b)) === (x > y ? 1 : x < y ? -1 : 0)
				);
			}),
			RUNS
		);
	});

	it('multiplies exactly', { timeout: 120_000 }, () => {
		expectAlways(
			fc.property(fractions, fractions, (a, b) => {
				const product = { units: a.units * b.units, scale: a.scale + b.scale };
				return multiply(toText(a), toText(b)) === toText(product);
			}),
			RUNS
		);
	});

	it('rounds and divides half to even', { timeout: 120_000 }, () => {
		expectAlways(
			fc.property(fractions, fractions, fc.integer({ min: 0, max: 10 }), (a, b, scale) => {
				const shift = 10n ** BigInt(scale);
				const rounded = nearestEven(a.units * shift, 10n ** BigInt(a.scale));
				if (roundHalfEven(toText(a), scale) !== toText({ units: rounded, scale })) return false;
				if (b.units === 0n) return true;
				const quotient = nearestEven(
					a.units * shift * 10n ** BigInt(b.scale),
					b.units * 10n ** BigInt(a.scale)
				);
				return divideHalfEven(toText(a), toText(b), scale) === toText({ units: quotient, scale });
			}),
			RUNS
		);
	});

	it('sums lists, and a value and its opposite to zero', { timeout: 120_000 }, () => {
		expectAlways(
			fc.property(fc.array(decimals, { maxLength: 20 }), (values) => {
				const scale = Math.max(0, ...values.map((value) => toFraction(value).scale));
				let units = 0n;
				for (const value of values) {
					const read = toFraction(value);
					units += read.units * 10n ** BigInt(scale - read.scale);
				}
				return (
					sum(values) === toText({ units, scale }) &&
					values.every((value) => isZero(add(value, negate(value))) && parseDecimal(value) === value)
				);
			}),
			10_000
		);
	});
});
