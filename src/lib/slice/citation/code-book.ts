/*
 * What stands for what in a reference. References are printed on paper: nothing here is ever changed, moved or taken out.
 * That is why measures, countings and the like are written here again and not taken from `slice.ts`, whose lists may be put
 * in another order. A new name is put at the end. A word only together with the value that it stands for: what is in no list
 * is spelt out, and stays so, because a figure has one reference only.
 */

/** The first two bits of a reference. Another way of writing gets another number, and this one stays readable. */
export const FORMAT = 0;

/** Parameters of an address, from 1 on; 0 ends the list. */
export const NAMES = [
	'portfolio',
	'measure',
	'nature',
	'project',
	'activity',
	'country',
	'allocation',
	'organisation',
	'part',
	'receiver',
	'sector',
	'heading',
	'objective',
	'agreement',
	'counting',
	'basis',
	'state',
	'booked',
	'from',
	'to',
	'undated',
	'change',
	'asof',
	'currency',
	'claim',
	'formula',
	'agreement_rule'
] as const;

/** `nature=demonstration`, and `from` and `to` of a whole year, in one symbol each. */
export const DEMONSTRATION = 28;
export const WHOLE_YEAR = 29;
/** Whole years are counted from this one, in eight bits. */
export const FIRST_YEAR = 1900;

/** Values that come up again and again, in six bits. */
export const WORDS = [
	'spent',
	'disbursement',
	'expenditure',
	'received',
	'returned',
	'returned_receipts',
	'paid_back',
	'contribution_committed',
	'committed',
	'pledged',
	'budget',
	'planned_disbursement',
	'published',
	'demonstration',
	'measured',
	'apportioned',
	'unallocated',
	'provider',
	'receiver',
	'reporter',
	'none',
	'counted',
	'internal_transfer',
	'reported_by_children',
	'secondary',
	'superseded_budget',
	'cash',
	'accrual',
	'not_stated',
	'provisional',
	'certified',
	'audited',
	'year',
	'quarter',
	'month',
	'known',
	'added',
	'replaced',
	'replacement',
	'withdrawn',
	'EUR',
	'USD',
	'all',
	'cash_balance',
	'budget_balance',
	'spent_share',
	'time_share',
	'gap',
	'difference',
	'changed',
	'staff',
	'supplies',
	'equipment',
	'contractual',
	'travel',
	'transfers',
	'operating',
	'indirect'
] as const;

/** Five bits a letter: codes of countries and currencies, keys of projects. */
export const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ,_-./:';
/** Six bits a letter. */
export const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-';

/** How a value is written: three bits before it. */
export const FORMS = ['word', 'day', 'number', 'capitals', 'plain', 'text', 'pair'] as const;
export type Form = (typeof FORMS)[number];
