import { lastOfMonth } from '#lib/server/intake/readers/dates.ts';
import { toCents } from './cents.ts';

/** What is published about GLO.ACT and what the invented ledger must therefore respect. All amounts in euro cents. */
export const PUBLISHED = {
	budget: toCents('11000000.00'),
	budgetDirect: toCents('10280373.83'),
	budgetIndirect: toCents('719626.17'),
	union: toCents('10000000.00'),
	notStated: toCents('1000000.00')
};

export const PROJECT = 'GLOACT';
/** Everything invented is reported by the dashboard itself, never by a real organisation. */
export const REPORTER = 'DASHBOARD';
export const UNION = 'ORG002';
export const UNODC = 'XM-DAC-41128';
export const IOM = 'XM-DAC-47066';
export const UNICEF = 'XM-DAC-41122';
export const PARTY_NAMES: Record<string, string> = {
	[UNION]: 'European Union',
	[UNODC]: 'UNODC',
	[IOM]: 'IOM',
	[UNICEF]: 'UNICEF'
};
/** Invented identifiers of what each party books its part under, so that money can be followed from one to the next. */
export const PARTY_ACTIVITIES: Record<string, string> = {
	[UNION]: `DEMO-EU-${PROJECT}`,
	[UNODC]: `DEMO-UNODC-${PROJECT}`,
	[IOM]: `DEMO-IOM-${PROJECT}`,
	[UNICEF]: `DEMO-UNICEF-${PROJECT}`
};
export type Spender = typeof UNODC | typeof IOM | typeof UNICEF;

export const AGREEMENT = 'DEMO-EU-UNODC';
export const RATE_PUBLISHER = 'Federal Reserve H.10 monthly average';
export const LAST_DAY = '2019-07-31';

export const COUNTRIES = [
	'BR',
	'BY',
	'CO',
	'EG',
	'KG',
	'LA',
	'MA',
	'ML',
	'NE',
	'NP',
	'PK',
	'UA',
	'ZA'
] as const;
export type Country = (typeof COUNTRIES)[number];
/** The programme as a whole, beside the countries. */
export const PROGRAMME = 'ALL';

/** The United Nations' harmonised headings; indirect costs and transfers carry no costs of their own. */
export const DIRECT_HEADINGS = [
	'staff',
	'supplies',
	'equipment',
	'contractual',
	'travel',
	'operating'
] as const;
export type DirectHeading = (typeof DIRECT_HEADINGS)[number];

/** A contribution that costs are charged to: the Union's under its agreement, or the one whose provider is not stated. */
export type Pool = { spender: Spender; agreement: string | null };

/**
 * Direct costs by pool at the end. With 7 per cent on each organisation's own they make EUR 10 677 419.41 spent;
 * those charged to no agreement use up the EUR 1 000 000 whose provider is not stated.
 */
export const DIRECT_COSTS: readonly (Pool & { direct: bigint })[] = [
	{ spender: UNODC, agreement: AGREEMENT, direct: toCents('5877851.11') },
	{ spender: UNODC, agreement: null, direct: toCents('934579.44') },
	{ spender: IOM, agreement: AGREEMENT, direct: toCents('2204118.20') },
	{ spender: UNICEF, agreement: AGREEMENT, direct: toCents('962347.90') }
];

/** Months from July 2015 (0) to July 2019 (48). */
export const MONTHS: readonly string[] = Array.from({ length: 49 }, (_, index) => {
	const month = index + 6;
	return `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
});
/** Quarters from the third of 2015 (0) to July 2019 (16), which stands alone. */
export const QUARTERS = 17;
export const quarterOf = (month: number) => Math.floor(month / 3);
const MONTH_NUMBERS = new Map(MONTHS.map((month, index) => [month, index]));
export const monthOf = (date: string) => MONTH_NUMBERS.get(date.slice(0, 7))!;

export function quarterName(quarter: number): string {
	const month = MONTHS[quarter * 3]!;
	return `${month.slice(0, 4)}Q${Math.ceil(Number.parseInt(month.slice(5), 10) / 3)}`;
}

export function quarterSpan(quarter: number): { from: string; to: string; precision: 'quarter' | 'month' } {
	const last = Math.min(quarter * 3 + 2, MONTHS.length - 1);
	return {
		from: `${MONTHS[quarter * 3]}-01`,
		to: lastOfMonth(MONTHS[last]!),
		precision: last === quarter * 3 ? 'month' : 'quarter'
	};
}

/** When each half-year became known, simulated; the last one closes July 2019. */
export const KNOWN_AT = [
	'2016-02-15',
	'2016-08-15',
	'2017-02-15',
	'2017-08-15',
	'2018-02-15',
	'2018-08-15',
	'2019-02-15',
	'2019-08-15',
	'2019-11-15'
] as const;
export const LAST_POSTING = KNOWN_AT.length - 1;

/** The posting that brings a month: half-years from July 2015 on. */
export const postingOf = (month: number) => Math.floor(month / 6);
export const quartersOf = (posting: number) =>
	[posting * 2, posting * 2 + 1].filter((quarter) => quarter < QUARTERS);
