import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { failuresOf, proofAddress } from '#lib/figure/origin.ts';
import { add, compare, subtract } from '#lib/money/decimal.ts';
import {
	checkAnchor,
	CHECK_CODES,
	differenceOf,
	isHeld,
	isTouched,
	relationOf,
	stateOf,
	type FailedCheck
} from '#lib/slice/check.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { checkExplanation, checkFormula, checkLabel } from '#lib/words/check.ts';
import { fractions, toText } from '../support/decimals.ts';
import { expectAlways } from '../support/property.ts';

const slice = (change: Partial<Slice> = {}): Slice => ({ ...defaultSlice('gloact'), ...change });
const failed = (change: Partial<FailedCheck> = {}): FailedCheck => ({
	code: 'sent_equals_received',
	nature: 'published',
	project: 'P',
	subject: '1 2',
	touches: [{ measure: 'disbursement', counting: 'internal_transfer' }],
	parties: null,
	...change
});

describe('two sides', () => {
	it('agree when they are equal, whatever their zeros', () => {
		expect(isHeld('sent_equals_received', '500000', '500000.00')).toBe(true);
		expect(isHeld('sent_equals_received', '500000', '480000')).toBe(false);
		expect(isHeld('sent_equals_received', '-0.01', '0')).toBe(false);
	});

	it('may differ by the tolerance and no more, to either side', () => {
		for (const left of ['99.98', '100.02'])
			expect(isHeld('sent_equals_received', left, '100', '0.02')).toBe(true);
		for (const left of ['99.979', '100.021'])
			expect(isHeld('sent_equals_received', left, '100', '0.02')).toBe(false);
	});

	it('of a limit agree when the left one is less', () => {
		expect(isHeld('spent_within_received', '1', '1000')).toBe(true);
		expect(isHeld('spent_within_received', '1000.01', '1000')).toBe(false);
	});

	it('of which one is unknown are not compared, and unknown is not zero', () => {
		expect(isHeld('spent_within_received', null, '1')).toBeNull();
		expect(isHeld('sent_equals_received', '0', null)).toBeNull();
		expect([true, false, null].map(stateOf)).toEqual(['holds', 'fails', 'open']);
		expect(differenceOf('1', null)).toBeNull();
	});

	it('of any amounts agree exactly where their difference is within the tolerance', () => {
		const amounts = fractions.map(toText);
		expectAlways(
			fc.property(
				fc.constantFrom(...CHECK_CODES),
				amounts,
				amounts,
				fc.nat(500),
				(code, left, right, cents) => {
					const tolerance = toText({ units: BigInt(cents), scale: 2 });
					const above = compare(left, add(right, tolerance)) > 0;
					const below = compare(left, subtract(right, tolerance)) < 0;
					expect(isHeld(code, left, right, tolerance)).toBe(
						!above && (relationOf(code) === 'at_most' || !below)
					);
				}
			)
		);
	});
});

describe('a failed check', () => {
	it('touches figures of its nature, project and money, and no others', () => {
		const touched = slice({ measure: 'disbursement', counting: 'internal_transfer', project: 'P' });
		expect(isTouched(failed(), touched)).toBe(true);
		// Spending holds disbursements; all projects hold this one.
		expect(isTouched(failed(), { ...touched, measure: 'spent', project: null })).toBe(true);
		for (const change of [
			{ nature: 'demonstration' },
			{ project: 'Q' },
			{ counting: 'counted' },
			{ measure: 'expenditure' },
			{ measure: 'received' },
			{ measure: 'paid_back' }
		] satisfies Partial<Slice>[])
			expect(isTouched(failed(), { ...touched, ...change }), JSON.stringify(change)).toBe(false);
	});

	it('between two organisations touches money of either of them', () => {
		const between = failed({ parties: ['1', '2'] });
		const touched = slice({ measure: 'disbursement', counting: 'internal_transfer', project: 'P' });
		expect(isTouched(between, { ...touched, organisation: '7', receiver: '2' })).toBe(true);
		expect(isTouched(between, { ...touched, organisation: '7,none' })).toBe(false);
	});

	it('touches formulas over such money, and no statement of a source', () => {
		const spent = failed({ touches: [{ measure: 'spent', counting: 'counted' }] });
		const asked = slice({ project: 'P' });
		expect(failuresOf({ kind: 'formula', formula: 'cash_balance', slice: asked }, [spent])).toEqual([spent]);
		expect(failuresOf({ kind: 'formula', formula: 'time_share', slice: asked }, [spent])).toEqual([]);
		expect(failuresOf({ kind: 'rule', formula: 'rule_share', rule: 'r', slice: asked }, [spent])).toEqual([
			spent
		]);
		expect(failuresOf({ kind: 'claim', claim: '1' }, [spent])).toEqual([]);
	});
});

describe('a result', () => {
	it('has an anchor that any subject can be made into, each its own', () => {
		const subjects = ['', '1 2', 'A/B é', 'A B é', 'A-B é'];
		const anchors = subjects.map((subject) =>
			checkAnchor({ code: 'instalments_equal_receipts', nature: 'published', project: 'P 1', subject })
		);
		for (const anchor of anchors)
			expect(anchor).toMatch(/^published-instalments_equal_receipts-P-1[A-Za-z0-9_-]*$/);
		expect(new Set(anchors).size).toBe(anchors.length);
	});

	it('is where a side of it opens, on its day', () => {
		const address = proofAddress(
			{
				kind: 'check',
				check: 'spent_within_received',
				subject: '',
				slice: slice({ project: 'GLOACT', nature: 'demonstration', asof: '2017-06-30', measure: 'budget' })
			},
			'gloact'
		);
		expect(address).toBe('/checks?project=GLOACT&asof=2017-06-30#demonstration-spent_within_received-GLOACT');
	});
});

it('every check has a name, a formula and an explanation', () => {
	for (const words of [checkLabel, checkFormula, checkExplanation]) {
		expect(new Set(CHECK_CODES.map((code) => words(code))).size).toBe(CHECK_CODES.length);
	}
});
