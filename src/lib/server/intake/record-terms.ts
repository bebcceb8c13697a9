import type { Decimal } from '#lib/money/decimal.ts';
import type { RuleBase, RuleSense } from '#lib/slice/rule.ts';
import type { Basis, Counting, Kind } from '#lib/slice/slice.ts';
import type { Evidence, OrganisationMention, Placed } from './record.ts';

export type AgreementRecord = Placed & {
	kind: 'agreement';
	key: string;
	project: string;
	title: string;
	funder: OrganisationMention;
	recipient: OrganisationMention;
	amount: Decimal;
	currency: string;
	signedOn: string | null;
	start: string | null;
	end: string | null;
	/** Whose rates convert entries under it, and which series; equal to `publisher` and `series` of the rates. */
	ratePublisher: string | null;
	rateSeries: RateSeries | null;
	note: string | null;
	evidence: Evidence | null;
};

export type AgreementRuleRecord = Placed & {
	kind: 'agreement_rule';
	key: string;
	agreement: string;
	article: string;
	/** `indirect_rate`, `instalment_threshold`, `heading_transfer_limit`, `retention`, ... */
	rule: string;
	value: Decimal;
	/** `percent`, `days` or a currency. */
	unit: string;
	/** The kinds of entry that the rule counts. */
	kinds: Kind[];
	/** Whether the threshold is to be reached or not to be passed, and what it is a part of; null where only the text says. */
	sense: RuleSense | null;
	base: RuleBase | null;
	/** Bases and headings of entries that count; empty for any. */
	bases: Basis[];
	headings: string[];
	text: string;
	validFrom: string | null;
};

export type InstalmentRecord = Placed & {
	kind: 'instalment';
	key: string;
	agreement: string;
	number: number;
	amount: Decimal;
	currency: string;
	plannedOn: string | null;
	requestedOn: string | null;
	receivedOn: string | null;
	/** References of the ledger entries that brought it in. */
	receipts: string[];
	condition: string | null;
};

export type BudgetVersionRecord = Placed & {
	kind: 'budget_version';
	key: string;
	agreement: string;
	number: number;
	/** First day from which its lines hold; earlier periods stay with the version before. */
	validFrom: string;
	approvedOn: string | null;
	amount: Decimal;
	direct: Decimal;
	indirect: Decimal;
	currency: string;
	replaces: string | null;
	note: string | null;
};

/**
 * How a rate is found for a value date. Monthly: its month's. Daily: the last within the seven days before. Standing: the
 * last not after it, as long as a list that is renewed every month can stand.
 */
export const RATE_SERIES = ['monthly', 'daily', 'standing'] as const;
export type RateSeries = (typeof RATE_SERIES)[number];

/**
 * A rate as published: units of `currency` for one euro or one US dollar, the other null. Converting between
 * two currencies of one series: amount x units(target) / units(booked), the base itself being 1, rounded once.
 */
export type ExchangeRateRecord = Placed & {
	kind: 'exchange_rate';
	publisher: string;
	series: RateSeries;
	currency: string;
	validFrom: string;
	unitsPerEur: Decimal | null;
	unitsPerUsd: Decimal | null;
	evidence: Evidence | null;
};

/** An activity by its key and, where not all of its time is meant, the days between which an entry must lie. */
export type ActivitySpan = { activity: string; from: string | null; to: string | null };

/** All given fields must match; a null field matches everything. `from` and `to` bound the entry's dates. */
export type CountingMatch = {
	entryKind: Kind | null;
	project: string | null;
	provider: string | null;
	receiver: string | null;
	agreement: string | null;
	budgetVersion: string | null;
	from: string | null;
	to: string | null;
	currency?: string | null;
	/** Only entries of one of these; an empty list matches nothing. */
	activities?: readonly ActivitySpan[] | null;
};

export type CountingRuleRecord = Placed & {
	kind: 'counting_rule';
	key: string;
	/** Key of the organisation whose entries it concerns. */
	reporter: string;
	match: CountingMatch;
	counting: Counting;
	reason: string;
	validFrom: string | null;
};
