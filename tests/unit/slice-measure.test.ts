import { describe, expect, it } from 'vitest';
import { FORMULAS, FORMULA_NAMES, daysOfPeriod, sliceOfTerm, sumsOfFormula } from '#lib/slice/formula.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { kindsOf, measureOfKind, measuresOf, termsOf } from '#lib/slice/measure.ts';
import { KINDS, MEASURES } from '#lib/slice/slice.ts';

describe('measures', () => {
	it('are made of the kinds that the standard numbers', () => {
		expect(Object.fromEntries(MEASURES.map((measure) => [measure, kindsOf(measure).join(' ')]))).toEqual({
			spent: '3 4',
			disbursement: '3',
			expenditure: '4',
			received: '1',
			returned: '1 3 4',
			returned_receipts: '1',
			paid_back: '3 4',
			contribution_committed: '11',
			contribution_pledged: '13',
			committed: '2',
			pledged: '12',
			budget: 'budget',
			planned_disbursement: 'planned_disbursement',
			reimbursement: '7',
			interest: '5',
			loan_repayment: '6',
			equity: '8',
			equity_sale: '9',
			guarantee: '10'
		});
	});

	it('leave no kind out', () => {
		for (const kind of KINDS) expect(measuresOf({ kind, returned: false }), kind).not.toEqual([]);
	});

	it('keep what was returned apart from what was received or spent', () => {
		expect(measuresOf({ kind: '1', returned: false })).toEqual(['received']);
		expect(measuresOf({ kind: '1', returned: true })).toEqual(['returned', 'returned_receipts']);
		expect(measuresOf({ kind: '3', returned: false })).toEqual(['spent', 'disbursement']);
		expect(measuresOf({ kind: '4', returned: true })).toEqual(['returned', 'paid_back']);
		expect(measuresOf({ kind: '7', returned: false })).toEqual(['reimbursement']);
	});

	it('turn the sign only of incoming funds taken back, which are booked negative', () => {
		const turned = MEASURES.filter((measure) => termsOf(measure).some(({ sign }) => sign === -1));
		expect(turned).toEqual(['returned', 'returned_receipts']);
		expect(termsOf('returned')).toEqual([
			{ kinds: ['1'], returned: true, sign: -1 },
			{ kinds: ['3', '4'], returned: true, sign: 1 }
		]);
	});
});

describe('formulas', () => {
	const values = {
		received: '11000000',
		spent: '10670000',
		returned: '330000',
		budget: '11000000',
		days_elapsed: '1492',
		days_total: '1492'
	};
	/** Those of a slice as a whole; the others speak of one organisation or two. */
	const WHOLE = ['cash_balance', 'budget_balance', 'spent_share', 'time_share', 'gap'] as const;

	it('give balances and percentages', () => {
		const results = WHOLE.map((name) => [name, FORMULAS[name].evaluate(values)]);
		expect(Object.fromEntries(results)).toEqual({
			cash_balance: '0',
			budget_balance: '330000',
			spent_share: '97.0',
			time_share: '100.0',
			gap: '-3.0'
		});
	});

	it('are not published as soon as one term is not', () => {
		// Of what changed, nothing stated means that nothing changed.
		const ofChanges = ['changed', 'difference'];
		for (const name of FORMULA_NAMES)
			expect(FORMULAS[name].evaluate({}), name).toBe(ofChanges.includes(name) ? '0' : null);
		for (const name of WHOLE) {
			for (const measure of sumsOfFormula(name)) {
				expect(
					FORMULAS[name].evaluate({ ...values, [measure]: null }),
					`${name} without ${measure}`
				).toBeNull();
			}
		}
	});

	it('have no percentage of a budget of nothing', () => {
		expect(FORMULAS.spent_share.evaluate({ spent: '5', budget: '0.00' })).toBeNull();
		expect(FORMULAS.gap.evaluate({ ...values, budget: '0' })).toBeNull();
	});

	it('name their measures, those of inner formulas too', () => {
		expect(sumsOfFormula('cash_balance')).toEqual(['received', 'spent', 'returned']);
		expect(sumsOfFormula('gap')).toEqual(['spent', 'budget']);
		expect(sumsOfFormula('time_share')).toEqual([]);
	});

	it('tell what an organisation got and did not yet use, of what the books hold', () => {
		const partner = { transferred_to: '500.00', spent_by: '420.50' };
		expect(FORMULAS.untraced.evaluate(partner)).toBe('79.50');
		expect(FORMULAS.untraced.evaluate({ transferred_to: '500.00' })).toBe('500.00');
		expect(FORMULAS.untraced.evaluate({ ...partner, spent_by: '600' })).toBe('-100.00');
		expect(FORMULAS.untraced.evaluate({ spent_by: '420.50' })).toBeNull();
		expect(sliceOfTerm('transferred_to', defaultSlice('gloact'))).toMatchObject({
			measure: 'spent',
			part: 'receiver',
			counting: 'internal_transfer'
		});
	});

	it('leave of a contribution what was neither used nor returned', () => {
		const { evaluate } = FORMULAS.contribution_balance;
		expect(evaluate({ received: '100', spent: '60' })).toBe('40');
		expect(evaluate({ received: '100', spent: '60', returned: '15' })).toBe('25');
		expect(evaluate({ received: '100', returned: '15' })).toBeNull();
	});

	it('share the pool by receipts to date', () => {
		const { evaluate } = FORMULAS.pooled_share;
		expect(evaluate({ pool_spent: '100', own_receipts: '1', pool_receipts: '3' })).toBe('33.33');
		expect(evaluate({ pool_spent: '100', own_receipts: '1', pool_receipts: '0' })).toBeNull();
		const asked = { ...defaultSlice('gloact'), agreement: 'none', organisation: '7' };
		expect(sliceOfTerm('pool_receipts', asked)).toMatchObject({ agreement: 'none', organisation: null });
		expect(sliceOfTerm('pool_receipts', { ...asked, agreement: 'A-1' })).toMatchObject({ agreement: null });
	});

	it('compare the two sides of a transfer only where both report', () => {
		const sides = { sent_within: '500', receipt: '450', receipt_within: '30' };
		expect(FORMULAS.transfer_difference.evaluate(sides)).toBe('20');
		expect(FORMULAS.transfer_difference.evaluate({ sent: '500' })).toBeNull();
		expect(FORMULAS.transfer_difference.evaluate({ receipt: '480' })).toBeNull();
	});

	it('subtract the percentages that stand on the page', () => {
		const uneven = { spent: '1', budget: '3', days_elapsed: '1', days_total: '6' };
		expect(FORMULAS.spent_share.evaluate(uneven)).toBe('33.3');
		expect(FORMULAS.time_share.evaluate(uneven)).toBe('16.7');
		expect(FORMULAS.gap.evaluate(uneven)).toBe('16.6');
	});

	it('count days of a period from its first to its last', () => {
		const period = { from: '2015-07-01', to: '2019-07-31' };
		expect(daysOfPeriod(period, '2019-07-31')).toEqual({ days_elapsed: '1492', days_total: '1492' });
		expect(daysOfPeriod(period, '2015-07-01').days_elapsed).toBe('1');
		expect(daysOfPeriod(period, '2015-06-30').days_elapsed).toBe('0');
		expect(daysOfPeriod(period, '2026-01-01').days_elapsed).toBe('1492');
	});
});

describe('the measure of one kind', () => {
	it('is the one that draws on it alone', () => {
		for (const kind of KINDS) expect(kindsOf(measureOfKind(kind))).toEqual([kind]);
		expect(measureOfKind('1')).toBe('received');
		expect(measureOfKind('3')).toBe('disbursement');
	});
});
