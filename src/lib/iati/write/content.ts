import type { Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';
import type { ReadDocument } from '../read/document.ts';
import type { EntryCodes } from '../read/entry.ts';
import type { ReadLocation } from '../read/location.ts';
import type { CodeShare, CountryShare, VocabularyCode } from '../read/shares.ts';
import type { Texts } from '../read/texts.ts';

/*
 * What is written of an activity: what the books hold of it, in the words of the standard. Days are ISO, amounts and
 * percentages decimal text, codes those of version 2, texts by language (`und` where none is known).
 */

export type WrittenOrganisation = { reference: string | null; name: string | null; type: string | null };

/** As it is read, but for a list that may be left out. */
export type WrittenLocation = Omit<ReadLocation, 'codes'> & { codes: ReadLocation['codes'] | null };

export type WrittenValue = {
	value: Decimal | null;
	text: string | null;
	year: number | null;
	date: string | null;
	dimensions: Record<string, string> | null;
	comment: Texts | null;
};

export type WrittenIndicator = {
	title: Texts;
	description: Texts | null;
	measure: string;
	ascending: boolean | null;
	aggregationStatus: boolean | null;
	codes: { vocabulary: string; code: string }[] | null;
	baselines: WrittenValue[];
	periods: { from: string | null; to: string | null; targets: WrittenValue[]; actuals: WrittenValue[] }[];
};

export type WrittenResult = {
	type: string | null;
	aggregationStatus: boolean | null;
	title: Texts;
	description: Texts | null;
	indicators: WrittenIndicator[];
};

/** What is kept of an activity as it was read, by name. */
export type WrittenFurther = {
	descriptions?: { type: string; text: Texts }[];
	otherIdentifiers?: {
		reference: string;
		type: string | null;
		ownerReference: string | null;
		ownerName: Texts | string | null;
	}[];
	humanitarianScopes?: (VocabularyCode & { type: string | null })[];
	tags?: VocabularyCode[];
	vocabularies?: { element: string; vocabulary: string; address: string }[];
	lastUpdated?: string;
	budgetNotProvided?: string;
};

export type WrittenActivity = {
	key: string;
	/** Who reports it in its source; null where nobody does. */
	reporter: WrittenOrganisation | null;
	title: Texts;
	description: Texts | null;
	status: string | null;
	plannedStart: string | null;
	actualStart: string | null;
	plannedEnd: string | null;
	actualEnd: string | null;
	hierarchy: number | null;
	/** `held`: the books hold it as well, so that it is written under an identifier of ours. */
	related: { type: string; key: string; held: boolean }[];
	participations: { organisation: WrittenOrganisation; role: number; activity: string | null }[];
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
	defaultAidTypes: { vocabulary: string; code: string }[] | null;
	defaultTiedStatus: string | null;
	capitalSpend: Decimal | null;
	locations: WrittenLocation[];
	documents: ReadDocument[];
	further: WrittenFurther | null;
	results: WrittenResult[];
};

/** A transaction, a budget or a planned disbursement. */
export type WrittenEntry = {
	kind: Kind;
	reference: string | null;
	dateFrom: string | null;
	dateTo: string | null;
	/** A date as stated where it is less than a day: `2005`, `2005-04`. */
	stated: string | null;
	valueDate: string | null;
	amount: Decimal;
	currency: string;
	/** What a slice counts of it, in the slice's currency; null where a file is of no slice. */
	inSlice: { amount: Decimal | null; currency: string } | null;
	provider: WrittenOrganisation | null;
	receiver: WrittenOrganisation | null;
	providerActivity: string | null;
	receiverActivity: string | null;
	budgetVersion: string | null;
	description: string | null;
	/** Its own places and DAC sectors; empty where those of its activity hold. */
	places: { country: string | null; region: string | null; percentage: Decimal }[];
	sectors: { code: string; percentage: Decimal }[];
	codes: EntryCodes | null;
};

/** Under whose name a file is written. */
export type Publisher = WrittenOrganisation & { reference: string };

/** What stands where the standard wants something that is not known, always marked as added. */
export type Fallback = {
	/** A day: when the books knew. */
	day: string;
};
