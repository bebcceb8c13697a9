import type { Decimal } from '#lib/money/decimal.ts';
import type { Placed, Texts } from './record.ts';

/*
 * What the IATI standard says of an activity and its results, as posting takes it. Codes are those of version 2; texts
 * are by lower-case language code, `und` where the file names none. An organisation goes by the key that
 * `organisationKey` gives it: its reference, else `name:` and its name.
 */

/** One code with its vocabulary (`1` where the file names none) and, for own vocabularies, its text. */
export type VocabularyCode = { vocabulary: string; code: string; text: Texts | null };
/** A share in per cent; null where the file gives none: then equal parts, or the whole for a single one. */
export type CodeShare = VocabularyCode & { percentage: Decimal | null };

/** Named by reference or by name; `type` is a code of OrganisationType. Emitted once per file and organisation. */
export type IatiOrganisationRecord = Placed & {
	kind: 'iati_organisation';
	key: string;
	reference: string | null;
	name: Texts | null;
	type: string | null;
	/** True for the organisation that reports: its own name stands over what others call it. */
	reports: boolean;
};

export type IatiParticipation = {
	organisation: string;
	/** 1 funding, 2 accountable, 3 extending, 4 implementing. */
	role: 1 | 2 | 3 | 4;
	activity: string | null;
};

export type IatiLocation = {
	name: Texts | null;
	description: Texts | null;
	/** Degrees, WGS 84; both or neither. */
	latitude: Decimal | null;
	longitude: Decimal | null;
	reach: string | null;
	exactness: string | null;
	class: string | null;
	feature: string | null;
	/** Gazetteer ids and administrative areas; `level` for the latter. */
	codes: { vocabulary: string; code: string; level: string | null }[];
};

export type IatiDocument = {
	url: string;
	format: string | null;
	titles: Texts | null;
	descriptions: Texts | null;
	categories: string[];
	languages: string[];
	date: string | null;
};

export type IatiActivityRecord = Placed & {
	kind: 'iati_activity';
	/** The trimmed iati-identifier, its case kept. */
	key: string;
	version: string;
	/** Key of the reporting organisation. */
	reporter: string;
	secondaryReporter: boolean;
	/** Empty where the file has no title. */
	title: Texts;
	/** The general description (type 1, or the first); others stand in `further`. */
	description: Texts | null;
	/** Code of ActivityStatus. */
	status: string | null;
	plannedStart: string | null;
	actualStart: string | null;
	plannedEnd: string | null;
	actualEnd: string | null;
	hierarchy: number | null;
	related: { type: string; key: string }[];
	participations: IatiParticipation[];
	countries: { country: string; percentage: Decimal | null }[];
	regions: CodeShare[];
	sectors: CodeShare[];
	policyMarkers: (VocabularyCode & { significance: string | null })[];
	humanitarian: boolean | null;
	scope: string | null;
	collaborationType: string | null;
	defaultCurrency: string | null;
	defaultLanguage: string | null;
	defaultFlowType: string | null;
	defaultFinanceType: string | null;
	defaultAidTypes: { vocabulary: string; code: string }[];
	defaultTiedStatus: string | null;
	capitalSpend: Decimal | null;
	locations: IatiLocation[];
	documents: IatiDocument[];
	/** Other identifiers, humanitarian scopes, tags, descriptions by type, last update: by name, as read. Null when none. */
	further: Record<string, unknown> | null;
};

/** A value of an indicator; `value` is null where the file has none or no number, then `text` is as read. */
export type IndicatorValue = {
	value: Decimal | null;
	text: string | null;
	dimensions: Record<string, string> | null;
	comment: Texts | null;
};

export type IatiIndicator = {
	title: Texts;
	description: Texts | null;
	/** Code of IndicatorMeasure: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative. */
	measure: string | null;
	ascending: boolean | null;
	aggregationStatus: boolean | null;
	codes: { vocabulary: string; code: string }[];
	baselines: (IndicatorValue & { year: number | null; date: string | null })[];
	periods: { from: string | null; to: string | null; targets: IndicatorValue[]; actuals: IndicatorValue[] }[];
};

export type IatiResultRecord = Placed & {
	kind: 'iati_result';
	activity: string;
	/** Its place among the activity's results, from 1. */
	number: number;
	/** Code of ResultType. */
	type: string | null;
	aggregationStatus: boolean | null;
	title: Texts;
	description: Texts | null;
	indicators: IatiIndicator[];
};

/** Codes of one transaction, budget or planned disbursement that filter and are exported, and cut no money. */
export type EntryCodes = {
	humanitarian?: boolean;
	flowType?: string;
	financeType?: string;
	aidTypes?: { vocabulary: string; code: string }[];
	tiedStatus?: string;
	disbursementChannel?: string;
	/** Code of BudgetStatus: 1 indicative, 2 committed. */
	budgetStatus?: string;
	/** Sectors of other vocabularies than the DAC's five digits. */
	sectors?: CodeShare[];
	/** Regions of other vocabularies than the DAC's, and those beside a country. */
	regions?: CodeShare[];
};

/** The key of an organisation that a file names: its reference, else its name. Null when it has neither. */
export function organisationKey(reference: string | null, name: string | null): string | null {
	if (reference !== null) return reference;
	return name === null ? null : `name:${name}`;
}
