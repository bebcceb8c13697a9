import type { Decimal } from '#lib/money/decimal.ts';
import type { DatePrecision, Evidence, OrganisationMention, Placed, Qualifier, Texts } from './record.ts';

/** IATI's four roles of an organisation in a project or activity. */
export const ROLES = ['funding', 'accountable', 'extending', 'implementing'] as const;
export type Role = (typeof ROLES)[number];
export type Party = { organisation: OrganisationMention; role: Role };

export type OrganisationRecord = Placed & {
	kind: 'organisation';
	key: string;
	/** Identifier in the registers of IATI, for example `XM-DAC-41128`. */
	reference: string | null;
	referenceBasis: string | null;
	name: string;
	/** Code of IATI's list OrganisationType. */
	type: string | null;
	/** ISO 3166-1 alpha-2 of the seat. */
	country: string | null;
	/** Who says type and country, for example `assigned by the researcher`. */
	typeCountryBasis: string | null;
	/** What it is in these projects, in the source's words. */
	parts: string[];
	projects: string[];
	evidence: Evidence | null;
};

export type ProjectRecord = Placed & {
	kind: 'project';
	key: string;
	/** The owner's own project number, if any page gives it. */
	code: string | null;
	name: string;
	shortName: string;
	description: string;
	start: string | null;
	startPrecision: DatePrecision;
	end: string | null;
	endPrecision: DatePrecision;
	/** In the source's words (`completed`, `ongoing`); null when not stated. */
	status: string | null;
	/** To the portfolio's main project: `main`, `successor`, `sister`, `predecessor`. */
	relation: string | null;
	parties: Party[];
	countries: string[];
	evidence: Evidence | null;
};

export type ObjectiveRecord = Placed & {
	kind: 'objective';
	key: string;
	project: string;
	/** Null for a bucket that is no objective of the project, such as management. */
	number: number | null;
	name: string;
	lead: OrganisationMention[];
	description: string;
	validFrom: string | null;
	validFromPrecision: DatePrecision;
	evidence: Evidence | null;
};

export type CountryCoverageRecord = Placed & {
	kind: 'country_coverage';
	/** `<project>:<country>`; claims on a launch date refer to it. */
	key: string;
	project: string;
	country: string;
	nameInSource: string;
	region: string | null;
	launchDate: string | null;
	launchPrecision: DatePrecision;
	/** First and last day of the planned assessment. */
	assessmentFrom: string | null;
	assessmentTo: string | null;
	counterpart: string | null;
	focus: string | null;
	evidence: Evidence | null;
};

export type LocationDetail = {
	name: string;
	country: string | null;
	/** Degrees, WGS 84, as decimal text. */
	latitude: Decimal | null;
	longitude: Decimal | null;
	/** `stated` on the page, or `assumed` (usually the capital or the date line). */
	basis: string | null;
	/** What the coordinates point at, for example `city`. */
	coordSource: string | null;
};

export type Participants = {
	count: Decimal | null;
	qualifier: Qualifier | null;
	female: Decimal | null;
	male: Decimal | null;
	/** Who they were, in the source's words. */
	kind: string | null;
};

export type CoFunder = { organisation: OrganisationMention; note: string | null };

export type ActivityRecord = Placed & {
	kind: 'activity';
	key: string;
	project: string;
	title: Texts;
	description?: Texts;
	/** In the source's words: `workshop`, `training`, ... */
	type: string;
	/** Code of IATI's list ActivityStatus, or null when the source says nothing. */
	status: string | null;
	dateFrom: string | null;
	/** Null: the source states no end. */
	dateTo: string | null;
	datePrecision: DatePrecision;
	/** Where it was held; kept apart from who took part. */
	hosts: string[];
	participatingCountries: string[];
	objective: string | null;
	/** `stated` on the page, or `assigned` by the researcher. */
	objectiveBasis: string | null;
	lead: OrganisationMention[];
	partners: OrganisationMention[];
	coFunders: CoFunder[];
	location: LocationDetail | null;
	otherCities: string[];
	participants: Participants | null;
	evidence: Evidence | null;
};

export const CLAIM_SUBJECTS = [
	'project',
	'activity',
	'organisation',
	'country_coverage',
	'indicator'
] as const;
export type ClaimSubject = (typeof CLAIM_SUBJECTS)[number];

/**
 * A single stated fact. Claims with the same subject, property and party speak of the same thing: at most one
 * of them is chosen, the others are its rivals (or, with the same value, unit and qualifier, agree with it).
 */
export type ClaimRecord = Placed & {
	kind: 'claim';
	/** Stable over files, for example `funding:F001`. */
	key: string;
	subjectKind: ClaimSubject;
	subjectKey: string;
	/** `budget_total`, `contribution`, `contribution_unattributed`, `budget_component`, `start`, `country_count`, ... */
	property: string;
	/** Whose contribution; null for statements about the subject as a whole. */
	party: OrganisationMention | null;
	/** What the source calls it: `committed`, `pledged`, `total budget`, ... */
	statedAs: string | null;
	/** Value as text where it is no number (a date, a list of countries). */
	valueText: string | null;
	/** Null with a null `valueText`: stated to exist, but no amount was published. Never zero. */
	value: Decimal | null;
	/** ISO 4217 for money, else a counting unit such as `countries`. */
	unit: string | null;
	qualifier: Qualifier | null;
	/** The day, or the first and last day, for which the statement was made. */
	date: string | null;
	dateTo: string | null;
	datePrecision: DatePrecision;
	chosen: boolean;
	/** Why chosen or not. */
	why: string | null;
	evidence: Evidence;
};

export type IndicatorRecord = Placed & {
	kind: 'indicator';
	key: string;
	/** Null: context of the sector, no result of a project. */
	project: string | null;
	countries: string[];
	activity: string | null;
	title: string;
	value: Decimal | null;
	/** What the value is: what was aimed at, or what was done. */
	side: 'target' | 'actual';
	qualifier: Qualifier | null;
	unit: string;
	/** Whether the value holds those before it; null where the source does not say. */
	accumulation: 'cumulative' | 'periodic' | null;
	asOf: string | null;
	asOfPrecision: DatePrecision;
	disaggregation: string | null;
	/** True when the row repeats the participants of its activity; the two are never added. */
	repeatsActivity: boolean;
	note: string | null;
	evidence: Evidence | null;
};
