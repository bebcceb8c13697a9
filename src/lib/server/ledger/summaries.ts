/**
 * The summaries of the ledger: which dimensions each holds and how each is made. `db/migrations` creates the same tables;
 * a test holds the two against each other.
 */
export type SummaryField =
	| 'country'
	| 'sector'
	| 'heading'
	| 'objective'
	| 'agreement'
	| 'activity'
	| 'provider'
	| 'receiver'
	| 'month'
	| 'year';

export type Summary = {
	name: string;
	/** What one row counts: entries, or an entry once for each of its countries or sectors. */
	grain: 'entry' | 'country' | 'sector';
	fields: readonly SummaryField[];
	/** Key columns beside the common ones, with the SQL over `e` (entry) and `s` (its cells) that fills them. */
	columns: Readonly<Record<string, string>>;
};

const MONTHS = { period_from: 'e.period_from', period_to: 'e.period_to' };
/** Whole years that enclose the period: finite ones are widened, unknown ones stay infinite. */
const YEARS = {
	period_from: `date_trunc('year', e.period_from)::date`,
	period_to: `case when isfinite(e.period_to) then (date_trunc('year', e.period_to) + interval '1 year - 1 day')::date else e.period_to end`
};

/** Smallest first: the first that holds all of a slice's dimensions answers it. */
export const SUMMARIES: readonly Summary[] = [
	{ name: 'month', grain: 'entry', fields: ['month', 'year'], columns: MONTHS },
	{
		name: 'heading',
		grain: 'entry',
		fields: ['agreement', 'heading', 'objective'],
		columns: {
			agreement_id: 'coalesce(e.agreement_id, 0)',
			heading: `coalesce(e.heading, '')`,
			objective_id: 'coalesce(e.objective_id, 0)'
		}
	},
	{
		name: 'party',
		grain: 'entry',
		fields: ['agreement', 'provider', 'receiver'],
		columns: {
			agreement_id: 'coalesce(e.agreement_id, 0)',
			provider_id: 'coalesce(e.provider_id, 0)',
			receiver_id: 'coalesce(e.receiver_id, 0)'
		}
	},
	{
		name: 'country_heading',
		grain: 'country',
		fields: ['country', 'heading'],
		columns: { country: `coalesce(s.country, '')`, heading: `coalesce(e.heading, '')` }
	},
	{
		name: 'country_month',
		grain: 'country',
		fields: ['country', 'month', 'year'],
		columns: { country: `coalesce(s.country, '')`, ...MONTHS }
	},
	{
		name: 'party_country',
		grain: 'country',
		fields: ['country', 'provider', 'receiver'],
		columns: {
			country: `coalesce(s.country, '')`,
			provider_id: 'coalesce(e.provider_id, 0)',
			receiver_id: 'coalesce(e.receiver_id, 0)'
		}
	},
	{
		name: 'sector_year',
		grain: 'sector',
		fields: ['sector', 'year'],
		columns: { sector: `coalesce(s.sector, '')`, ...YEARS }
	},
	{
		name: 'activity_year',
		grain: 'entry',
		fields: ['activity', 'year'],
		columns: { activity_id: 'e.activity_id', ...YEARS }
	}
];

/** Key columns of every summary. */
export const COMMON = ['project_id', 'kind', 'returned', 'counting', 'state', 'currency'] as const;

export const SUMS = [
	'booked',
	'eur',
	'usd',
	'booked_without_eur',
	'booked_without_usd',
	'entries',
	'entries_without_eur',
	'entries_without_usd'
] as const;

/** Every 100th posting also writes down the whole, so that as-of reads at most 99 deltas. */
export const CHECKPOINT_EVERY = 100;
