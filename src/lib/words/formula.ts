import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { ChangeTerm, DayTerm, FormulaName, Operator, PartyTerm, TermName } from '#lib/slice/formula.ts';
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
	transfer_difference: [m.words_formula_transfer_difference, m.words_formula_transfer_difference_definition],
	time_budget: [m.spending_formula_time_budget, m.spending_formula_time_budget_definition],
	gap_amount: [m.spending_formula_gap_amount, m.spending_formula_gap_amount_definition],
	daily_pace: [m.spending_formula_daily_pace, m.spending_formula_daily_pace_definition],
	forecast_part: [m.spending_formula_forecast_part, m.spending_formula_forecast_part_definition],
	forecast_spent: [m.spending_formula_forecast_spent, m.spending_formula_forecast_spent_definition],
	forecast_share: [m.spending_formula_forecast_share, m.spending_formula_forecast_share_definition],
	contribution_balance: [
		m.words_formula_contribution_balance,
		m.words_formula_contribution_balance_definition
	],
	pooled_share: [m.words_formula_pooled_share, m.words_formula_pooled_share_definition],
	changed: [m.spending_formula_changed, m.spending_formula_changed_definition],
	difference: [m.spending_formula_difference, m.spending_formula_difference_definition]
});

const IN_WORDS: Record<FormulaName, typeof m.words_none> = {
	cash_balance: m.words_formula_cash_balance_in_words,
	budget_balance: m.words_formula_budget_balance_in_words,
	spent_share: m.words_formula_spent_share_in_words,
	time_share: m.words_formula_time_share_in_words,
	gap: m.words_formula_gap_in_words,
	untraced: m.words_formula_untraced_in_words,
	transfer_difference: m.words_formula_transfer_difference_in_words,
	time_budget: m.spending_formula_time_budget_in_words,
	gap_amount: m.spending_formula_gap_amount_in_words,
	daily_pace: m.spending_formula_daily_pace_in_words,
	forecast_part: m.spending_formula_forecast_part_in_words,
	forecast_spent: m.spending_formula_forecast_spent_in_words,
	forecast_share: m.spending_formula_forecast_share_in_words,
	contribution_balance: m.words_formula_contribution_balance_in_words,
	pooled_share: m.words_formula_pooled_share_in_words,
	changed: m.spending_formula_changed_in_words,
	difference: m.spending_formula_difference_in_words
};
const SIGNS: Record<Operator, string> = {
	plus: '+',
	minus: '\u2212',
	times: '\u00d7',
	divided_by: '\u00f7'
};
const OPERATORS: Record<Operator, typeof m.words_none> = {
	plus: m.words_operator_plus,
	minus: m.words_operator_minus,
	times: m.spending_operator_times,
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
	receipt_within: m.words_term_receipt_within,
	pool_spent: m.words_term_pool_spent,
	own_receipts: m.words_term_own_receipts,
	pool_receipts: m.words_term_pool_receipts
};
type FurtherTerm = ChangeTerm | DayTerm | 'recent_spent';
const FURTHER_TERMS: Record<FurtherTerm, typeof m.words_none> = {
	added_since: m.spending_term_added_since,
	replacement_since: m.spending_term_replacement_since,
	replaced_since: m.spending_term_replaced_since,
	withdrawn_since: m.spending_term_withdrawn_since,
	days_elapsed: m.words_term_days_elapsed,
	days_total: m.words_term_days_total,
	recent_spent: m.spending_term_recent_spent,
	recent_days: m.spending_term_recent_days,
	remaining_days: m.spending_term_remaining_days,
	forecast_days: m.spending_term_forecast_days
};

/** The whole formula as a reader says it: "received − spent − returned to the funder". */
export function formulaInWords(name: FormulaName, locale?: Locale): string {
	return IN_WORDS[name]({}, { locale });
}

/** The sign that stands before a term, and its name for a screen reader. */
export function operatorSign(operator: Operator, locale?: Locale): { sign: string; spoken: string } {
	return { sign: SIGNS[operator], spoken: OPERATORS[operator]({}, { locale }) };
}

/** A term of a formula: a measure's label, or "Days elapsed". */
export function termLabel(term: TermName, locale?: Locale): string {
	if (isPartyTerm(term)) return PARTY_TERMS[term]({}, { locale });
	return isFurtherTerm(term) ? FURTHER_TERMS[term]({}, { locale }) : measureLabel(term, locale);
}

const isPartyTerm = (term: TermName): term is PartyTerm => Object.hasOwn(PARTY_TERMS, term);
const isFurtherTerm = (term: TermName): term is FurtherTerm => Object.hasOwn(FURTHER_TERMS, term);
