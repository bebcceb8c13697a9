import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slot, unweave } from '#lib/figure/woven.ts';
import { compare, isZero, multiply, subtract, sum } from '#lib/money/decimal.ts';
import { sortParts } from '#lib/server/page/part-sort.ts';
import { forecastDays } from '#lib/server/page/timing.ts';
import type { MeasuredPart } from '#lib/server/page/spending.ts';
import { changeWords } from '#lib/words/change.ts';
import { readChange } from '#lib/slice/change.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import { addDays, firstDay, lastDay, listBuckets } from '#lib/slice/period.ts';
import { expectAlways } from '../support/property.ts';

const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((n) => {
	const digits = String(n < 0n ? -n : n).padStart(3, '0');
	return `${n < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
});

describe('the gap to time', () => {
	it('is told in points of the two percentages, and in money of the budget for the time passed', () => {
		const values = { spent: '4000000.00', budget: '10000000.00', days_elapsed: '547', days_total: '1095' };
		expect(FORMULAS.gap.evaluate(values)).toBe('-10.0');
		expect(FORMULAS.time_budget.evaluate(values)).toBe('4995433.79');
		expect(FORMULAS.gap_amount.evaluate(values)).toBe('-995433.79');
	});

	it('is not told where a term is missing', () => {
		expect(
			FORMULAS.gap_amount.evaluate({ spent: '1', budget: null, days_elapsed: '1', days_total: '2' })
		).toBeNull();
		expect(FORMULAS.gap_amount.evaluate({ spent: '1', budget: '5' })).toBeNull();
		expect(FORMULAS.forecast_spent.evaluate({ spent: '1', recent_spent: null, recent_days: '3' })).toBeNull();
	});
});

describe('a forecast', () => {
	it('is the sum of its quarters, whatever the pace, the amount and the dates', () =>
		expectAlways(
			fc.property(
				cents,
				fc.integer({ min: 1, max: 366 }),
				fc.integer({ min: 1, max: 1500 }),
				fc.integer({ min: 0, max: 900 }),
				(recent, span, left, offset) => {
					const start = addDays('2024-01-01', offset);
					const pace = { from: addDays(start, -span), to: addDays(start, -1), start };
					const end = addDays(start, left - 1);
					const timing = { period: { from: '2020-01-01', to: end }, until: start, closed: false };
					const values = { spent: '1000.00', recent_spent: recent };
					const whole = FORMULAS.forecast_spent.evaluate({
						...values,
						...forecastDays({ from: null, to: null }, timing, pace)
					})!;
					const parts = listBuckets('quarter', start, end).map((key) =>
						FORMULAS.forecast_part.evaluate({
							...values,
							...forecastDays({ from: firstDay(key), to: lastDay(key) }, timing, pace)
						})!
					);
					expect(compare(sum([values.spent, ...parts]), whole)).toBe(0);
					const daily = FORMULAS.daily_pace.evaluate({ ...values, recent_days: String(span) })!;
					expect(compare(subtract(whole, values.spent), multiply(daily, String(left)))).toBe(0);
				}
			)
		));
});

describe('a difference', () => {
	it('counts what did not change so as nothing', () => {
		expect(FORMULAS.difference.evaluate({ added_since: '10.00', withdrawn_since: null })).toBe('10.00');
		expect(
			FORMULAS.difference.evaluate({
				replacement_since: '5.00',
				replaced_since: '7.50',
				withdrawn_since: '1.00'
			})
		).toBe('-3.50');
		expect(isZero(FORMULAS.difference.evaluate({})!)).toBe(true);
	});
});

describe('parts in order', () => {
	const part = (key: string | null, gap: string | null, spent: string | null): MeasuredPart => ({
		key,
		label: key ?? '',
		spent: spent === null ? null : { amount: spent, entries: 1, unconverted: [] },
		budget: null,
		share: null,
		gap
	});
	const parts = [
		part(null, '-50.0', '9'),
		part('A', '-1.0', '10.00'),
		part('B', null, null),
		part('C', '-12.5', '9.5')
	];
	const keys = (column: 'gap' | 'spent' | 'name', descending: boolean) =>
		sortParts(parts, { column, descending }).map(({ key }) => key);

	it('go by value, the unknown after the known and the part left over last, either way', () => {
		expect(keys('gap', false)).toEqual(['C', 'A', 'B', null]);
		expect(keys('gap', true)).toEqual(['A', 'C', 'B', null]);
		expect(keys('spent', true)).toEqual(['A', 'C', 'B', null]);
		expect(keys('name', true)).toEqual(['C', 'B', 'A', null]);
	});
});

describe('a change', () => {
	it('is read as it is written, and refused otherwise', () => {
		expect(readChange('added:2017-06-30')).toEqual({ kind: 'added', since: '2017-06-30' });
		expect(readChange('withdrawn:7')).toEqual({ kind: 'withdrawn', since: '7' });
		for (const text of ['added', 'added:', 'added:2017-02-30', 'moved:7', 'added:0', 'added:-1', 'known:1e3'])
			expect(readChange(text)).toBeNull();
	});

	it('says since when', () => {
		expect(changeWords('replaced:7', 'en')).toBe('Changed since posting 7, as it was before');
		expect(changeWords('added:2017-06-30', 'fr').replaceAll('\u00a0', ' ')).toBe(
			'Ajouté depuis le 30 juin 2017'
		);
	});
});

describe('a woven sentence', () => {
	it('comes apart where its figures stand, in any order', () => {
		expect(unweave(`By then ${slot(1)} of ${slot(0)}.`)).toEqual(['By then ', 1, ' of ', 0, '.']);
		expect(unweave('plain')).toEqual(['plain']);
	});
});
