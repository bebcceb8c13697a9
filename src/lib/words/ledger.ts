import { m } from '#lib/paraglide/messages.js';
import type { Allocation, Basis, Counting, Kind, Measure, Nature, State } from '#lib/slice/slice.ts';
import { glossary } from './glossary.ts';

/** What was asked for: "Spent", "Received"; label and one sentence. */
export const { label: measureLabel, definition: measureDefinition } = glossary<Measure>({
	spent: [m.words_measure_spent, m.words_measure_spent_definition],
	disbursement: [m.words_measure_disbursement, m.words_measure_disbursement_definition],
	expenditure: [m.words_measure_expenditure, m.words_measure_expenditure_definition],
	received: [m.words_measure_received, m.words_measure_received_definition],
	returned: [m.words_measure_returned, m.words_measure_returned_definition],
	returned_receipts: [m.words_measure_returned_receipts, m.words_measure_returned_receipts_definition],
	paid_back: [m.words_measure_paid_back, m.words_measure_paid_back_definition],
	contribution_committed: [
		m.words_measure_contribution_committed,
		m.words_measure_contribution_committed_definition
	],
	contribution_pledged: [
		m.words_measure_contribution_pledged,
		m.words_measure_contribution_pledged_definition
	],
	committed: [m.words_measure_committed, m.words_measure_committed_definition],
	pledged: [m.words_measure_pledged, m.words_measure_pledged_definition],
	budget: [m.words_measure_budget, m.words_measure_budget_definition],
	planned_disbursement: [
		m.words_measure_planned_disbursement,
		m.words_measure_planned_disbursement_definition
	],
	reimbursement: [m.words_measure_reimbursement, m.words_measure_reimbursement_definition],
	interest: [m.words_measure_interest, m.words_measure_interest_definition],
	loan_repayment: [m.words_measure_loan_repayment, m.words_measure_loan_repayment_definition],
	equity: [m.words_measure_equity, m.words_measure_equity_definition],
	equity_sale: [m.words_measure_equity_sale, m.words_measure_equity_sale_definition],
	guarantee: [m.words_measure_guarantee, m.words_measure_guarantee_definition]
});

/** IATI's transaction types by number, and the two plans. */
export const { label: kindLabel, definition: kindDefinition } = glossary<Kind>({
	1: [m.words_kind_1, m.words_kind_1_definition],
	2: [m.words_kind_2, m.words_kind_2_definition],
	3: [m.words_kind_3, m.words_kind_3_definition],
	4: [m.words_kind_4, m.words_kind_4_definition],
	5: [m.words_kind_5, m.words_kind_5_definition],
	6: [m.words_kind_6, m.words_kind_6_definition],
	7: [m.words_kind_7, m.words_kind_7_definition],
	8: [m.words_kind_8, m.words_kind_8_definition],
	9: [m.words_kind_9, m.words_kind_9_definition],
	10: [m.words_kind_10, m.words_kind_10_definition],
	11: [m.words_kind_11, m.words_kind_11_definition],
	12: [m.words_kind_12, m.words_kind_12_definition],
	13: [m.words_kind_13, m.words_kind_13_definition],
	budget: [m.words_kind_budget, m.words_kind_budget_definition],
	planned_disbursement: [m.words_kind_planned_disbursement, m.words_kind_planned_disbursement_definition]
});

/** Whether an entry counts, and if not, why. */
export const { label: countingLabel, definition: countingDefinition } = glossary<Counting>({
	counted: [m.words_counting_counted, m.words_counting_counted_definition],
	internal_transfer: [m.words_counting_internal_transfer, m.words_counting_internal_transfer_definition],
	reported_by_children: [
		m.words_counting_reported_by_children,
		m.words_counting_reported_by_children_definition
	],
	secondary: [m.words_counting_secondary, m.words_counting_secondary_definition],
	superseded_budget: [m.words_counting_superseded_budget, m.words_counting_superseded_budget_definition]
});

/** Cash, accrual or not stated. */
export const { label: basisLabel, definition: basisDefinition } = glossary<Basis>({
	cash: [m.words_basis_cash, m.words_basis_cash_definition],
	accrual: [m.words_basis_accrual, m.words_basis_accrual_definition],
	not_stated: [m.words_basis_not_stated, m.words_basis_not_stated_definition]
});

/** Provisional, certified, audited or not stated. */
export const { label: stateLabel, definition: stateDefinition } = glossary<State>({
	provisional: [m.words_state_provisional, m.words_state_provisional_definition],
	certified: [m.words_state_certified, m.words_state_certified_definition],
	audited: [m.words_state_audited, m.words_state_audited_definition],
	not_stated: [m.words_state_not_stated, m.words_state_not_stated_definition]
});

/** Published or demonstration. */
export const { label: natureLabel, definition: natureDefinition } = glossary<Nature>({
	published: [m.words_nature_published, m.words_nature_published_definition],
	demonstration: [m.words_nature_demonstration, m.words_nature_demonstration_definition]
});

/** How a part of an amount came to its country or sector. */
export const { label: allocationLabel, definition: allocationDefinition } = glossary<Allocation>({
	measured: [m.words_allocation_measured, m.words_allocation_measured_definition],
	apportioned: [m.words_allocation_apportioned, m.words_allocation_apportioned_definition],
	unallocated: [m.words_allocation_unallocated, m.words_allocation_unallocated_definition]
});
