import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, compare, multiply, subtract } from '#lib/money/decimal.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { daysBetween } from '#lib/slice/period.ts';
import { evaluateRule, forecastCrossing, slicesOfRule, sumSigned, type RuleTerms } from '#lib/slice/rule.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { expectAlways } from '../support/property.ts';

const cents = (most: number) =>
	fc.integer({ min: 0, max: most }).map((number) => {
		const digits = String(number).padStart(3, '0');
		return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
	});
const AGREEMENT: Slice = { ...defaultSlice('home'), project: 'P', agreement: 'A' };
const rule = (terms: Partial<RuleTerms>): RuleTerms => ({
	base: null,
	kinds: ['4'],
	bases: [],
	headings: [],
	...terms
});
const short = ({ slice, sign }: { slice: Slice; sign: number }) => {
	const { measure, basis, heading, from, to } = slice;
	return { sign, measure, basis, heading, from, to };
};

describe('the terms of a rule', () => {
	test('70 % of the last instalment and all of those before, of two instalments', () => {
		const outcome = evaluateRule(
			{ counted: '2000000.00', base: '2400000', before: '1200000', value: '70' },
			2
		);
		expect(outcome).toEqual({
			threshold: '2880000.00',
			distance: '880000.00',
			share: '33.3',
			reached: false
		});
	});

	test('a limit is kept at exactly the limit, and reached is as much as the threshold', () => {
		const at = { counted: '7.00', base: '100.00', before: '0', value: '7' };
		expect(evaluateRule(at, 2)).toMatchObject({ distance: '0.00', share: '7.0', reached: true });
	});

	test('what is not published makes no outcome; nothing counted still has a threshold', () => {
		const whole = { counted: '1', base: '1', before: '0', value: '70' };
		for (const missing of ['base', 'before'] as const) {
			expect(evaluateRule({ ...whole, [missing]: null }, 2)).toEqual({
				threshold: null,
				distance: null,
				share: null,
				reached: null
			});
		}
		expect(evaluateRule({ ...whole, counted: null }, 2)).toEqual({
			threshold: '0.70',
			distance: null,
			share: null,
			reached: null
		});
	});

	test('distance and counted always make the threshold, and it is reached where none of it is missing', () => {
		expect.hasAssertions();
		expectAlways(
			fc.property(
				cents(1e9),
				cents(1e9),
				cents(1e9),
				fc.integer({ min: 0, max: 100 }).map(String),
				(counted, base, before, value) => {
					const { threshold, distance, reached } = evaluateRule({ counted, base, before, value }, 2);
					expect(compare(add(distance!, counted), threshold!)).toBe(0);
					expect(reached).toBe(compare(distance!, '0') <= 0);
				}
			)
		);
	});
});

describe('the slices behind the terms', () => {
	test('each kind and each basis that the rule allows is a part of its own', () => {
		const { counted } = slicesOfRule(rule({ kinds: ['3', '4'], bases: ['cash', 'accrual'] }), AGREEMENT, []);
		expect(counted.map(({ slice }) => [slice.measure, slice.basis, slice.agreement])).toEqual([
			['disbursement', 'cash', 'A'],
			['disbursement', 'accrual', 'A'],
			['expenditure', 'cash', 'A'],
			['expenditure', 'accrual', 'A']
		]);
	});

	test('the last instalment is what came in on the last day, those before all until then', () => {
		const days = ['2017-08-31', '2015-08-24', '2016-11-25'];
		const { base, before } = slicesOfRule(rule({ base: 'last_instalment' }), AGREEMENT, days);
		expect(base!.map(short)).toEqual([
			{ sign: 1, measure: 'received', basis: null, heading: null, from: '2017-08-31', to: '2017-08-31' }
		]);
		expect(before.map(short)).toMatchObject([{ from: null, to: '2017-08-30' }]);
	});

	test('with one instalment there is none before, and without any there is nothing to measure against', () => {
		const terms = rule({ base: 'last_instalment' });
		expect(slicesOfRule(terms, AGREEMENT, ['2015-08-24'])).toMatchObject({ before: [] });
		expect(slicesOfRule(terms, AGREEMENT, [])).toMatchObject({ base: [], before: [] });
	});

	test('other headings are all headings less those that count', () => {
		const { base } = slicesOfRule(rule({ base: 'other_headings', headings: ['indirect'] }), AGREEMENT, []);
		expect(base!.map(short)).toMatchObject([
			{ sign: 1, heading: null },
			{ sign: -1, heading: 'indirect' }
		]);
	});

	test('signed amounts are added; none at all is not zero', () => {
		expect(sumSigned([])).toBeNull();
		expect(sumSigned([{ sign: 1, amount: null }])).toBeNull();
		expect(
			sumSigned([
				{ sign: 1, amount: '10.50' },
				{ sign: -1, amount: '0.50' },
				{ sign: 1, amount: null }
			])
		).toBe('10.00');
	});
});

describe('the forecast', () => {
	const until = '2016-12-31';

	test('goes on at the pace of the days before, rounded up to a whole day', () => {
		expect(forecastCrossing('100', { counted: '100', days: 10, until })).toBe('2017-01-10');
		expect(forecastCrossing('100.01', { counted: '100', days: 10, until })).toBe('2017-01-11');
		expect(forecastCrossing('0', { counted: '100', days: 10, until })).toBe(until);
	});

	test('is none without a pace, or where it would take more than a century', () => {
		expect(forecastCrossing('100', { counted: '0', days: 10, until })).toBeNull();
		expect(forecastCrossing('100', { counted: '-5', days: 10, until })).toBeNull();
		expect(forecastCrossing('1000000', { counted: '0.01', days: 10, until })).toBeNull();
	});

	test('the day forecast is the first by which enough is counted', () => {
		expect.hasAssertions();
		expectAlways(
			fc.property(cents(1e8), cents(1e8), fc.integer({ min: 1, max: 184 }), (missing, counted, days) => {
				const day = forecastCrossing(missing, { counted, days, until });
				fc.pre(day !== null && compare(missing, '0') > 0);
				const after = daysBetween(until, day!);
				const needed = multiply(missing, String(days));
				expect(compare(multiply(counted, String(after)), needed)).toBeGreaterThanOrEqual(0);
				expect(compare(subtract(multiply(counted, String(after - 1)), needed), '0')).toBe(-1);
			})
		);
	});
});
