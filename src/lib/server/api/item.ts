import * as v from 'valibot';
import { COUNTINGS, CURRENCIES, DIMENSIONS, NATURES } from '#lib/slice/slice.ts';
import { DATE_PRECISIONS } from '#lib/slice/period.ts';
import { CHECK_CODES } from '#lib/slice/check.ts';
import { COLUMN_DETAILS } from '#lib/words/dictionary.ts';
import { WORLD_REGIONS } from '#lib/words/world-region.ts';
import { ENTRY_COLUMNS, type EntryColumnName } from '#lib/words/entry-column.ts';
import {
	address,
	column,
	count,
	country,
	currency,
	day,
	decimal,
	digits,
	field,
	instant,
	sha256,
	text,
	texts
} from './field.ts';

/* What the data of each answer consists of. */

export const UNCONVERTED = v.strictObject({
	currency: field('currency', currency),
	amount: field('unconverted_amount', decimal),
	entries: field('entries', count)
});

const SUM = {
	amount: field('amount', v.nullable(decimal)),
	currency: field('currency', v.picklist(CURRENCIES)),
	entries: field('entries', count),
	unconverted: field('unconverted', v.array(UNCONVERTED))
};

export const TOTAL = v.strictObject({
	...SUM,
	not_counted: field(
		'not_counted',
		v.array(v.strictObject({ counting: field('counting', v.picklist(COUNTINGS)), ...SUM }))
	),
	proof: field('proof', address),
	rows: field('rows', address)
});

export const PART = v.strictObject({
	keys: field(
		'keys',
		v.array(
			v.strictObject({
				dimension: field('dimension', v.picklist(DIMENSIONS)),
				key: field('key', v.nullable(text)),
				label: field('label', v.nullable(text))
			})
		)
	),
	...SUM,
	proof: field('part_proof', v.nullable(address)),
	rows: field('part_rows', v.nullable(address))
});

const OF_KIND = { text, code: text, date: day, decimal, integer: digits };

const rowEntries = Object.fromEntries(
	ENTRY_COLUMNS.map(({ name, kind }): [string, v.GenericSchema<string | null>] => {
		const { codes, absence } = COLUMN_DETAILS[name];
		const filled: v.GenericSchema<string> = typeof codes === 'object' ? v.picklist(codes) : OF_KIND[kind];
		return [name, column(name, absence === 'never' ? filled : v.nullable(filled))];
	})
) as Record<EntryColumnName, v.GenericSchema<string | null>>;

export const ROW = v.strictObject({ ...rowEntries, proof: field('proof', address) });

export const ACTIVITY = v.strictObject({
	number: field('number', digits),
	activity: field('identifier', text),
	title: field('title', texts),
	type: field('activity_type', v.nullable(text)),
	date_from: field('activity_from', v.nullable(day)),
	date_to: field('activity_to', v.nullable(day)),
	date_precision: field('precision', v.picklist(DATE_PRECISIONS)),
	countries: field('recipients', v.array(country)),
	host_countries: field('hosts', v.array(country)),
	place: field('place', v.nullable(text)),
	objective: field('objective', v.nullable(text)),
	participants: field('participants', v.nullable(count)),
	qualifier: field('qualifier', v.nullable(text)),
	project: field('project', text),
	page: field('page', address)
});

export const ORGANISATION = v.strictObject({
	number: field('number', digits),
	name: field('organisation_name', text),
	reference: field('reference', v.nullable(text)),
	type: field('organisation_type', v.nullable(text)),
	country: field('organisation_country', v.nullable(country)),
	activities: field('activities', count),
	activities_by_role: field('by_role', v.array(count)),
	project_roles: field('project_roles', v.array(count)),
	page: field('page', address)
});

export const COUNTRY = v.strictObject({
	country: field('country', country),
	name: field('country_name', text),
	region: field('region', v.nullable(text)),
	world_region: field('region', v.nullable(v.picklist(WORLD_REGIONS))),
	launch_date: field('launch_date', v.nullable(day)),
	launch_precision: field('precision', text),
	activities: field('activities', count),
	participants: field('country_participants', v.nullable(count)),
	qualifier: field('qualifier', v.nullable(text)),
	results: field('results', count),
	page: field('page', address)
});

export const RESULT = v.strictObject({
	number: field('number', digits),
	period_no: field('period_no', count),
	objective: field('objective', v.nullable(text)),
	objective_name: field('objective_name', v.nullable(text)),
	project: field('project', text),
	activity: field('activity_no', v.nullable(digits)),
	result: field('result', v.nullable(texts)),
	result_type: field('result_type', v.nullable(text)),
	indicator: field('indicator', texts),
	description: field('indicator_description', v.nullable(texts)),
	measure: field('measure', text),
	unit: field('unit', v.nullable(text)),
	accumulation: field('accumulation', v.nullable(text)),
	ascending: field('ascending', v.nullable(v.boolean())),
	countries: field('countries', v.array(text)),
	period_from: field('period_from', v.nullable(day)),
	period_to: field('period_to', v.nullable(day)),
	date_precision: field('precision', text),
	baseline: field('baseline', v.nullable(decimal)),
	target: field('target', v.nullable(decimal)),
	actual: field('actual', v.nullable(decimal)),
	qualifier: field('qualifier', v.nullable(text)),
	repeats_activity: field('repeats_activity', v.boolean()),
	disaggregation: field('disaggregation', v.nullable(text)),
	note: field('note', v.nullable(text)),
	values: field(
		'values',
		v.array(
			v.strictObject({
				side: field('side', v.picklist(['baseline', 'target', 'actual'])),
				value: field('value', v.nullable(decimal)),
				text: field('value_text', v.nullable(text)),
				dimensions: field('dimensions', v.nullable(texts)),
				year: field('year', v.nullable(count)),
				comment: field('comment', v.nullable(texts))
			})
		)
	),
	origin_url: field('origin_url', v.nullable(text)),
	origin_title: field('origin_title', v.nullable(text)),
	evidence: field('evidence', v.nullable(text)),
	confidence: field('confidence', v.nullable(text)),
	source_sha256: field('source_sha256', v.nullable(sha256)),
	source_place: field('source_place', v.nullable(text)),
	proof: field('source_page', v.nullable(address))
});

export const SOURCE = v.strictObject({
	sha256: field('source_sha256', sha256),
	name: field('file_name', text),
	size: field('size', digits),
	received_at: field('received_at', instant),
	nature: field('file_nature', v.nullable(v.picklist(NATURES))),
	reader: field('reader', v.nullable(text)),
	state: field('import_state', v.nullable(text)),
	posting: field('posting', v.nullable(count)),
	undone_by: field('undone_by', v.nullable(count)),
	errors: field('errors', count),
	warnings: field('warnings', count),
	page: field('page', address),
	original: field('original', address)
});

export const CHECK = v.strictObject({
	check: field('check', v.picklist(CHECK_CODES)),
	project: field('project', text),
	subject: field('subject', text),
	state: field('check_state', v.picklist(['holds', 'fails', 'open'])),
	relation: field('relation', v.picklist(['equal', 'at_most'])),
	left: field('left', v.nullable(decimal)),
	right: field('right', v.nullable(decimal)),
	difference: field('difference', v.nullable(decimal)),
	tolerance: field('tolerance', decimal),
	unit: field('check_unit', text),
	missing: field('missing', v.nullable(text)),
	posting: field('posting', count),
	proof: field('proof', address)
});

export const RATE = v.strictObject({
	rate_publisher: column('rate_publisher', text),
	currency: column('currency', currency),
	rate_date: column('rate_date', day),
	units_per_eur: column('units_per_eur', v.nullable(decimal)),
	units_per_usd: column('units_per_usd', v.nullable(decimal)),
	entries: field('entries', count)
});
