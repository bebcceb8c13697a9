import { m } from '#lib/paraglide/messages.js';
import type { Dimension, Part } from '#lib/slice/slice.ts';
import type { Locale } from '#lib/paraglide/runtime.js';
import { glossary } from './glossary.ts';

/** What a total is broken down by. */
export const { label: dimensionLabel, definition: dimensionDefinition } = glossary<Dimension>({
	project: [m.words_dimension_project, m.words_dimension_project_definition],
	activity: [m.words_dimension_activity, m.words_dimension_activity_definition],
	country: [m.words_dimension_country, m.words_dimension_country_definition],
	sector: [m.words_dimension_sector, m.words_dimension_sector_definition],
	heading: [m.words_dimension_heading, m.words_dimension_heading_definition],
	objective: [m.words_dimension_objective, m.words_dimension_objective_definition],
	agreement: [m.words_dimension_agreement, m.words_dimension_agreement_definition],
	provider: [m.words_dimension_provider, m.words_dimension_provider_definition],
	receiver: [m.words_dimension_receiver, m.words_dimension_receiver_definition],
	reporter: [m.words_dimension_reporter, m.words_dimension_reporter_definition],
	kind: [m.words_dimension_kind, m.words_dimension_kind_definition],
	counting: [m.words_dimension_counting, m.words_dimension_counting_definition],
	basis: [m.words_dimension_basis, m.words_dimension_basis_definition],
	state: [m.words_dimension_state, m.words_dimension_state_definition],
	booked_currency: [m.words_dimension_booked_currency, m.words_dimension_booked_currency_definition],
	year: [m.words_dimension_year, m.words_dimension_year_definition],
	quarter: [m.words_dimension_quarter, m.words_dimension_quarter_definition],
	month: [m.words_dimension_month, m.words_dimension_month_definition]
});

/** The part an organisation plays in an entry. */
export const { label: partLabel, definition: partDefinition } = glossary<Part>({
	provider: [m.words_part_provider, m.words_part_provider_definition],
	receiver: [m.words_part_receiver, m.words_part_receiver_definition],
	reporter: [m.words_part_reporter, m.words_part_reporter_definition]
});

/** The part of a total that a dimension leaves over: "Not allocated to a country", "Not dated this finely". */
export function noneLabel(dimension: Dimension, locale?: Locale): string {
	return (NONE[dimension] ?? m.words_none)({}, { locale });
}

const NONE: Partial<Record<Dimension, typeof m.words_none>> = {
	country: m.words_none_country,
	sector: m.words_none_sector,
	heading: m.words_none_heading,
	objective: m.words_none_objective,
	agreement: m.words_none_agreement,
	provider: m.words_none_provider,
	receiver: m.words_none_receiver,
	year: m.words_none_date,
	quarter: m.words_none_date,
	month: m.words_none_date
};
