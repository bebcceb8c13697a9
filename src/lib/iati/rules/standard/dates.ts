import type { Rule } from '../rule.ts';

const START = 'period-start/@iso-date';
const END = 'period-end/@iso-date';

/** Dates and periods: rules 6.11, 7.5, 8.6, 11.1 and 11.2. */
export const DATES: readonly Rule[] = [
	{
		id: '6.11.1',
		standard: 'error',
		at: ['.'],
		kind: 'present',
		any: ['activity-date[@type=1|2]'],
		says: 'The activity has neither a planned nor an actual start.'
	},
	atMostOneYear(['budget']),
	inOrder('8.6.1', ['result/indicator/period'], "The indicator's period"),
	inOrder('8.6.3', ['planned-disbursement', 'budget'], 'The period'),
	updated('11.1.1', 'activity'),
	{
		id: '11.1.2',
		standard: 'error',
		at: ['.'],
		kind: 'order',
		first: 'activity-date[@type=1]/@iso-date',
		last: 'activity-date[@type=3]/@iso-date',
		says: 'The planned end of the activity lies before its planned start.'
	},
	{
		id: '11.1.3',
		standard: 'error',
		at: ['.'],
		kind: 'order',
		first: 'activity-date[@type=2]/@iso-date',
		last: 'activity-date[@type=4]/@iso-date',
		says: 'The actual end of the activity lies before its actual start.'
	},
	notYet('11.1.4', ['.'], 'activity-date[@type=2]/@iso-date', 'The actual start of the activity'),
	notYet('11.1.5', ['.'], 'activity-date[@type=4]/@iso-date', 'The actual end of the activity'),
	notYet('11.2.1', ['transaction/transaction-date'], '@iso-date', 'The date of the transaction'),
	notYet('11.2.2', ['transaction/value'], '@value-date', 'The value date of the transaction')
];

const ORGANISATION_PERIODS = [
	'total-budget',
	'recipient-country-budget',
	'recipient-org-budget',
	'recipient-region-budget',
	'total-expenditure'
];

/** The same in organisation files, and 11.3 and 11.4. */
export const ORGANISATION_DATES: readonly Rule[] = [
	atMostOneYear(ORGANISATION_PERIODS),
	inOrder('8.6.3', ORGANISATION_PERIODS, 'The period'),
	{
		id: '11.3.1',
		standard: 'error',
		at: ['recipient-country-budget'],
		kind: 'within',
		path: 'budget-line/value/@value-date',
		from: START,
		to: END,
		says: 'The value date of a budget line lies outside the period of its budget.'
	},
	updated('11.4.1', 'organisation')
];

function atMostOneYear(at: readonly string[]): Rule {
	return {
		id: '7.5.3',
		standard: 'error',
		at,
		kind: 'one-year',
		from: START,
		to: END,
		says: 'The period of a budget is longer than a year.'
	};
}

function inOrder(id: string, at: readonly string[], what: string): Rule {
	return {
		id,
		standard: 'error',
		at,
		kind: 'order',
		first: START,
		last: END,
		says: `${what} ends before it begins.`
	};
}

function notYet(id: string, at: readonly string[], path: string, what: string): Rule {
	return { id, standard: 'error', at, kind: 'not-future', path, says: `${what} lies in the future.` };
}

function updated(id: string, what: string): Rule {
	return notYet(id, ['.'], '@last-updated-datetime', `The last update of the ${what}`);
}
