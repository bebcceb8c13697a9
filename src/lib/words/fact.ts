import { m } from '#lib/paraglide/messages.js';
import { openGlossary } from './glossary.ts';

// The vocabularies of researched facts: how sure, on what ground, what a stated amount is.

/** How a project stands to the main one. */
export const { label: relationLabel, definition: relationDefinition } = openGlossary({
	main: [m.words_relation_main, m.words_relation_main_definition],
	predecessor: [m.words_relation_predecessor, m.words_relation_predecessor_definition],
	successor: [m.words_relation_successor, m.words_relation_successor_definition],
	sister: [m.words_relation_sister, m.words_relation_sister_definition]
});

/** How sure a fact is. */
export const { label: confidenceLabel, definition: confidenceDefinition } = openGlossary({
	high: [m.words_confidence_high, m.words_confidence_high_definition],
	medium: [m.words_confidence_medium, m.words_confidence_medium_definition],
	low: [m.words_confidence_low, m.words_confidence_low_definition]
});

/** Whether a classification stands on the page or was made by whoever collected the facts. */
export const { label: factBasisLabel, definition: factBasisDefinition } = openGlossary({
	stated: [m.words_fact_basis_stated, m.words_fact_basis_stated_definition],
	assigned: [m.words_fact_basis_assigned, m.words_fact_basis_assigned_definition],
	assumed: [m.words_fact_basis_assumed, m.words_fact_basis_assumed_definition]
});

/** What a stated amount of money is. */
export const { label: fundingKindLabel, definition: fundingKindDefinition } = openGlossary({
	committed: [m.words_funding_kind_committed, m.words_funding_kind_committed_definition],
	pledged: [m.words_funding_kind_pledged, m.words_funding_kind_pledged_definition],
	total_budget: [m.words_funding_kind_total_budget, m.words_funding_kind_total_budget_definition],
	maximum_contribution: [
		m.words_funding_kind_maximum_contribution,
		m.words_funding_kind_maximum_contribution_definition
	],
	eu_grant: [m.words_funding_kind_eu_grant, m.words_funding_kind_eu_grant_definition],
	contribution: [m.words_funding_kind_contribution, m.words_funding_kind_contribution_definition],
	unknown: [m.words_funding_kind_unknown, m.words_funding_kind_unknown_definition]
});

/** Whether an amount was published. */
export const { label: amountStatusLabel, definition: amountStatusDefinition } = openGlossary({
	published: [m.words_amount_status_published, m.words_amount_status_published_definition],
	not_published: [m.words_amount_status_not_published, m.words_amount_status_not_published_definition],
	not_found: [m.words_amount_status_not_found, m.words_amount_status_not_found_definition]
});

/** Whether money is for the project or for one activity. */
export const { label: fundingScopeLabel, definition: fundingScopeDefinition } = openGlossary({
	project: [m.words_funding_scope_project, m.words_funding_scope_project_definition],
	single_activity: [m.words_funding_scope_single_activity, m.words_funding_scope_single_activity_definition]
});

/** What kind of body a funder is. */
export const { label: funderTypeLabel, definition: funderTypeDefinition } = openGlossary({
	government: [m.words_funder_type_government, m.words_funder_type_government_definition],
	multilateral: [m.words_funder_type_multilateral, m.words_funder_type_multilateral_definition],
	unspecified: [m.words_funder_type_unspecified, m.words_funder_type_unspecified_definition]
});

/** A region as the project words it. */
export const { label: regionLabel } = openGlossary({
	africa: [m.words_region_africa],
	asia: [m.words_region_asia],
	eastern_europe: [m.words_region_eastern_europe],
	latin_america: [m.words_region_latin_america]
});

/** What an indicator counts, in the plural. */
export const { label: unitLabel } = openGlossary({
	agencies: [m.words_unit_agencies],
	banners: [m.words_unit_banners],
	countries: [m.words_unit_countries],
	essays: [m.words_unit_essays],
	investigations: [m.words_unit_investigations],
	laws: [m.words_unit_laws],
	leaflets: [m.words_unit_leaflets],
	meetings: [m.words_unit_meetings],
	messages: [m.words_unit_messages],
	networks: [m.words_unit_networks],
	objectives: [m.words_unit_objectives],
	organisations: [m.words_unit_organisations],
	people: [m.words_unit_people],
	people_per_court: [m.words_unit_people_per_court],
	plans: [m.words_unit_plans],
	projects: [m.words_unit_projects],
	targets: [m.words_unit_targets]
});

/** What a claim states about its subject. */
export const { label: propertyLabel } = openGlossary({
	budget_total: [m.words_property_budget_total],
	contribution: [m.words_property_contribution],
	contribution_unattributed: [m.words_property_contribution_unattributed],
	budget_component: [m.words_property_budget_component],
	project_code: [m.words_property_project_code],
	agreement_number: [m.words_property_agreement_number],
	countries: [m.words_property_countries],
	country_count: [m.words_property_country_count],
	start: [m.words_property_start],
	end: [m.words_property_end],
	dates: [m.words_property_dates],
	launch_date: [m.words_property_launch_date],
	funders: [m.words_property_funders],
	participants: [m.words_property_participants],
	project: [m.words_property_project],
	value: [m.words_property_value],
	scope_aswan_2018: [m.words_property_scope_aswan_2018],
	scope_kyrgyz_councils: [m.words_property_scope_kyrgyz_councils]
});
