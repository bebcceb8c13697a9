import { CHECK_CODES, type CheckCode } from '#lib/slice/check.ts';
import { budgetEqualsAgreements } from './budget-equals-agreements.ts';
import type { Check } from './check.ts';
import { closingEqualsOpening } from './closing-equals-opening.ts';
import { convertedAtRates } from './converted-at-rates.ts';
import { countriesEqualWhole } from './countries-equal-whole.ts';
import { headingsEqualBudget } from './headings-equal-budget.ts';
import { iatiEqualsEntries } from './iati-equals-entries.ts';
import { instalmentsEqualReceipts } from './instalments-equal-receipts.ts';
import { nothingOutsidePeriod } from './nothing-outside-period.ts';
import { receiptsAccountedFor } from './receipts-accounted-for.ts';
import { rowsEqualStated } from './rows-equal-stated.ts';
import { sentEqualsReceived } from './sent-equals-received.ts';
import { spentWithinAdvances } from './spent-within-advances.ts';
import { spentWithinReceived } from './spent-within-received.ts';
import { summaryEqualsEntries } from './summary-equals-entries.ts';

/** Every check by its name. */
export const CHECKS: Readonly<Record<CheckCode, Check>> = {
	receipts_accounted_for: receiptsAccountedFor,
	sent_equals_received: sentEqualsReceived,
	countries_equal_whole: countriesEqualWhole,
	headings_equal_budget: headingsEqualBudget,
	budget_equals_agreements: budgetEqualsAgreements,
	instalments_equal_receipts: instalmentsEqualReceipts,
	rows_equal_stated: rowsEqualStated,
	converted_at_rates: convertedAtRates,
	spent_within_received: spentWithinReceived,
	spent_within_advances: spentWithinAdvances,
	nothing_outside_period: nothingOutsidePeriod,
	closing_equals_opening: closingEqualsOpening,
	summary_equals_entries: summaryEqualsEntries,
	iati_equals_entries: iatiEqualsEntries
};

export const ALL_CHECKS: readonly Check[] = CHECK_CODES.map((code) => CHECKS[code]);
