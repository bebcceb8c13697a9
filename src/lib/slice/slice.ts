import type { Decimal } from '#lib/money/decimal.ts';
import type { Change } from './change.ts';

/** Published is what a source states; demonstration is invented and marked. A slice is always of exactly one. */
export const NATURES = ['published', 'demonstration'] as const;
export type Nature = (typeof NATURES)[number];

/** IATI transaction types 1-13 by number, plus the two plans that IATI keeps outside transactions. */
export const KINDS = [
	'1',
	'2',
	'3',
	'4',
	'5',
	'6',
	'7',
	'8',
	'9',
	'10',
	'11',
	'12',
	'13',
	'budget',
	'planned_disbursement'
] as const;
export type Kind = (typeof KINDS)[number];

export const COUNTINGS = [
	'counted',
	'internal_transfer',
	'reported_by_children',
	'secondary',
	'superseded_budget'
] as const;
export type Counting = (typeof COUNTINGS)[number];

export const BASES = ['cash', 'accrual', 'not_stated'] as const;
export type Basis = (typeof BASES)[number];

export const STATES = ['provisional', 'certified', 'audited', 'not_stated'] as const;
export type State = (typeof STATES)[number];

/** Whether a country's or sector's part of an entry was booked so, cut by a key, or left open. */
export const ALLOCATIONS = ['measured', 'apportioned', 'unallocated'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

/** The part an organisation plays in an entry; money is cut by these three and by no others. */
export const PARTS = ['provider', 'receiver', 'reporter'] as const;
export type Part = (typeof PARTS)[number];

/** Currencies a slice can be converted to. Other amounts stay as booked. */
export const CURRENCIES = ['EUR', 'USD'] as const;
export type Currency = (typeof CURRENCIES)[number];

export const MEASURES = [
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
	'reimbursement',
	'interest',
	'loan_repayment',
	'equity',
	'equity_sale',
	'guarantee',
	'contribution_pledged'
] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * The question that a figure answers: plain, serialisable, one per figure.
 * `null` means "not restricted"; the string `none` in a dimension means its unallocated or not-stated part.
 * Projects, portfolios, objectives, agreements and headings go by their keys, activities and organisations by
 * their numbers, countries by ISO 3166-1 alpha-2, sectors by DAC 5-digit code. Activities, countries, organisations, receivers, sectors and
 * booked currencies may be several, joined by commas (`valuesOf` takes them apart): then any of them matches.
 */
export type Slice = {
	portfolio: string;
	measure: Measure;
	nature: Nature;
	project: string | null;
	activity: string | null;
	country: string | null;
	/** Only cells whose country was got in this way. */
	allocation: Allocation | null;
	organisation: string | null;
	/** Which part `organisation` plays; meaningless without it. */
	part: Part;
	/** Only money that went to this one; beside `organisation` it names both ends of a transfer. */
	receiver: string | null;
	sector: string | null;
	heading: string | null;
	objective: string | null;
	agreement: string | null;
	counting: Counting;
	basis: Basis | null;
	state: State | null;
	/** The currency as booked, whatever it is converted to. */
	booked: string | null;
	/** First and last day (inclusive, ISO) on which the money moved. */
	from: string | null;
	to: string | null;
	/** Only money that is not dated as finely as this; the part that stands beside the buckets. */
	undated: 'year' | 'quarter' | 'month' | null;
	/** Only what stands so to what was known earlier; null is all that is in force. */
	change: Change | null;
	/** ISO day: what was known at its end, UTC. `null` is now. */
	asof: string | null;
	/** Nothing posted after this data version (`27.5`) is looked at, whatever the day: a day is not over for good, a posting is. */
	version: string | null;
	currency: Currency;
};

/** What a total can be broken down by. `null` keys are the unallocated, not stated or not-dated-this-finely part. */
export const DIMENSIONS = [
	'project',
	'activity',
	'country',
	'sector',
	'heading',
	'objective',
	'agreement',
	'provider',
	'receiver',
	'reporter',
	'kind',
	'counting',
	'basis',
	'state',
	'booked_currency',
	'year',
	'quarter',
	'month'
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Amounts that have no rate to the slice's currency, as booked. */
export type Unconverted = { currency: string; amount: Decimal; entries: number };

/** `amount` is null when no entry matches: nothing was published, which is not zero. */
export type Sum = { amount: Decimal | null; entries: number; unconverted: Unconverted[] };

export type Total = Sum & {
	currency: Currency;
	/** What the counting rules leave out of the same slice, by reason. Never dropped. */
	notCounted: ({ reason: Counting } & Sum)[];
};

export type BreakdownRow = Sum & { keys: (string | null)[] };
