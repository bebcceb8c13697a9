import { compare, subtract } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, sliceOfTerm, sumsOfFormula, type FormulaName } from './formula.ts';
import { termsOf } from './measure.ts';
import { valuesOf } from './parameter.ts';
import type { Counting, Measure, Nature, Slice } from './slice.ts';

/*
 * The reconciliation checks: two sides that must agree, each made of sums of the ledger, terms of an agreement or totals that
 * a file states. What each asks of the books stands in `server/ledger/checks`.
 */

/** By the names under which results are kept, in the order in which they are shown. */
export const CHECK_CODES = [
	'receipts_accounted_for',
	'sent_equals_received',
	'countries_equal_whole',
	'headings_equal_budget',
	'budget_equals_agreements',
	'instalments_equal_receipts',
	'rows_equal_stated',
	'converted_at_rates',
	'spent_within_received',
	'spent_within_advances',
	'nothing_outside_period',
	'closing_equals_opening',
	'summary_equals_entries',
	'iati_equals_entries'
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

/** Checks whose left side may be less than the right one. */
const LIMITS: readonly CheckCode[] = ['spent_within_received', 'spent_within_advances'];

/** Whether both sides must be equal, or the left one is at most the right one. */
export const relationOf = (code: CheckCode): 'equal' | 'at_most' =>
	LIMITS.includes(code) ? 'at_most' : 'equal';

export type CheckState = 'holds' | 'fails' | 'open';

/** `passed` as it is kept: null where nothing can be compared, with what is missing. */
export const stateOf = (passed: boolean | null): CheckState =>
	passed === null ? 'open' : passed ? 'holds' : 'fails';

/** Left less right; null as soon as one is. */
export function differenceOf(left: Decimal | null, right: Decimal | null): Decimal | null {
	return left === null || right === null ? null : subtract(left, right);
}

/**
 * Whether two sides agree. Null where one is unknown, which is not zero.
 * @param tolerance what rounding alone may make of the difference
 */
export function isHeld(
	code: CheckCode,
	left: Decimal | null,
	right: Decimal | null,
	tolerance: Decimal = '0'
): boolean | null {
	const difference = differenceOf(left, right);
	if (difference === null) return null;
	if (compare(difference, tolerance) > 0) return false;
	return relationOf(code) === 'at_most' || compare(difference, subtract('0', tolerance)) >= 0;
}

/** What leads from an amount of a check to what it is made of. */
export type CheckOrigin =
	| { kind: 'slice'; slice: Slice }
	| { kind: 'formula'; formula: FormulaName; slice: Slice }
	| { kind: 'place'; sha256: string; place: string }
	| { kind: 'import'; sha256: string; importId: string }
	/** The result itself, which names its terms. */
	| { kind: 'check'; check: CheckCode; subject: string; slice: Slice };

/** Terms that are called after what they are of: a heading, an agreement, a currency, a file's own words. */
export type NamedTerm =
	| 'spent_under'
	| 'fees'
	| 'budget_under'
	| 'stated_direct'
	| 'stated_indirect'
	| 'stated_budget'
	| 'agreed'
	| 'instalment'
	| 'stated_total'
	| 'converted'
	| 'booked_in_currency'
	| 'booked_at_rates';

/** What a line of a side is called in words. */
export type CheckTerm =
	| Measure
	| NamedTerm
	| 'held_by_receivers'
	| 'held_by_partners'
	| 'received_by'
	| 'transferred'
	| 'spent_by'
	| 'returned_by'
	| 'paid_back_by'
	| 'sent'
	| 'sent_within'
	| 'receipt'
	| 'receipt_within'
	| 'in_countries'
	| 'unallocated'
	| 'whole'
	| 'committed_without_agreement'
	| 'rows_read'
	| 'inside_period'
	| 'closing'
	| 'corrected'
	| 'opening'
	| 'summed_up'
	| 'in_iati'
	| 'entries';

/** One amount of a side. `name` is what it is of: a heading's key, a currency, what a file calls it. */
export type CheckLine = {
	term: CheckTerm;
	name?: string;
	sign: 1 | -1;
	amount: Decimal | null;
	origin: CheckOrigin;
	/** What the amount is itself made of. */
	of?: CheckLine[];
};

/** Where a result stands on the page of the checks: an id that any subject can be made into. */
export function checkAnchor(result: {
	code: CheckCode;
	nature: Nature;
	project: string;
	subject: string;
}): string {
	const { code, nature, project, subject } = result;
	return [nature, code, project, subject]
		.filter((part) => part !== '')
		.join(' ')
		.replace(/[^A-Za-z0-9_]/gu, (sign) => (sign === ' ' ? '-' : `_${sign.codePointAt(0)!.toString(16)}`));
}

/** Money that a failed check casts doubt on. */
export type Touch = { measure: Measure; counting: Counting };

/** A check that fails, as figures need to know of it. */
export type FailedCheck = {
	code: CheckCode;
	nature: Nature;
	project: string;
	subject: string;
	touches: Touch[];
	/** Only money between these, by number; null for all. */
	parties: string[] | null;
};

/** Whether a figure of this slice is of money that a failed check is about. */
export function isTouched(failed: FailedCheck, slice: Slice): boolean {
	if (failed.nature !== slice.nature) return false;
	if (slice.project !== null && slice.project !== failed.project) return false;
	if (failed.parties !== null) {
		const named = [...valuesOf(slice.organisation), ...valuesOf(slice.receiver)];
		if (named.length > 0 && !named.some((id) => failed.parties!.includes(id))) return false;
	}
	return failed.touches.some(
		({ measure, counting }) => counting === slice.counting && shareEntries(measure, slice.measure)
	);
}

/** Whether an entry can count towards both: spending is made of disbursements and expenditure. */
function shareEntries(one: Measure, other: Measure): boolean {
	return termsOf(one).some(({ kinds, returned }) =>
		termsOf(other).some(
			(term) => term.returned === returned && term.kinds.some((kind) => kinds.includes(kind))
		)
	);
}

/** Whether one of the sums of a formula is of such money. */
export function isFormulaTouched(failed: FailedCheck, formula: FormulaName, slice: Slice): boolean {
	return (
		Object.hasOwn(FORMULAS, formula) &&
		sumsOfFormula(formula).some((term) => isTouched(failed, sliceOfTerm(term, slice)))
	);
}
