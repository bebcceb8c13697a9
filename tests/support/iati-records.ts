import type {
	IatiActivityRecord,
	IatiOrganisationRecord,
	IatiResultRecord,
	LedgerEntryRecord
} from '#lib/server/intake/record.ts';
import { anEntry } from './ledger-factory.ts';

/** An activity as the reader of IATI files gives it; everything but its key and reporter can be left as it is. */
export function anIatiActivity(
	key: string,
	reporter: string,
	change: Partial<IatiActivityRecord> = {}
): IatiActivityRecord {
	return {
		kind: 'iati_activity',
		place: `made.xml line 3 iati-activity[${key}]`,
		key,
		version: '2.03',
		reporter,
		secondaryReporter: false,
		title: { en: `Activity ${key}` },
		description: null,
		status: '2',
		plannedStart: null,
		actualStart: '2020-01-01',
		plannedEnd: '2021-12-31',
		actualEnd: null,
		hierarchy: null,
		related: [],
		participations: [],
		countries: [],
		regions: [],
		sectors: [],
		policyMarkers: [],
		humanitarian: null,
		scope: null,
		collaborationType: null,
		defaultCurrency: 'EUR',
		defaultLanguage: 'en',
		defaultFlowType: null,
		defaultFinanceType: null,
		defaultAidTypes: [],
		defaultTiedStatus: null,
		capitalSpend: null,
		locations: [],
		documents: [],
		further: null,
		...change
	};
}

export function anIatiOrganisation(
	reference: string,
	name: string,
	change: Partial<IatiOrganisationRecord> = {}
): IatiOrganisationRecord {
	return {
		kind: 'iati_organisation',
		place: 'made.xml line 5',
		key: reference,
		reference,
		name: { en: name },
		type: null,
		reports: false,
		...change
	};
}

/** A transaction of an IATI file: no project of its own, no shares of its own. */
export function anIatiTransaction(
	activity: string,
	reporter: string,
	change: Partial<LedgerEntryRecord> = {}
): LedgerEntryRecord {
	return { ...anEntry({ activity, reporter, project: '' }), project: null, ...change };
}

export function anIatiResult(
	activity: string,
	number: number,
	change: Partial<IatiResultRecord> = {}
): IatiResultRecord {
	return {
		kind: 'iati_result',
		place: `made.xml line 9 iati-activity[${activity}]/result[${number}]`,
		activity,
		number,
		type: '1',
		aggregationStatus: true,
		title: { en: `Result ${number}` },
		description: null,
		indicators: [],
		...change
	};
}
