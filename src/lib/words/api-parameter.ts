import { m } from '#lib/paraglide/messages.js';
import type { Slice } from '#lib/slice/slice.ts';
import type { PageField, View } from '#lib/slice/view.ts';

const MEANINGS: Partial<Record<keyof Slice | keyof View | PageField, () => string>> = {
	portfolio: m.api_parameter_portfolio,
	measure: m.api_parameter_measure,
	nature: m.api_parameter_nature,
	project: m.api_parameter_project,
	activity: m.api_parameter_activity,
	country: m.api_parameter_country,
	allocation: m.api_parameter_allocation,
	organisation: m.api_parameter_organisation,
	part: m.api_parameter_part,
	receiver: m.api_parameter_receiver,
	sector: m.api_parameter_sector,
	heading: m.api_parameter_heading,
	objective: m.api_parameter_objective,
	agreement: m.api_parameter_agreement,
	counting: m.api_parameter_counting,
	basis: m.api_parameter_basis,
	state: m.api_parameter_state,
	booked: m.api_parameter_booked,
	from: m.api_parameter_from,
	to: m.api_parameter_to,
	undated: m.api_parameter_undated,
	change: m.api_parameter_change,
	asof: m.api_parameter_asof,
	version: m.citation_parameter_version,
	currency: m.api_parameter_currency,
	after: m.api_parameter_after,
	limit: m.api_parameter_limit,
	demonstration: m.api_parameter_demonstration,
	by: m.api_parameter_by,
	q: m.api_parameter_q,
	type: m.api_parameter_type,
	status: m.api_parameter_status,
	role: m.api_parameter_role,
	participants: m.api_parameter_participants,
	period: m.api_parameter_period,
	sort: m.api_parameter_sort
};

/** What a parameter of an address means, for whoever writes programs; empty for one that only pages have. */
export function parameterMeaning(name: keyof Slice | keyof View | PageField): string {
	return MEANINGS[name]?.() ?? '';
}
