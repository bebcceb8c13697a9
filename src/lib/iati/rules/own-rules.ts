import type { Rule } from './rule.ts';

/** What the standard does not ask for and intake wants to know. The ids are names of our own. */
export const OWN_RULES: readonly Rule[] = [
	lookAlikes(['.'], 'iati-identifier'),
	lookAlikes(
		['reporting-org', 'related-activity', 'transaction/provider-org', 'transaction/receiver-org'],
		'@ref'
	),
	lookAlikes(['participating-org'], '@ref'),
	lookAlikes(['participating-org'], '@activity-id'),
	lookAlikes(['transaction/provider-org'], '@provider-activity-id'),
	lookAlikes(['transaction/receiver-org'], '@receiver-activity-id')
];

export const OWN_ORGANISATION_RULES: readonly Rule[] = [
	lookAlikes(['.'], 'organisation-identifier'),
	lookAlikes(['reporting-org', 'recipient-org-budget/recipient-org'], '@ref')
];

function lookAlikes(at: readonly string[], path: string): Rule {
	return {
		id: 'identifier-characters',
		standard: null,
		at,
		kind: 'characters',
		path,
		says: 'This identifier holds letters beyond A to Z or characters that nobody sees. It may not be the one that it looks like.'
	};
}
