import type {
	ActivityRecord,
	ClaimRecord,
	CountryCoverageRecord,
	IndicatorRecord,
	ObjectiveRecord,
	OrganisationRecord,
	ProjectRecord
} from './record-facts.ts';
import type { IatiActivityRecord, IatiOrganisationRecord, IatiResultRecord } from './record-iati.ts';
import type { LedgerEntryRecord, LedgerWithdrawalRecord } from './record-ledger.ts';
import type {
	AgreementRecord,
	AgreementRuleRecord,
	BudgetVersionRecord,
	CountingRuleRecord,
	ExchangeRateRecord,
	InstalmentRecord
} from './record-terms.ts';

export * from './record-facts.ts';
export * from './record-iati.ts';
export * from './record-ledger.ts';
export * from './record-terms.ts';

/**
 * How finely a date is known. The date itself is always a full ISO day (the first of its month, quarter or
 * year); the precision says how much of it to believe. `page_date`: only the date line of the page is known,
 * the event was on that day or shortly before. `period`: a span that is no calendar unit.
 */
export const DATE_PRECISIONS = ['day', 'month', 'quarter', 'year', 'period', 'page_date', 'unknown'] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How a number is meant: "at least 25" must never be added up as if it were 25. */
export const QUALIFIERS = ['exact', 'at_least', 'at_most', 'approximate'] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

/**
 * Where a fact was read, and what stood there. `publishedOn` is the page's own date, ISO. `originUrl` is null for
 * the few statements whose address was not kept.
 */
export type Evidence = {
	originUrl: string | null;
	originTitle: string;
	evidence: string;
	confidence: Confidence | null;
	publishedOn?: string | null;
};

/**
 * An organisation as a row mentions it: by the key of an organisation record, or only by a name that posting
 * resolves (exact name of a known organisation, else a new one of that name).
 */
export type OrganisationMention = { key: string } | { name: string };

/** Texts by language code (`en`, `fr`, ...). */
export type Texts = Record<string, string>;

/** `place` is where the record stands in its source, as a person would look it up: `activities.csv row 17`. */
export type Placed = { place: string };

export type IntakeRecord =
	| OrganisationRecord
	| IatiOrganisationRecord
	| IatiActivityRecord
	| IatiResultRecord
	| ProjectRecord
	| ObjectiveRecord
	| CountryCoverageRecord
	| ActivityRecord
	| ClaimRecord
	| IndicatorRecord
	| AgreementRecord
	| AgreementRuleRecord
	| InstalmentRecord
	| BudgetVersionRecord
	| ExchangeRateRecord
	| CountingRuleRecord
	| LedgerEntryRecord
	| LedgerWithdrawalRecord;

export const SEVERITIES = ['critical', 'error', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Critical stops the file, error stops the row or activity, warning lets it through. */
export type Finding = Placed & {
	kind: 'finding';
	severity: Severity;
	/** Stable short name of the rule, for example `date-missing`. */
	rule: string;
	/** What stood there. */
	read: string;
	/** What was done about it. */
	done: string;
};
