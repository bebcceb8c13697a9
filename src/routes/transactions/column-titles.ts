import { m } from '#lib/paraglide/messages.js';
import type { TransactionColumn } from '#lib/server/page/transactions.ts';

export type ColumnName = TransactionColumn;

const TITLES: Readonly<Record<ColumnName, () => string>> = {
	date: m.transactions_column_date,
	voucher: m.transactions_fact_reference,
	kind: m.transactions_fact_kind,
	parties: m.transactions_column_parties,
	reporter: m.transactions_fact_reporter,
	activity: m.transactions_fact_activity,
	project: m.filters_column_project,
	objective: m.transactions_fact_objective,
	heading: m.transactions_column_heading,
	agreement: m.transactions_fact_agreement,
	countries: m.filters_column_countries,
	basis: m.transactions_fact_basis,
	state: m.transactions_fact_state,
	value_date: m.filters_column_value_date,
	booked: m.transactions_column_booked,
	rate: m.filters_column_rate,
	source: m.transactions_column_source
};

/** The head of a column, and its name among the boxes that choose columns. */
export function columnTitle(column: ColumnName): string {
	return TITLES[column]();
}
