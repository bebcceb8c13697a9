import type { Rule } from '../rule.ts';

// The same lists for all rules that share one: the transactions that hold them are counted once.
const RECIPIENTS = ['recipient-country', 'recipient-region'];
const SECTORS = ['sector'];

/** On which level countries and sectors stand: rules 3.6, 3.7, 6.2, 6.6 and 6.7. */
const LEVELS: readonly Rule[] = [
	{
		id: '3.6.2',
		standard: 'error',
		at: ['.'],
		kind: 'one-level',
		of: RECIPIENTS,
		says: 'Recipient countries or regions are given for the activity and again for transactions.'
	},
	{
		id: '3.7.1',
		standard: 'error',
		at: ['.'],
		kind: 'some-level',
		of: RECIPIENTS,
		says: 'Neither the activity nor any of its transactions names a recipient country or region.'
	},
	{
		id: '3.7.2',
		standard: 'error',
		at: ['.'],
		kind: 'all-transactions',
		of: RECIPIENTS,
		says: 'The activity names no recipient country or region, so each transaction has to.'
	},
	{
		id: '6.2.2',
		standard: 'error',
		at: ['.'],
		kind: 'some-level',
		of: SECTORS,
		says: 'Neither the activity nor any of its transactions names a sector.'
	},
	{
		id: '6.6.2',
		standard: 'error',
		at: ['.'],
		kind: 'one-level',
		of: SECTORS,
		says: 'Sectors are given for the activity and again for transactions.'
	},
	{
		id: '6.7.2',
		standard: 'error',
		at: ['.'],
		kind: 'all-transactions',
		of: SECTORS,
		says: 'The activity names no sector, so each transaction has to.'
	}
];

/** Words and their languages: rules 2.2, 4.1, 4.3, 4.4 and 6.13. */
const TEXTS: readonly Rule[] = [
	{
		id: '2.2.1',
		standard: 'error',
		at: ['sector'],
		kind: 'present',
		any: ['text'],
		when: '@vocabulary=98|99',
		says: "A sector of the reporter's own vocabulary needs words that say what it means."
	},
	language('4.1.1', 'The activity'),
	{
		id: '4.3.1',
		standard: 'error',
		at: ['//title'],
		kind: 'present',
		any: ['text'],
		says: 'The title has no words.'
	},
	{
		id: '4.4.1',
		standard: 'error',
		at: ['//description'],
		kind: 'present',
		any: ['text'],
		says: 'The description has no words.'
	},
	{
		id: '6.13.1',
		standard: 'error',
		at: ['policy-marker'],
		kind: 'present',
		any: ['text'],
		when: '@vocabulary=99',
		says: "A policy marker of the reporter's own vocabulary needs words that say what it means."
	}
];

/** Who is named, and by which codes: rules 6.8 to 6.10, 6.14, 102 and 107. */
const CODES: readonly Rule[] = [
	named('6.8.1', ['other-identifier/owner-org'], 'The owner of another identifier'),
	named('6.9.1', ['transaction/provider-org', 'planned-disbursement/provider-org'], 'The provider'),
	named('6.9.2', ['transaction/receiver-org', 'planned-disbursement/receiver-org'], 'The receiver'),
	named('6.10.1', ['participating-org'], 'The participating organisation'),
	{
		id: '6.14.1',
		standard: 'error',
		at: ['policy-marker'],
		kind: 'present',
		any: ['@significance'],
		when: '@vocabulary=1|',
		says: "A policy marker of the DAC's needs its significance."
	},
	dacToo('102.1.1', 'sector', 'sectors'),
	dacToo('107.1.1', 'default-aid-type', 'default aid types'),
	dacToo('107.2.1', 'transaction/aid-type', 'aid types of its transactions'),
	{
		id: '107.1.2',
		standard: 'warning',
		at: ['.'],
		kind: 'one-of-vocabulary',
		items: 'default-aid-type',
		says: 'The activity has several default aid types of one vocabulary.'
	},
	{
		id: '107.2.2',
		standard: 'warning',
		at: ['transaction'],
		kind: 'one-of-vocabulary',
		items: 'aid-type',
		says: 'The transaction has several aid types of one vocabulary.'
	}
];

/** Rule 7.8.1. */
const CURRENCY: readonly Rule[] = [currency('7.8.1', 'The activity')];

export const CONTENT: readonly Rule[] = [...LEVELS, ...TEXTS, ...CODES, ...CURRENCY];

/** Rules 4.3, 4.4, 4.5 and 7.8.2 in organisation files. */
export const ORGANISATION_CONTENT: readonly Rule[] = [
	...TEXTS.filter(({ id }) => id === '4.3.1' || id === '4.4.1'),
	language('4.5.1', 'The organisation'),
	currency('7.8.2', 'The organisation')
];

function language(id: string, what: string): Rule {
	return {
		id,
		standard: 'error',
		at: ['.'],
		kind: 'default-or-each',
		default: 'xml:lang',
		elements: ['narrative'],
		attribute: 'xml:lang',
		says: `${what} has no default language, so each text has to name its own.`
	};
}

function currency(id: string, what: string): Rule {
	return {
		id,
		standard: 'error',
		at: ['.'],
		kind: 'default-or-each',
		default: 'default-currency',
		elements: ['value', 'forecast', 'loan-status'],
		attribute: 'currency',
		says: `${what} has no default currency, so each amount has to name its own.`
	};
}

function named(id: string, at: readonly string[], what: string): Rule {
	return {
		id,
		standard: 'error',
		at,
		kind: 'present',
		any: ['@ref', 'text'],
		says: `${what} has neither an identifier nor a name.`
	};
}

function dacToo(id: string, items: string, what: string): Rule {
	return {
		id,
		standard: 'warning',
		at: ['.'],
		kind: 'dac-too',
		items,
		says: `The ${what} are of other vocabularies only; one of the DAC's should be among them.`
	};
}
