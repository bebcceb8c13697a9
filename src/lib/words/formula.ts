import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { FormulaName, Operator, PartyTerm, TermName } from '#lib/slice/formula.ts';
import { glossary } from './glossary.ts';
import { measureLabel } from './ledger.ts';

/** A named formula: "Cash balance", and what it means. */
export const { label: formulaLabel, definition: formulaDefinition } = glossary<FormulaName>({
	cash_balance: [m.words_formula_cash_balance, m.words_formula_cash_balance_definition],
	budget_balance: [m.words_formula_budget_balance, m.words_formula_budget_balance_definition],
	spent_share: [m.words_formula_spent_share, m.words_formula_spent_share_definition],
	time_share: [m.words_formula_time_share, m.words_formula_time_share_definition],
	gap: [m.words_formula_gap, m.words_formula_gap_definition],
	untraced: [m.words_formula_untraced, m.words_formula_untraced_definition],
	transfer_difference: [m.words_formula_transfer_difference, m.words_formula_transfer_difference_definition]
});

const IN_WORDS: Record<FormulaName, typeof m.words_none> = {
	cash_balance: m.words_formula_cash_balance_in_words,
	budget_balance: m.words_formula_budget_balance_in_words,
	spent_share: m.words_formula_spent_share_in_words,
	time_share: m.words_formula_time_share_in_words,
	gap: m.words_formula_gap_in_words,
	untraced: m.words_formula_untraced_in_words,
	transfer_difference: m.words_formula_transfer_difference_in_words
};
const SIGNS: Record<Operator, string> = { plus: '+', minus: '\u2212', divided_by: '\u00f7' };

const SPOKEN: Record<Operator, typeof m.words_none> = {
	plus: m.words_operator_plus,
	minus: m.words_operator_minus,
	divided_by: m.words_operator_divided_by
};
const PARTY_TERMS: Record<PartyTerm, typeof m.words_none> = {
	received_by: m.words_term_received_by,
	transferred_to: m.words_term_transferred_to,
	received_from: m.words_term_received_from,
	transferred_by: m.words_term_transferred_by,
	spent_by: m.words_term_spent_by,
	returned_by: m.words_term_returned_by,
	paid_back_by: m.words_term_paid_back_by,
	sent: m.words_term_sent,
	sent_within: m.words_term_sent_within,
	receipt: m.words_term_receipt,
	receipt_within: m.words_term_receipt_within
};

/** The whole formula as a reader says it: "received − spent − returned to the funder". */
export function formulaInWords(name: FormulaName, locale?: Locale): string {
	return IN_WORDS[name]({}, { locale });
}

/** The sign that stands before a term, and its name for a screen reader. */
export function operatorSign(operator: Operator, locale?: Locale): { sign: string; spoken: string } {
	return { sign: SIGNS[operator], spoken: SPOKEN[operator]({}, { locale }) };
}

/** A term of a formula: a measure's label, or "Days elapsed". */
export function termLabel(term: TermName, locale?: Locale): string {
	if (term === 'days_elapsed') return m.words_term_days_elapsed({}, { locale });
	if (term === 'days_total') return m.words_term_days_total({}, { locale });
	return isPartyTerm(term) ? PARTY_TERMS[term]({}, { locale }) : measureLabel(term, locale);
}

const isPartyTerm = (term: TermName): term is PartyTerm => Object.hasOwn(PARTY_TERMS, term);
