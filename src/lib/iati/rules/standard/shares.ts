import type { Rule, Split } from '../rule.ts';

const SECTORS: Split = { items: 'sector', by: '@vocabulary' };
const COUNTRIES: Split = { items: 'recipient-country', unless: 'recipient-region' };
const REGIONS: Split = { items: 'recipient-region', by: '@vocabulary' };
const REGIONS_AND_COUNTRIES: Split = { ...REGIONS, beside: 'recipient-country' };
const BUDGET_ITEMS: Split = { items: 'country-budget-items/budget-item', by: '../@vocabulary' };

/** Percentages: rules 2.1, 3.1, 3.4, 7.9 and 12. */
export const SHARES: readonly Rule[] = [
	each('2.1.1', 'error', SECTORS, 'Of several sectors of one vocabulary, each needs a percentage.'),
	{
		...sum(
			'2.1.2',
			'error',
			SECTORS,
			'The percentages of the sectors of one vocabulary do not add up to 100.'
		),
		// Sectors without any percentage are the matter of 2.1.1 alone.
		atLeastTwo: 'percentages'
	},
	single('2.1.4', 'error', SECTORS, 'The only sector of a vocabulary has a percentage that is not 100.'),
	each('3.1.1', 'error', COUNTRIES, 'Of several recipient countries, each needs a percentage.'),
	sum('3.1.2', 'error', COUNTRIES, 'The percentages of the recipient countries do not add up to 100.'),
	single('3.1.4', 'error', COUNTRIES, 'The only recipient country has a percentage that is not 100.'),
	each('3.4.1', 'error', REGIONS, 'Of several recipient regions of one vocabulary, each needs a percentage.'),
	sum(
		'3.4.2',
		'error',
		REGIONS_AND_COUNTRIES,
		'The percentages of the recipient regions of one vocabulary, with those of the countries, do not add up to 100.'
	),
	single(
		'3.4.4',
		'error',
		REGIONS_AND_COUNTRIES,
		'The only recipient region of a vocabulary has a percentage that is not 100.'
	),
	each('7.9.1', 'warning', BUDGET_ITEMS, 'Of several budget items, each needs a percentage.'),
	sum('7.9.2', 'warning', BUDGET_ITEMS, 'The percentages of the budget items do not add up to 100.'),
	single('7.9.4', 'warning', BUDGET_ITEMS, 'The only budget item has a percentage that is not 100.'),
	percentage('12.1.1', ['recipient-country', 'recipient-region']),
	percentage('12.2.1', ['capital-spend', 'country-budget-items/budget-item']),
	percentage('12.3.1', ['sector'])
];

type Severity = 'error' | 'warning';

function each(id: string, standard: Severity, split: Split, says: string): Rule {
	return { id, standard, at: ['.'], kind: 'each-share', split, says };
}

function sum(id: string, standard: Severity, split: Split, says: string) {
	return {
		id,
		standard,
		at: ['.'],
		kind: 'sum-of-shares',
		split,
		atLeastTwo: 'items',
		says
	} as const satisfies Rule;
}

function single(id: string, standard: Severity, split: Split, says: string): Rule {
	return { id, standard, at: ['.'], kind: 'single-share', split, says };
}

function percentage(id: string, at: readonly string[]): Rule {
	return {
		id,
		standard: 'error',
		at,
		kind: 'percentage',
		path: '@percentage',
		says: 'This is no percentage between 0 and 100.'
	};
}
