import type { ReadDocument as IatiDocument } from '#lib/iati/read/document.ts';
import type { EntryCodes } from '#lib/iati/read/entry.ts';
import type {
	ReadIndicator as IatiIndicator,
	ReadValue as IndicatorValue
} from '#lib/iati/read/indicator.ts';
import type { ReadLocation as IatiLocation } from '#lib/iati/read/location.ts';
import type { CodeShare, CountryShare, VocabularyCode } from '#lib/iati/read/shares.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Placed, Texts } from './record.ts';

export type {
	CodeShare,
	EntryCodes,
	IatiDocument,
	IatiIndicator,
	IatiLocation,
	IndicatorValue,
	VocabularyCode
};

/*
 * What the IATI standard says of an activity and its results, as posting takes it. Codes are those of version 2; texts
 * are by lower-case language code, `und` where the file names none. An organisation goes by the key that
 * `organisationKey` gives it: its reference, else `name:` and its name. A share without a percentage is an equal part, or
 * the whole for a single one.
 */

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
	countries: CountryShare[];
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

/** The key of an organisation that a file names: its reference, else its name. Null when it has neither. */
export function organisationKey(reference: string | null, name: string | null): string | null {
	if (reference !== null) return reference;
	return name === null ? null : `name:${name}`;
}
