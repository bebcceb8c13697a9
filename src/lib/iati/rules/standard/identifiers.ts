import type { Rule } from '../rule.ts';

const PROVIDERS = ['transaction/provider-org', 'planned-disbursement/provider-org'];
const RECEIVERS = ['transaction/receiver-org', 'planned-disbursement/receiver-org'];

/** Identifiers of activities and organisations: rules 1.1 to 1.16 of version 2.03, but 1.1.2, which takes a whole file. */
export const IDENTIFIERS: readonly Rule[] = [
	{
		id: '1.1.3',
		standard: 'error',
		at: ['.'],
		kind: 'differ',
		paths: ['reporting-org/@ref', 'iati-identifier'],
		says: 'The activity has the identifier of the organisation that reports it. It needs one of its own.'
	},
	{
		id: '1.1.21',
		standard: 'warning',
		at: ['.'],
		kind: 'begin',
		path: 'iati-identifier',
		prefixes: ['reporting-org/@ref', 'other-identifier[@type=B1]/@ref'],
		says: "The activity's identifier does not begin with that of the organisation that reports it, now or before, and a hyphen."
	},
	trimmed('1.3.1', ['.'], 'iati-identifier', "The activity's identifier"),
	trimmed('1.4.1', PROVIDERS, '@provider-activity-id', "The identifier of the provider's activity"),
	trimmed('1.5.1', RECEIVERS, '@receiver-activity-id', "The identifier of the receiver's activity"),
	trimmed('1.6.1', ['.'], 'other-identifier[@type=A3]/@ref', 'An earlier identifier of the activity'),
	trimmed('1.7.1', ['related-activity'], '@ref', 'The identifier of a related activity'),
	trimmed('1.8.1', ['participating-org'], '@ref', 'The identifier of a participating organisation'),
	trimmed(
		'1.9.1',
		['participating-org'],
		'@activity-id',
		"The identifier of a participating organisation's activity"
	),
	trimmed('1.10.1', PROVIDERS, '@ref', 'The identifier of the provider'),
	trimmed('1.11.1', ['other-identifier/owner-org'], '@ref', "The identifier of another identifier's owner"),
	trimmed('1.14.1', ['reporting-org'], '@ref', 'The identifier of the reporting organisation'),
	trimmed('1.15.1', RECEIVERS, '@ref', 'The identifier of the receiver'),
	trimmed(
		'1.16.1',
		['.'],
		'other-identifier[@type=B1]/@ref',
		'An earlier identifier of the reporting organisation'
	),
	{
		...symbols('1.3.13', ['.'], 'iati-identifier', "The activity's identifier"),
		spares: 'their-activities'
	},
	symbols('1.8.13', ['participating-org'], '@ref', 'The identifier of a participating organisation'),
	symbols('1.10.13', PROVIDERS, '@ref', 'The identifier of the provider'),
	symbols('1.11.13', ['other-identifier/owner-org'], '@ref', "The identifier of another identifier's owner"),
	symbols('1.14.13', ['reporting-org'], '@ref', 'The identifier of the reporting organisation'),
	symbols('1.15.13', RECEIVERS, '@ref', 'The identifier of the receiver'),
	agency('1.14.8')
];

/** The same in organisation files: rules 1.12, 1.17 and 1.18. */
export const ORGANISATION_IDENTIFIERS: readonly Rule[] = [
	trimmed('1.12.1', ['.'], 'organisation-identifier', "The organisation's identifier"),
	symbols('1.12.13', ['.'], 'organisation-identifier', "The organisation's identifier"),
	trimmed(
		'1.17.1',
		['recipient-org-budget/recipient-org'],
		'@ref',
		'The identifier of a receiving organisation'
	),
	trimmed('1.18.1', ['reporting-org'], '@ref', 'The identifier of the reporting organisation'),
	agency('1.18.8'),
	symbols('1.18.13', ['reporting-org'], '@ref', 'The identifier of the reporting organisation')
];

function trimmed(id: string, at: readonly string[], path: string, what: string): Rule {
	return { id, standard: 'warning', at, kind: 'trimmed', path, says: `${what} begins or ends with a blank.` };
}

function symbols(id: string, at: readonly string[], path: string, what: string) {
	return {
		id,
		standard: 'warning',
		at,
		kind: 'symbols',
		path,
		spares: 'publishers',
		says: `${what} holds one of the symbols / & | ? that identifiers must do without.`
	} as const satisfies Rule;
}

function agency(id: string): Rule {
	return {
		id,
		standard: 'warning',
		at: ['reporting-org'],
		kind: 'agency',
		path: '@ref',
		says: 'The identifier of the reporting organisation does not begin with a registration agency that IATI knows.'
	};
}
