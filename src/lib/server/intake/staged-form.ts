import type { IntakeRecord, LedgerEntryRecord } from './record.ts';

/*
 * How entries are staged: without the fields that say nothing, which are most. Only fields that every entry has are left
 * out, so that one which is read back has exactly the fields it had, and the same fingerprint.
 */
const SAY_NOTHING: Partial<LedgerEntryRecord> = {
	nature: null,
	project: null,
	reference: null,
	dateFrom: null,
	dateTo: null,
	valueDate: null,
	provider: null,
	receiver: null,
	providerActivity: null,
	receiverActivity: null,
	agreement: null,
	budgetVersion: null,
	heading: null,
	objective: null,
	description: null,
	countries: [],
	countryKey: null,
	sectors: [],
	sectorKey: null
};

const EMPTY: ReadonlySet<string> = new Set(['countries', 'sectors']);
const NULLS: ReadonlySet<string> = new Set(Object.keys(SAY_NOTHING).filter((name) => !EMPTY.has(name)));

/** The content of a record as it is staged, in JSON; its kind and place stand beside it. */
export function stagedJson(record: IntakeRecord): string {
	if (record.kind !== 'ledger_entry') {
		const { kind: _kind, place: _place, ...content } = record;
		return JSON.stringify(content);
	}
	// Written field by field: a copy without some of them would be made only to be written.
	let json = '';
	for (const name in record) {
		const value = record[name as keyof LedgerEntryRecord];
		if (name === 'kind' || name === 'place' || value === undefined || saysNothing(name, value)) continue;
		json += `${json === '' ? '' : ','}"${name}":${JSON.stringify(value)}`;
	}
	return `{${json}}`;
}

function saysNothing(name: string, value: unknown): boolean {
	if (value === null) return NULLS.has(name);
	return Array.isArray(value) && value.length === 0 && EMPTY.has(name);
}

/** An entry as it was before it was staged. */
export function entryOf({ place, record }: { place: string; record: object }): LedgerEntryRecord {
	return {
		...SAY_NOTHING,
		countries: [],
		sectors: [],
		...record,
		kind: 'ledger_entry',
		place
	} as LedgerEntryRecord;
}
