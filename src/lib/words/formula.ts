import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { FormulaName, Operator, TermName } from '#lib/slice/formula.ts';
import { glossary } from './glossary.ts';
import { measureLabel } from './ledger.ts';

/** A named formula: "Cash balance", and what it means. */
export const { label: formulaLabel, definition: formulaDefinition } = glossary<FormulaName>({
	cash_balance: [m.words_formula_cash_balance, m.words_formula_cash_balance_definition],
	budget_balance: [m.words_formula_budget_balance, m.words_formula_budget_balance_definition],
	spent_share: [m.words_formula_spent_share, m.words_formula_spent_share_definition],
	time_share: [m.words_formula_time_share, m.words_formula_time_share_definition],
	gap: [m.words_formula_gap, m.words_formula_gap_definition]
});

const IN_WORDS: Record<FormulaName, typeof m.words_none> = {
	cash_balance: m.words_formula_cash_balance_in_words,
	budget_balance: m.words_formula_budget_balance_in_words,
	spent_share: m.words_formula_spent_share_in_words,
	time_share: m.words_formula_time_share_in_words,
	gap: m.words_formula_gap_in_words
};
const SIGNS: Record<Operator, string> = { minus: '\u2212', divided_by: '\u00f7' };

/** The whole formula as a reader says it: "received − spent − returned to the funder". */
export function formulaInWords(name: FormulaName, locale?: Locale): string {
	return IN_WORDS[name]({}, { locale });
}

/** The sign that stands before a term, and its name for a screen reader. */
export function operatorSign(operator: Operator, locale?: Locale): { sign: string; spoken: string } {
	const spoken =
		operator === 'minus'
			? m.words_operator_minus({}, { locale })
			: m.words_operator_divided_by({}, { locale });
	return { sign: SIGNS[operator], spoken };
}

/** A term of a formula: a measure's label, or "Days elapsed". */
export function termLabel(term: TermName, locale?: Locale): string {
	if (term === 'days_elapsed') return m.words_term_days_elapsed({}, { locale });
	if (term === 'days_total') return m.words_term_days_total({}, { locale });
	return measureLabel(term, locale);
}
