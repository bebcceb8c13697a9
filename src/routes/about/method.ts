import { m } from '#lib/paraglide/messages.js';

/** A rule of the house in one paragraph; `id` is the anchor that pages link to. */
export type Rule = { id: string; title: string; text: string };

/** How figures are made, in the order in which a reader needs to know it. */
export function listRules(): Rule[] {
	return [
		{ id: 'figure', title: m.about_rule_figure(), text: m.about_rule_figure_text() },
		{ id: 'slice', title: m.about_rule_slice(), text: m.about_rule_slice_text() },
		{ id: 'proof', title: m.about_rule_proof(), text: m.about_rule_proof_text() },
		{ id: 'clocks', title: m.about_rule_clocks(), text: m.about_rule_clocks_text() },
		{ id: 'as-of', title: m.about_rule_as_of(), text: m.about_rule_as_of_text() },
		{ id: 'natures', title: m.about_rule_natures(), text: m.about_rule_natures_text() },
		{ id: 'missing', title: m.about_rule_missing(), text: m.about_rule_missing_text() },
		{ id: 'counting', title: m.about_rule_counting(), text: m.about_rule_counting_text() },
		{ id: 'sharing-out', title: m.about_rule_sharing(), text: m.about_rule_sharing_text() },
		{ id: 'conversion', title: m.about_rule_conversion(), text: m.about_rule_conversion_text() },
		{ id: 'dates', title: m.about_rule_dates(), text: m.about_rule_dates_text() },
		{ id: 'countries', title: m.about_rule_countries(), text: m.about_rule_countries_text() },
		{ id: 'participants', title: m.about_rule_participants(), text: m.about_rule_participants_text() },
		{ id: 'organisations', title: m.about_rule_organisations(), text: m.about_rule_organisations_text() },
		{ id: 'rivals', title: m.about_rule_rivals(), text: m.about_rule_rivals_text() },
		{ id: 'checks', title: m.about_rule_checks(), text: m.about_rule_checks_text() }
	];
}
