import { m } from '#lib/paraglide/messages.js';
import { RETIREMENT_CAUSES } from '#lib/slice/change.ts';
import { ALLOCATIONS, BASES, COUNTINGS, CURRENCIES, KINDS, NATURES, STATES } from '#lib/slice/slice.ts';
import { DATE_PRECISIONS } from '#lib/slice/period.ts';
import { API_FIELDS, type ApiField } from './api-field.ts';
import { RULE_FIGURES, type ANNEX_COLUMNS, type RULE_COLUMNS } from './annex-column.ts';
import { type CHANGE_COLUMNS, CHANGE_NAMES } from './change-column.ts';
import { ENTRY_COLUMNS, type ColumnKind, type EntryColumnName } from './entry-column.ts';

/*
 * The data dictionary's own words: where a field comes from, what it says when it is empty, in what it is counted and by
 * which list it is coded. What each field means stands with its column, or with the fields of answers.
 */

/** Where a value comes from: a source as it states it, entries as they add up, this dashboard, or the question. */
export type FieldOrigin = 'source' | 'computed' | 'books' | 'asked';

const ORIGINS: Record<FieldOrigin, () => string> = {
	source: m.dictionary_origin_source,
	computed: m.dictionary_origin_computed,
	books: m.dictionary_origin_books,
	asked: m.dictionary_origin_asked
};

export const originText = (origin: FieldOrigin): string => ORIGINS[origin]();

const ABSENCES = {
	never: m.dictionary_absence_never,
	absent: m.dictionary_absence_absent,
	not_published: m.dictionary_absence_not_published,
	not_stated: m.dictionary_absence_not_stated,
	no_rate: m.dictionary_absence_no_rate,
	not_converted: m.dictionary_absence_not_converted,
	not_dated: m.dictionary_absence_not_dated,
	not_applicable: m.dictionary_absence_not_applicable,
	not_restricted: m.dictionary_absence_not_restricted,
	nothing_known: m.dictionary_absence_nothing_known,
	nothing_matches: m.dictionary_absence_nothing_matches,
	unallocated: m.dictionary_absence_unallocated,
	pooled: m.dictionary_absence_pooled,
	no_slice: m.dictionary_absence_no_slice,
	in_words: m.dictionary_absence_in_words,
	never_read: m.dictionary_absence_never_read,
	not_posted: m.dictionary_absence_not_posted,
	not_known: m.dictionary_absence_not_known,
	end: m.dictionary_absence_end
};
/** What an empty value says. */
export type Absence = keyof typeof ABSENCES;

export const absenceText = (absence: Absence): string => ABSENCES[absence]();

const KINDS_OF_VALUE: Record<ColumnKind, () => string> = {
	text: m.dictionary_type_text,
	code: m.dictionary_type_code,
	date: m.dictionary_type_date,
	decimal: m.dictionary_type_decimal,
	integer: m.dictionary_type_integer
};

export const kindText = (kind: ColumnKind): string => KINDS_OF_VALUE[kind]();

/** What is to be known of a column of ledger rows beside its meaning. */
export type ColumnDetail = {
	origin: FieldOrigin;
	absence: Absence;
	/** The column that names the currency, or the currency itself, or a counted thing. */
	unit?: string;
	/** Its values, or the name of a list that others keep. */
	codes?: readonly string[] | string;
};

export const COLUMN_DETAILS: Record<EntryColumnName, ColumnDetail> = {
	nature: { origin: 'books', absence: 'never', codes: NATURES },
	date_from: { origin: 'source', absence: 'not_dated' },
	date_to: { origin: 'source', absence: 'not_dated' },
	date_precision: { origin: 'source', absence: 'never', codes: DATE_PRECISIONS },
	kind: { origin: 'source', absence: 'never', codes: KINDS },
	counting: { origin: 'books', absence: 'never', codes: COUNTINGS },
	basis: { origin: 'source', absence: 'never', codes: BASES },
	state: { origin: 'source', absence: 'never', codes: STATES },
	amount_in_slice: { origin: 'computed', absence: 'no_rate', unit: 'slice_currency' },
	slice_currency: { origin: 'asked', absence: 'never', codes: CURRENCIES },
	booked_in_slice: { origin: 'computed', absence: 'never', unit: 'currency' },
	amount: { origin: 'source', absence: 'never', unit: 'currency' },
	currency: { origin: 'source', absence: 'never', codes: 'ISO 4217' },
	amount_eur: { origin: 'computed', absence: 'no_rate', unit: 'EUR' },
	amount_usd: { origin: 'computed', absence: 'no_rate', unit: 'USD' },
	rate_publisher: { origin: 'source', absence: 'not_converted' },
	rate_date: { origin: 'source', absence: 'not_converted' },
	units_per_eur: { origin: 'source', absence: 'not_converted', unit: 'currency / EUR' },
	units_per_usd: { origin: 'source', absence: 'not_converted', unit: 'currency / USD' },
	country_basis: { origin: 'books', absence: 'never', codes: [...ALLOCATIONS, 'mixed'] },
	country_key: { origin: 'source', absence: 'not_applicable' },
	reporter: { origin: 'source', absence: 'never' },
	provider: { origin: 'source', absence: 'not_stated' },
	provider_activity: { origin: 'source', absence: 'not_stated' },
	receiver: { origin: 'source', absence: 'not_stated' },
	receiver_activity: { origin: 'source', absence: 'not_stated' },
	project: { origin: 'books', absence: 'never' },
	activity: { origin: 'source', absence: 'never' },
	agreement: { origin: 'source', absence: 'pooled' },
	heading: { origin: 'source', absence: 'not_stated' },
	objective: { origin: 'source', absence: 'not_stated' },
	description: { origin: 'source', absence: 'not_stated' },
	reference: { origin: 'source', absence: 'not_stated' },
	source_file: { origin: 'books', absence: 'never' },
	source_sha256: { origin: 'computed', absence: 'never', codes: 'SHA-256' },
	source_place: { origin: 'books', absence: 'never' },
	posting: { origin: 'books', absence: 'never' },
	entry: { origin: 'books', absence: 'never' }
};

/** Of the columns that stand before those of an entry in a download of changes. */
export const CHANGE_DETAILS: Record<(typeof CHANGE_COLUMNS)[number]['name'], ColumnDetail> = {
	change: { origin: 'computed', absence: 'never', codes: CHANGE_NAMES },
	difference: { origin: 'computed', absence: 'no_rate', unit: 'slice_currency' },
	change_posting: { origin: 'books', absence: 'never' },
	change_known_at: { origin: 'books', absence: 'never' },
	change_cause: { origin: 'books', absence: 'not_applicable', codes: RETIREMENT_CAUSES },
	change_reason: { origin: 'books', absence: 'never' },
	change_file: { origin: 'books', absence: 'not_applicable' },
	change_file_sha256: { origin: 'computed', absence: 'not_applicable', codes: 'SHA-256' }
};

/** Of the columns that stand before those of an entry in the annex of an agreement. */
export const ANNEX_DETAILS: Record<(typeof ANNEX_COLUMNS)[number]['name'], ColumnDetail> = {
	agreement_rule: { origin: 'source', absence: 'never' },
	rule: { origin: 'source', absence: 'never' },
	rule_article: { origin: 'source', absence: 'never' },
	reached_with: { origin: 'computed', absence: 'not_applicable', codes: ['yes'] }
};

/** Of the annex's sheet of rules. */
export const RULE_DETAILS: Record<(typeof RULE_COLUMNS)[number]['name'], ColumnDetail> = {
	nature: { origin: 'books', absence: 'never', codes: NATURES },
	agreement: { origin: 'source', absence: 'never' },
	agreement_rule: { origin: 'source', absence: 'never' },
	rule: { origin: 'source', absence: 'never' },
	rule_article: { origin: 'source', absence: 'never' },
	figure: { origin: 'computed', absence: 'never', codes: RULE_FIGURES },
	words: { origin: 'computed', absence: 'never' },
	value: { origin: 'computed', absence: 'not_known', unit: 'unit' },
	unit: { origin: 'source', absence: 'not_applicable', codes: [...CURRENCIES, 'percent'] },
	day: { origin: 'computed', absence: 'not_applicable' },
	rows: { origin: 'computed', absence: 'not_applicable' }
};

/** Meaning, origin and absence of a field of an answer by its name, or of a column of ledger rows; null for neither. */
export function fieldWords(
	name: string,
	isColumn: boolean
): { meaning: string; origin: FieldOrigin; absence: Absence; detail: ColumnDetail | null } | null {
	if (isColumn) {
		const column = ENTRY_COLUMNS.find((known) => known.name === name);
		if (!column) return null;
		const detail = COLUMN_DETAILS[column.name];
		return { meaning: column.meaning(), origin: detail.origin, absence: detail.absence, detail };
	}
	if (!Object.hasOwn(API_FIELDS, name)) return null;
	const [meaning, origin, absence] = API_FIELDS[name as ApiField];
	return { meaning: meaning(), origin, absence, detail: null };
}
