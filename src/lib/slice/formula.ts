import { percentOf, subtract } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { daysBetween } from './period.ts';
import type { Day } from './period.ts';
import type { Measure } from './slice.ts';

export const FORMULA_NAMES = ['cash_balance', 'budget_balance', 'spent_share', 'time_share', 'gap'] as const;
export type FormulaName = (typeof FORMULA_NAMES)[number];

/** A value a formula works on: a measure of the slice, or days of the project's period. */
export type TermName = Measure | 'days_elapsed' | 'days_total';
export type TermValues = Partial<Record<TermName, Decimal | null>>;

/** How a term joins those before it. */
export type Operator = 'minus' | 'divided_by';
export type FormulaTerm = { operator: Operator | null } & ({ term: TermName } | { formula: FormulaName });

export type Formula = {
	name: FormulaName;
	/** Money of the slice's currency, per cent (100 is all), or the difference of two percentages. */
	unit: 'money' | 'percent' | 'points';
	terms: readonly FormulaTerm[];
	/** `null` as soon as one term is `null` or missing: not published, never zero. */
	evaluate: (values: TermValues) => Decimal | null;
};

/** Percentages have one digit after the point, and a gap is the difference of the two that stand on the page. */
const PERCENT_SCALE = 1;

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
	}
};

/** True for the name of a formula, as it stands in an address. */
export function isFormulaName(name: string): name is FormulaName {
	return (FORMULA_NAMES as readonly string[]).includes(name);
}

/** The measures that a formula needs, each once, those of the formulas inside it included. */
export function measuresOfFormula(name: FormulaName): Measure[] {
	const measures = FORMULAS[name].terms.flatMap((term): Measure[] => {
		if ('formula' in term) return measuresOfFormula(term.formula);
		return term.term === 'days_elapsed' || term.term === 'days_total' ? [] : [term.term];
	});
	return [...new Set(measures)];
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

function minus(a: Decimal | null | undefined, b: Decimal | null | undefined): Decimal | null {
	return a == null || b == null ? null : subtract(a, b);
}

function percent(part: Decimal | null | undefined, whole: Decimal | null | undefined): Decimal | null {
	return part == null || whole == null ? null : percentOf(part, whole, PERCENT_SCALE);
}
