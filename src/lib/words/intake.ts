import { m } from '#lib/paraglide/messages.js';
import { formatMonth } from './date.ts';
import { openGlossary } from './glossary.ts';
import { headingLabel } from './heading.ts';

/** Where an import stands: "Preview", "Posted". */
export const { label: importStateLabel, definition: importStateDefinition } = openGlossary({
	reading: [m.intake_state_reading, m.intake_state_reading_definition],
	staged: [m.intake_state_staged, m.intake_state_staged_definition],
	accepted: [m.intake_state_accepted, m.intake_state_accepted_definition],
	posted: [m.intake_state_posted, m.intake_state_posted_definition],
	rejected: [m.intake_state_rejected, m.intake_state_rejected_definition],
	cancelled: [m.intake_state_cancelled, m.intake_state_cancelled_definition]
});

/** What a file was read as: "IATI activities". */
export const { label: readerLabel } = openGlossary({
	facts_csv: [m.intake_reader_facts_csv],
	terms_csv: [m.intake_reader_terms_csv],
	ledger_csv: [m.intake_reader_ledger_csv],
	ledger_sheet: [m.intake_reader_ledger_sheet],
	rates_csv: [m.intake_reader_rates_csv],
	rates_ecb: [m.intake_reader_rates_ecb],
	rates_inforeuro: [m.intake_reader_rates_inforeuro],
	rates_un: [m.intake_reader_rates_un],
	iati_activities: [m.intake_reader_iati_activities],
	iati_organisations: [m.intake_reader_iati_organisations]
});

/** How much a finding weighs. */
export const { label: severityLabel, definition: severityDefinition } = openGlossary({
	critical: [m.intake_severity_critical, m.intake_severity_critical_definition],
	error: [m.intake_severity_error, m.intake_severity_error_definition],
	warning: [m.intake_severity_warning, m.intake_severity_warning_definition]
});

/** What was done about a finding; a sentence that is not one of the usual stays as the reader wrote it. */
export const { label: doneLabel } = openGlossary({
	row_not_read: [m.intake_done_row],
	file_not_read: [m.intake_done_file],
	activity_not_read: [m.intake_done_activity],
	column_not_read: [m.intake_done_column],
	item_not_read: [m.intake_done_item],
	rate_not_read: [m.intake_done_rate],
	nothing_read: [m.intake_done_nothing],
	reading_stopped_here: [m.intake_done_stopped],
	read: [m.intake_done_read],
	rows_kept_as_they_are: [m.intake_done_kept_rows],
	kept_with_the_source: [m.intake_done_kept],
	'kept_with_the_file,_not_read': [m.intake_done_kept],
	'file_not_read;_map_its_columns_anew': [m.intake_done_map_anew],
	'file_not_read;_say_how_its_columns_are_to_be_read': [m.intake_done_map]
});

/** What a phase of the work is called while it goes on. */
export const { label: phaseLabel } = openGlossary({
	waiting: [m.intake_phase_waiting],
	reading: [m.intake_phase_reading],
	comparing: [m.intake_phase_comparing],
	posting: [m.intake_phase_posting]
});

/** A column of a partner's ledger, by what it is read as. */
export const { label: fieldLabel } = openGlossary({
	date: [m.intake_field_date],
	datefrom: [m.intake_field_date_from],
	dateto: [m.intake_field_date_to],
	valuedate: [m.intake_field_value_date],
	amount: [m.intake_field_amount],
	debit: [m.intake_field_debit],
	credit: [m.intake_field_credit],
	side: [m.intake_field_side],
	currency: [m.intake_field_currency],
	kind: [m.intake_field_kind],
	project: [m.intake_field_project],
	activity: [m.intake_field_activity],
	reporter: [m.intake_field_reporter],
	reference: [m.intake_field_reference],
	description: [m.intake_field_description],
	heading: [m.intake_field_heading],
	country: [m.intake_field_country],
	sector: [m.intake_field_sector],
	objective: [m.intake_field_objective],
	agreement: [m.intake_field_agreement],
	budgetversion: [m.intake_field_budget_version],
	provider: [m.intake_field_provider],
	receiver: [m.intake_field_receiver],
	provideractivity: [m.intake_field_provider_activity],
	receiveractivity: [m.intake_field_receiver_activity],
	basis: [m.intake_field_basis],
	state: [m.intake_field_state]
});

/** What a total that a file states is of: all of it, a month, a heading or what the file calls it. */
export function statedLabel(what: string): string {
	if (what === 'overall') return m.sources_stated_overall();
	return /^\d{4}-(0[1-9]|1[0-2])$/.test(what) ? formatMonth(what) : headingLabel(what);
}
