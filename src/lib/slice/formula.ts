import { add, divideHalfEven, isZero, multiply, percentOf, sign, subtract, sum } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { sinceOf, type ChangeKind } from './change.ts';
import { NONE } from './parameter.ts';
import { daysBetween } from './period.ts';
import type { Day } from './period.ts';
import type { Measure, Slice } from './slice.ts';

export const FORMULA_NAMES = [
	'cash_balance',
	'budget_balance',
	'spent_share',
	'time_share',
	'gap',
	'untraced',
	'transfer_difference',
	'time_budget',
	'gap_amount',
	'daily_pace',
	'forecast_part',
	'forecast_spent',
	'forecast_share',
	'contribution_balance',
	'pooled_share',
	'changed',
	'difference'
] as const;
export type FormulaName = (typeof FORMULA_NAMES)[number];

/**
 * What the money of one organisation, or of one on each end of a transfer, is asked for: how each question differs from the
 * slice that names them.
 */
const PARTY_TERMS = {
	received_by: { measure: 'received', part: 'receiver' },
	transferred_to: { measure: 'spent', part: 'receiver', counting: 'internal_transfer' },
	received_from: { measure: 'received', part: 'provider' },
	transferred_by: { measure: 'spent', part: 'provider', counting: 'internal_transfer' },
	spent_by: { measure: 'spent', part: 'provider' },
	returned_by: { measure: 'returned_receipts', part: 'receiver' },
	paid_back_by: { measure: 'paid_back', part: 'provider' },
	sent: { measure: 'disbursement', part: 'provider' },
	sent_within: { measure: 'disbursement', part: 'provider', counting: 'internal_transfer' },
	receipt: { measure: 'received', part: 'provider' },
	receipt_within: { measure: 'received', part: 'provider', counting: 'internal_transfer' },
	pool_spent: { measure: 'spent', organisation: null, agreement: NONE },
	own_receipts: { measure: 'received' },
	pool_receipts: { measure: 'received', organisation: null }
} as const satisfies Record<string, Partial<Slice>>;
export type PartyTerm = keyof typeof PARTY_TERMS;

/** What stands so to an earlier state of the books, which the slice's own change names. */
const CHANGE_TERMS = {
	added_since: 'added',
	replacement_since: 'replacement',
	replaced_since: 'replaced',
	withdrawn_since: 'withdrawn'
} as const satisfies Record<string, ChangeKind>;
export type ChangeTerm = keyof typeof CHANGE_TERMS;
/** A term that is a sum of entries. */
export type SumTerm = Measure | PartyTerm | ChangeTerm;

/**
 * Days of the project's period; of the time whose pace a forecast carries on, from then to the project's end, and those
 * among them that lie in the slice's own days.
 */
export const DAY_TERMS = [
	'days_elapsed',
	'days_total',
	'recent_days',
	'remaining_days',
	'forecast_days'
] as const;
export type DayTerm = (typeof DAY_TERMS)[number];

type FurtherTerm = DayTerm | 'recent_spent';

/** A value a formula works on: a measure of the slice, one of an organisation's, what was spent lately, or days. */
export type TermName = SumTerm | 'recent_spent' | DayTerm;
export type TermValues = Partial<Record<TermName, Decimal | null>>;

/** How a term joins those before it; what is multiplied or divided is done first. */
export type Operator = 'plus' | 'minus' | 'times' | 'divided_by';
export type FormulaTerm = { operator: Operator | null } & ({ term: TermName } | { formula: FormulaName });

export type Formula = {
	name: FormulaName;
	/** Money of the slice's currency, per cent (100 is all), or the difference of two percentages. */
	unit: 'money' | 'percent' | 'points';
	terms: readonly FormulaTerm[];
	/** `null` where a term that it cannot do without is `null` or missing: not published, never zero. */
	evaluate: (values: TermValues) => Decimal | null;
};

/** Percentages have one digit after the point, and a gap is the difference of the two that stand on the page. */
export const PERCENT_SCALE = 1;
/** Slices are converted to euro or dollars; both have cents. */
const MONEY_SCALE = 2;

export const FORMULAS: Readonly<Record<FormulaName, Formula>> = {
	cash_balance: {
		name: 'cash_balance',
		unit: 'money',
		terms: [
			{ operator: null, term: 'received' },
			{ operator: 'minus', term: 'spent' },
			{ operator: 'minus', term: 'returned' }
		],
		evaluate: ({ received, spent, returned }) => minus(minus(received, spent), returned)
	},
	budget_balance: {
		name: 'budget_balance',
		unit: 'money',
		terms: [
			{ operator: null, term: 'budget' },
			{ operator: 'minus', term: 'spent' }
		],
		evaluate: ({ budget, spent }) => minus(budget, spent)
	},
	spent_share: {
		name: 'spent_share',
		unit: 'percent',
		terms: [
			{ operator: null, term: 'spent' },
			{ operator: 'divided_by', term: 'budget' }
		],
		evaluate: ({ spent, budget }) => percent(spent, budget)
	},
	time_share: {
		name: 'time_share',
		unit: 'percent',
		terms: [
			{ operator: null, term: 'days_elapsed' },
			{ operator: 'divided_by', term: 'days_total' }
		],
		evaluate: ({ days_elapsed, days_total }) => percent(days_elapsed, days_total)
	},
	gap: {
		name: 'gap',
		unit: 'points',
		terms: [
			{ operator: null, formula: 'spent_share' },
			{ operator: 'minus', formula: 'time_share' }
		],
		evaluate: (values) => minus(FORMULAS.spent_share.evaluate(values), FORMULAS.time_share.evaluate(values))
	},
	untraced: {
		name: 'untraced',
		unit: 'money',
		terms: [
			{ operator: null, term: 'received_by' },
			{ operator: 'plus', term: 'transferred_to' },
			{ operator: 'minus', term: 'received_from' },
			{ operator: 'minus', term: 'transferred_by' },
			{ operator: 'minus', term: 'spent_by' },
			{ operator: 'minus', term: 'returned_by' },
			{ operator: 'minus', term: 'paid_back_by' }
		],
		// Most organisations move money in some of these ways only: the books hold nothing of the others.
		evaluate: (values) =>
			minus(
				known(values.received_by, values.transferred_to),
				known(
					values.received_from,
					values.transferred_by,
					values.spent_by,
					values.returned_by,
					values.paid_back_by
				) ?? '0'
			)
	},
	transfer_difference: {
		name: 'transfer_difference',
		unit: 'money',
		terms: [
			{ operator: null, term: 'sent' },
			{ operator: 'plus', term: 'sent_within' },
			{ operator: 'minus', term: 'receipt' },
			{ operator: 'minus', term: 'receipt_within' }
		],
		evaluate: ({ sent, sent_within, receipt, receipt_within }) =>
			minus(known(sent, sent_within), known(receipt, receipt_within))
	},
	time_budget: {
		name: 'time_budget',
		unit: 'money',
		terms: [
			{ operator: null, term: 'budget' },
			{ operator: 'times', term: 'days_elapsed' },
			{ operator: 'divided_by', term: 'days_total' }
		],
		evaluate: ({ budget, days_elapsed, days_total }) => partOf(budget, days_elapsed, days_total)
	},
	gap_amount: {
		name: 'gap_amount',
		unit: 'money',
		terms: [
			{ operator: null, term: 'spent' },
			{ operator: 'minus', formula: 'time_budget' }
		],
		evaluate: (values) => minus(values.spent, FORMULAS.time_budget.evaluate(values))
	},
	// Rounded to the cent before it is multiplied by days, so that the parts of a forecast add up to it.
	daily_pace: {
		name: 'daily_pace',
		unit: 'money',
		terms: [
			{ operator: null, term: 'recent_spent' },
			{ operator: 'divided_by', term: 'recent_days' }
		],
		evaluate: ({ recent_spent, recent_days }) => partOf(recent_spent, '1', recent_days)
	},
	forecast_part: {
		name: 'forecast_part',
		unit: 'money',
		terms: [
			{ operator: null, formula: 'daily_pace' },
			{ operator: 'times', term: 'forecast_days' }
		],
		evaluate: (values) => times(FORMULAS.daily_pace.evaluate(values), values.forecast_days)
	},
	forecast_spent: {
		name: 'forecast_spent',
		unit: 'money',
		terms: [
			{ operator: null, term: 'spent' },
			{ operator: 'plus', formula: 'daily_pace' },
			{ operator: 'times', term: 'remaining_days' }
		],
		evaluate: (values) => {
			const expected = times(FORMULAS.daily_pace.evaluate(values), values.remaining_days);
			return values.spent == null || expected === null ? null : add(values.spent, expected);
		}
	},
	forecast_share: {
		name: 'forecast_share',
		unit: 'percent',
		terms: [
			{ operator: null, formula: 'forecast_spent' },
			{ operator: 'divided_by', term: 'budget' }
		],
		evaluate: (values) => percent(FORMULAS.forecast_spent.evaluate(values), values.budget)
	},
	contribution_balance: {
		name: 'contribution_balance',
		unit: 'money',
		terms: [
			{ operator: null, term: 'received' },
			{ operator: 'minus', term: 'spent' },
			{ operator: 'minus', term: 'returned' }
		],
		// As a rule nothing was returned: then the books hold nothing of it.
		evaluate: ({ received, spent, returned }) =>
			spent == null ? null : minus(received, known(spent, returned))
	},
	pooled_share: {
		name: 'pooled_share',
		unit: 'money',
		terms: [
			{ operator: null, term: 'pool_spent' },
			{ operator: 'times', term: 'own_receipts' },
			{ operator: 'divided_by', term: 'pool_receipts' }
		],
		// To the cent; which part takes the last one is told only by all of them together.
		evaluate: ({ pool_spent, own_receipts, pool_receipts }) =>
			pool_spent == null || own_receipts == null || pool_receipts == null || sign(pool_receipts) <= 0
				? null
				: divideHalfEven(multiply(pool_spent, own_receipts), pool_receipts, MONEY_SCALE)
	},
	changed: {
		name: 'changed',
		unit: 'money',
		terms: [
			{ operator: null, term: 'replacement_since' },
			{ operator: 'minus', term: 'replaced_since' }
		],
		// Nothing of a kind means that nothing changed so.
		evaluate: ({ replacement_since, replaced_since }) =>
			subtract(replacement_since ?? '0', replaced_since ?? '0')
	},
	difference: {
		name: 'difference',
		unit: 'money',
		terms: [
			{ operator: null, term: 'added_since' },
			{ operator: 'plus', formula: 'changed' },
			{ operator: 'minus', term: 'withdrawn_since' }
		],
		evaluate: (values) =>
			subtract(
				add(values.added_since ?? '0', FORMULAS.changed.evaluate(values) ?? '0'),
				values.withdrawn_since ?? '0'
			)
	}
};

/** The sums that a formula needs, each once, those of the formulas inside it included; days are none. */
export function sumsOfFormula(name: FormulaName): SumTerm[] {
	return termsOfFormula(name).filter((term) => !isFurther(term));
}

/** The question that a term asks of the ledger, where the formula is asked of `slice`. */
export function sliceOfTerm(term: SumTerm, slice: Slice): Slice {
	if (term in CHANGE_TERMS) {
		const since = sinceOf(slice.change);
		return { ...slice, change: since === null ? null : `${CHANGE_TERMS[term as ChangeTerm]}:${since}` };
	}
	if (!(term in PARTY_TERMS)) return { ...slice, measure: term as Measure };
	const asked: Slice = { ...slice, counting: 'counted', ...PARTY_TERMS[term as PartyTerm] };
	// A contribution with an agreement shares in the pool only where nobody paid into it: then all receipts are the key.
	return term === 'pool_receipts' && slice.agreement !== NONE ? { ...asked, agreement: null } : asked;
}

/** The other terms that a formula needs, each once: days, and what was spent lately. */
export function furtherTermsOf(name: FormulaName): FurtherTerm[] {
	return termsOfFormula(name).filter(isFurther);
}

function termsOfFormula(name: FormulaName): TermName[] {
	const terms = FORMULAS[name].terms.flatMap((term) =>
		'formula' in term ? termsOfFormula(term.formula) : [term.term]
	);
	return [...new Set(terms)];
}

function isFurther(term: TermName): term is FurtherTerm {
	return term === 'recent_spent' || isDayTerm(term);
}

function isDayTerm(term: TermName): term is DayTerm {
	return (DAY_TERMS as readonly string[]).includes(term);
}

/**
 * Days of a project's period that are over at the end of `day`, first and last day counted, and days in all. Elapsed is
 * never below 0 or above the total.
 */
export function daysOfPeriod(
	period: { from: Day; to: Day },
	day: Day
): { days_elapsed: Decimal; days_total: Decimal } {
	const total = daysBetween(period.from, period.to) + 1;
	const elapsed = Math.min(Math.max(daysBetween(period.from, day) + 1, 0), total);
	return { days_elapsed: String(elapsed), days_total: String(total) };
}

/** The sum of those that there are; null where there is none. */
function known(...values: (Decimal | null | undefined)[]): Decimal | null {
	const stated = values.filter((value) => value != null);
	return stated.length === 0 ? null : sum(stated);
}

function minus(a: Decimal | null | undefined, b: Decimal | null | undefined): Decimal | null {
	return a == null || b == null ? null : subtract(a, b);
}

function times(a: Decimal | null, b: Decimal | null | undefined): Decimal | null {
	return a === null || b == null ? null : multiply(a, b);
}

/** The amount times `part` out of `whole`, to the cent, half to even. */
function partOf(
	amount: Decimal | null | undefined,
	part: Decimal | null | undefined,
	whole: Decimal | null | undefined
): Decimal | null {
	if (amount == null || part == null || whole == null || isZero(whole)) return null;
	return divideHalfEven(multiply(amount, part), whole, MONEY_SCALE);
}

function percent(part: Decimal | null | undefined, whole: Decimal | null | undefined): Decimal | null {
	return part == null || whole == null ? null : percentOf(part, whole, PERCENT_SCALE);
}
