import { m } from '#lib/paraglide/messages.js';

/**
 * What a column of a download holds: free text, which a spreadsheet could take for a formula; a code or number of a known
 * shape; an ISO day; a decimal, exact; a whole number.
 */
export type ColumnKind = 'text' | 'code' | 'date' | 'decimal' | 'integer';

export type EntryColumn = { name: string; kind: ColumnKind; meaning: () => string };

/** The columns of every download of ledger rows, in their order: one set for all file formats and for what explains them. */
export const ENTRY_COLUMNS = [
	{ name: 'nature', kind: 'code', meaning: m.about_csv_nature },
	{ name: 'date_from', kind: 'date', meaning: m.about_csv_date_from },
	{ name: 'date_to', kind: 'date', meaning: m.about_csv_date_to },
	{ name: 'date_precision', kind: 'code', meaning: m.about_csv_date_precision },
	{ name: 'kind', kind: 'code', meaning: m.about_csv_kind },
	{ name: 'counting', kind: 'code', meaning: m.about_csv_counting },
	{ name: 'basis', kind: 'code', meaning: m.about_csv_basis },
	{ name: 'state', kind: 'code', meaning: m.about_csv_state },
	{ name: 'amount_in_slice', kind: 'decimal', meaning: m.about_csv_amount_in_slice },
	{ name: 'slice_currency', kind: 'code', meaning: m.about_csv_slice_currency },
	{ name: 'booked_in_slice', kind: 'decimal', meaning: m.about_csv_booked_in_slice },
	{ name: 'amount', kind: 'decimal', meaning: m.about_csv_amount },
	{ name: 'currency', kind: 'code', meaning: m.about_csv_currency },
	{ name: 'amount_eur', kind: 'decimal', meaning: m.about_csv_amount_eur },
	{ name: 'amount_usd', kind: 'decimal', meaning: m.about_csv_amount_usd },
	{ name: 'rate_publisher', kind: 'text', meaning: m.about_csv_rate_publisher },
	{ name: 'rate_date', kind: 'date', meaning: m.about_csv_rate_date },
	{ name: 'units_per_eur', kind: 'decimal', meaning: m.about_csv_units_per_eur },
	{ name: 'units_per_usd', kind: 'decimal', meaning: m.about_csv_units_per_usd },
	{ name: 'country_basis', kind: 'code', meaning: m.about_csv_country_basis },
	{ name: 'country_key', kind: 'text', meaning: m.about_csv_country_key },
	{ name: 'reporter', kind: 'text', meaning: m.about_csv_reporter },
	{ name: 'provider', kind: 'text', meaning: m.about_csv_provider },
	{ name: 'provider_activity', kind: 'text', meaning: m.about_csv_provider_activity },
	{ name: 'receiver', kind: 'text', meaning: m.about_csv_receiver },
	{ name: 'receiver_activity', kind: 'text', meaning: m.about_csv_receiver_activity },
	{ name: 'project', kind: 'text', meaning: m.about_csv_project },
	{ name: 'activity', kind: 'text', meaning: m.about_csv_activity },
	{ name: 'agreement', kind: 'text', meaning: m.about_csv_agreement },
	{ name: 'heading', kind: 'text', meaning: m.about_csv_heading },
	{ name: 'objective', kind: 'text', meaning: m.about_csv_objective },
	{ name: 'description', kind: 'text', meaning: m.about_csv_description },
	{ name: 'reference', kind: 'text', meaning: m.about_csv_reference },
	{ name: 'source_file', kind: 'text', meaning: m.about_csv_source_file },
	{ name: 'source_sha256', kind: 'code', meaning: m.about_csv_source_sha256 },
	{ name: 'source_place', kind: 'text', meaning: m.about_csv_source_place },
	{ name: 'posting', kind: 'integer', meaning: m.about_csv_posting },
	{ name: 'entry', kind: 'code', meaning: m.about_csv_entry }
] as const satisfies readonly EntryColumn[];

export type EntryColumnName = (typeof ENTRY_COLUMNS)[number]['name'];
