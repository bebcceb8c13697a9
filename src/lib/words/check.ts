import { m } from '#lib/paraglide/messages.js';
import type { CheckCode, CheckState, CheckTerm, NamedTerm } from '#lib/slice/check.ts';
import { MEASURES, type Measure } from '#lib/slice/slice.ts';
import { measureLabel } from './ledger.ts';

type Text = typeof m.words_none;
type NamedText = typeof m.checks_term_spent_under;

const CHECKS: Record<CheckCode, readonly [name: Text, formula: Text, explanation: Text]> = {
	receipts_accounted_for: [
		m.checks_receipts_accounted_for,
		m.checks_receipts_accounted_for_formula,
		m.checks_receipts_accounted_for_explanation
	],
	sent_equals_received: [
		m.checks_sent_equals_received,
		m.checks_sent_equals_received_formula,
		m.checks_sent_equals_received_explanation
	],
	countries_equal_whole: [
		m.checks_countries_equal_whole,
		m.checks_countries_equal_whole_formula,
		m.checks_countries_equal_whole_explanation
	],
	headings_equal_budget: [
		m.checks_headings_equal_budget,
		m.checks_headings_equal_budget_formula,
		m.checks_headings_equal_budget_explanation
	],
	budget_equals_agreements: [
		m.checks_budget_equals_agreements,
		m.checks_budget_equals_agreements_formula,
		m.checks_budget_equals_agreements_explanation
	],
	instalments_equal_receipts: [
		m.checks_instalments_equal_receipts,
		m.checks_instalments_equal_receipts_formula,
		m.checks_instalments_equal_receipts_explanation
	],
	rows_equal_stated: [
		m.checks_rows_equal_stated,
		m.checks_rows_equal_stated_formula,
		m.checks_rows_equal_stated_explanation
	],
	converted_at_rates: [
		m.checks_converted_at_rates,
		m.checks_converted_at_rates_formula,
		m.checks_converted_at_rates_explanation
	],
	spent_within_received: [
		m.checks_spent_within_received,
		m.checks_spent_within_received_formula,
		m.checks_spent_within_received_explanation
	],
	spent_within_advances: [
		m.checks_spent_within_advances,
		m.checks_spent_within_advances_formula,
		m.checks_spent_within_advances_explanation
	],
	nothing_outside_period: [
		m.checks_nothing_outside_period,
		m.checks_nothing_outside_period_formula,
		m.checks_nothing_outside_period_explanation
	],
	closing_equals_opening: [
		m.checks_closing_equals_opening,
		m.checks_closing_equals_opening_formula,
		m.checks_closing_equals_opening_explanation
	],
	summary_equals_entries: [
		m.checks_summary_equals_entries,
		m.checks_summary_equals_entries_formula,
		m.checks_summary_equals_entries_explanation
	],
	iati_equals_entries: [
		m.checks_iati_equals_entries,
		m.checks_iati_equals_entries_formula,
		m.checks_iati_equals_entries_explanation
	]
};

/** What a check is called: "Sent is received". */
export const checkLabel = (code: CheckCode): string => CHECKS[code][0]();

/** What must agree, as a reader says it: "Sent by one = received by the other". */
export const checkFormula = (code: CheckCode): string => CHECKS[code][1]();

/** What it means, and what makes it fail. */
export const checkExplanation = (code: CheckCode): string => CHECKS[code][2]();

const STATES: Record<CheckState, Text> = {
	holds: m.checks_state_holds,
	fails: m.checks_state_fails,
	open: m.checks_state_open
};
export const checkStateLabel = (state: CheckState): string => STATES[state]();

const TERMS: Record<Exclude<CheckTerm, Measure | NamedTerm>, Text> = {
	held_by_receivers: m.checks_term_held_by_receivers,
	held_by_partners: m.checks_term_held_by_partners,
	received_by: m.checks_term_received_by,
	transferred: m.checks_term_transferred,
	spent_by: m.checks_term_spent_by,
	returned_by: m.checks_term_returned_by,
	paid_back_by: m.checks_term_paid_back_by,
	sent: m.checks_term_sent,
	sent_within: m.checks_term_sent_within,
	receipt: m.checks_term_receipt,
	receipt_within: m.checks_term_receipt_within,
	in_countries: m.checks_term_in_countries,
	unallocated: m.checks_term_unallocated,
	whole: m.checks_term_whole,
	committed_without_agreement: m.checks_term_committed_without_agreement,
	rows_read: m.checks_term_rows_read,
	inside_period: m.checks_term_inside_period,
	closing: m.checks_term_closing,
	corrected: m.checks_term_corrected,
	opening: m.checks_term_opening,
	summed_up: m.checks_term_summed_up,
	in_iati: m.checks_term_in_iati,
	entries: m.checks_term_entries
};
const NAMED: Record<NamedTerm, NamedText> = {
	spent_under: m.checks_term_spent_under,
	fees: m.checks_term_fees,
	budget_under: m.checks_term_budget_under,
	stated_direct: m.checks_term_stated_direct,
	stated_indirect: m.checks_term_stated_indirect,
	stated_budget: m.checks_term_stated_budget,
	agreed: m.checks_term_agreed,
	instalment: m.checks_term_instalment,
	stated_total: m.checks_term_stated_total,
	converted: m.checks_term_converted,
	booked_in_currency: m.checks_term_booked_in_currency,
	booked_at_rates: m.checks_term_booked_at_rates
};

/** What one amount of a side is called: "Spent: travel", "Balance with partners". */
export function checkTermLabel(term: CheckTerm, name = ''): string {
	if (isNamed(term)) return NAMED[term]({ name });
	return isMeasure(term) ? measureLabel(term) : TERMS[term]();
}

const isNamed = (term: CheckTerm): term is NamedTerm => Object.hasOwn(NAMED, term);

const isMeasure = (term: CheckTerm): term is Measure => (MEASURES as readonly string[]).includes(term);

const MISSING: Readonly<Record<string, Text>> = {
	receipts: m.checks_missing_receipts,
	spending: m.checks_missing_spending,
	rate: m.checks_missing_rate,
	sender: m.checks_missing_sender,
	receiver: m.checks_missing_receiver,
	partner_spending: m.checks_missing_partner_spending,
	currency: m.checks_missing_currency,
	budget_lines: m.checks_missing_budget_lines,
	agreed: m.checks_missing_agreed,
	instalments: m.checks_missing_instalments,
	period: m.checks_missing_period,
	dates: m.checks_missing_dates
};

/** Why nothing could be compared. */
export const missingLabel = (missing: string): string => MISSING[missing]?.() ?? missing;
