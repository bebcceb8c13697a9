import type { ReadActivity } from '#lib/iati/read/activity.ts';
import type { ReadEntry } from '#lib/iati/read/entry.ts';
import type { NamedOrganisation } from '#lib/iati/read/organisation.ts';
import type { IatiActivityRecord, IatiResultRecord, LedgerEntryRecord } from '../../record.ts';
import type { Site } from './findings.ts';
import type { OrganisationList } from './organisation-list.ts';

/** What an activity is in the books: itself, its results, then its money, in the order of the file. */
export function recordsOf(
	activity: ReadActivity,
	version: string,
	site: Site,
	organisations: OrganisationList
): (IatiActivityRecord | IatiResultRecord | LedgerEntryRecord)[] {
	const { element: _element, identifier, reporter, participations, results, entries, ...content } = activity;
	const place = site.place();
	const reporterKey = organisations.add(reporter, place, true);
	return [
		{
			kind: 'iati_activity',
			place,
			key: identifier,
			version,
			reporter: reporterKey,
			...content,
			participations: participations.map(({ organisation, ...rest }) => ({
				organisation: organisations.add(organisation, place),
				...rest
			}))
		},
		...results.map(({ element, ...result }): IatiResultRecord => ({
			kind: 'iati_result',
			place: site.place(element.line, `/result[${result.number}]`),
			activity: identifier,
			...result
		})),
		...entryRecords(entries, { identifier, reporter: reporterKey, site, organisations })
	];
}

type Owner = { identifier: string; reporter: string; site: Site; organisations: OrganisationList };

const ELEMENTS = { budget: 'budget', planned_disbursement: 'planned-disbursement' } as const;

/** Entries are all of an activity's: their numbers are those among the elements of their name. */
function entryRecords(entries: readonly ReadEntry[], owner: Owner): LedgerEntryRecord[] {
	const numbers: Record<string, number> = {};
	return entries.map((entry) => {
		const name = ELEMENTS[entry.kind as keyof typeof ELEMENTS] ?? 'transaction';
		const number = (numbers[name] = (numbers[name] ?? 0) + 1);
		return entryRecord(entry, owner.site.place(entry.element.line, `/${name}[${number}]`), owner);
	});
}

function entryRecord(entry: ReadEntry, place: string, owner: Owner): LedgerEntryRecord {
	const { date } = entry;
	return {
		kind: 'ledger_entry',
		place,
		nature: null,
		reporter: owner.reporter,
		activity: owner.identifier,
		project: null,
		entryKind: entry.kind,
		reference: entry.reference,
		dateFrom: date.from,
		dateTo: date.to,
		datePrecision: date.precision,
		valueDate: entry.valueDate,
		amount: entry.amount,
		currency: entry.currency,
		provider: keyOf(entry.provider, place, owner),
		receiver: keyOf(entry.receiver, place, owner),
		providerActivity: entry.providerActivity,
		receiverActivity: entry.receiverActivity,
		agreement: null,
		budgetVersion: entry.budgetVersion,
		heading: null,
		objective: null,
		description: entry.description,
		basis: 'not_stated',
		state: 'not_stated',
		countries: entry.places as LedgerEntryRecord['countries'],
		countryBasis: 'measured',
		countryKey: null,
		sectors: entry.sectors as LedgerEntryRecord['sectors'],
		sectorBasis: 'measured',
		sectorKey: null,
		exchangeDifference: false,
		rateHint: null,
		codes: entry.codes
	};
}

function keyOf(named: NamedOrganisation | null, place: string, owner: Owner): string | null {
	return named === null ? null : owner.organisations.add(named, place);
}
