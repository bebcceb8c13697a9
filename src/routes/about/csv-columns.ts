import { m } from '#lib/paraglide/messages.js';

/** A column of `/transactions.csv`: what it holds, and whether it is text that may carry the guard against formulas. */
export type CsvColumnMeaning = { name: string; text: boolean; meaning: () => string };

const text = (name: string, meaning: () => string): CsvColumnMeaning => ({ name, text: true, meaning });
const plain = (name: string, meaning: () => string): CsvColumnMeaning => ({ name, text: false, meaning });

/** The columns in their order; a test holds them and the download together. */
export const CSV_COLUMNS: readonly CsvColumnMeaning[] = [
	plain('nature', m.about_csv_nature),
	plain('date_from', m.about_csv_date_from),
	plain('date_to', m.about_csv_date_to),
	plain('date_precision', m.about_csv_date_precision),
	plain('kind', m.about_csv_kind),
	plain('counting', m.about_csv_counting),
	plain('basis', m.about_csv_basis),
	plain('state', m.about_csv_state),
	plain('amount_in_slice', m.about_csv_amount_in_slice),
	plain('slice_currency', m.about_csv_slice_currency),
	plain('booked_in_slice', m.about_csv_booked_in_slice),
	plain('amount', m.about_csv_amount),
	plain('currency', m.about_csv_currency),
	plain('amount_eur', m.about_csv_amount_eur),
	plain('amount_usd', m.about_csv_amount_usd),
	text('rate_publisher', m.about_csv_rate_publisher),
	plain('rate_date', m.about_csv_rate_date),
	plain('units_per_eur', m.about_csv_units_per_eur),
	plain('units_per_usd', m.about_csv_units_per_usd),
	plain('country_basis', m.about_csv_country_basis),
	text('country_key', m.about_csv_country_key),
	text('reporter', m.about_csv_reporter),
	text('provider', m.about_csv_provider),
	text('provider_activity', m.about_csv_provider_activity),
	text('receiver', m.about_csv_receiver),
	text('receiver_activity', m.about_csv_receiver_activity),
	text('project', m.about_csv_project),
	text('activity', m.about_csv_activity),
	text('agreement', m.about_csv_agreement),
	text('heading', m.about_csv_heading),
	text('objective', m.about_csv_objective),
	text('description', m.about_csv_description),
	text('reference', m.about_csv_reference),
	text('source_file', m.about_csv_source_file),
	plain('source_sha256', m.about_csv_source_sha256),
	text('source_place', m.about_csv_source_place),
	plain('posting', m.about_csv_posting),
	plain('entry', m.about_csv_entry)
];
