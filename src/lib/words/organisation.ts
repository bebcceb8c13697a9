import { m } from '#lib/paraglide/messages.js';
import { openGlossary } from './glossary.ts';

/** IATI's OrganisationType by number. */
export const { label: organisationTypeLabel, definition: organisationTypeDefinition } = openGlossary({
	10: [m.words_organisation_type_10, m.words_organisation_type_10_definition],
	11: [m.words_organisation_type_11, m.words_organisation_type_11_definition],
	15: [m.words_organisation_type_15, m.words_organisation_type_15_definition],
	21: [m.words_organisation_type_21, m.words_organisation_type_21_definition],
	22: [m.words_organisation_type_22, m.words_organisation_type_22_definition],
	23: [m.words_organisation_type_23, m.words_organisation_type_23_definition],
	24: [m.words_organisation_type_24, m.words_organisation_type_24_definition],
	30: [m.words_organisation_type_30, m.words_organisation_type_30_definition],
	40: [m.words_organisation_type_40, m.words_organisation_type_40_definition],
	60: [m.words_organisation_type_60, m.words_organisation_type_60_definition],
	70: [m.words_organisation_type_70, m.words_organisation_type_70_definition],
	71: [m.words_organisation_type_71, m.words_organisation_type_71_definition],
	72: [m.words_organisation_type_72, m.words_organisation_type_72_definition],
	73: [m.words_organisation_type_73, m.words_organisation_type_73_definition],
	80: [m.words_organisation_type_80, m.words_organisation_type_80_definition],
	90: [m.words_organisation_type_90, m.words_organisation_type_90_definition]
});

/** IATI's OrganisationRole by number: the part in an activity. */
export const { label: roleLabel, definition: roleDefinition } = openGlossary({
	1: [m.words_role_1, m.words_role_1_definition],
	2: [m.words_role_2, m.words_role_2_definition],
	3: [m.words_role_3, m.words_role_3_definition],
	4: [m.words_role_4, m.words_role_4_definition]
});

/** The part in a project as researched facts word it: "national counterpart". */
export const { label: partyLabel, definition: partyDefinition } = openGlossary({
	funder: [m.words_party_funder, m.words_party_funder_definition],
	implementing_partner: [m.words_party_implementing_partner, m.words_party_implementing_partner_definition],
	lead_implementer: [m.words_party_lead_implementer, m.words_party_lead_implementer_definition],
	national_counterpart: [m.words_party_national_counterpart, m.words_party_national_counterpart_definition],
	partner: [m.words_party_partner, m.words_party_partner_definition]
});
