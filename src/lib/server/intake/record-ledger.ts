import type { Decimal } from '#lib/money/decimal.ts';
import type { Basis, Kind, Nature, State } from '#lib/slice/slice.ts';
import type { EntryCodes } from './record-iati.ts';
import type { DatePrecision, Placed } from './record.ts';

/**
 * A share in per cent; without country and region it keeps a part unallocated. Shares of one record add up to 100 or
 * less. `region` is a code of the DAC's list Region and stands only where there is no country.
 */
export type CountryShare = { country: string | null; region?: string | null; percentage: Decimal };
export type SectorShare = { code: string | null; percentage: Decimal };
/** `measured`: the source itself says so. `apportioned`: cut by a key, named in the record. */
export const SHARE_BASES = ['measured', 'apportioned'] as const;
export type ShareBasis = (typeof SHARE_BASES)[number];

export type LedgerEntryRecord = Placed & {
	kind: 'ledger_entry';
	/** What the row itself says; null when the file has no such column. Readers refuse a row that contradicts its import. */
	nature: Nature | null;
	reporter: string;
	activity: string;
	/** Null: the activity's own, as its file's activity record or the books say. */
	project: string | null;
	entryKind: Kind;
	/** Voucher or line number of the source, unique in (reporter, activity, kind); null when it has none. */
	reference: string | null;
	/** First and last day; equal when the precision is a day. */
	dateFrom: string | null;
	dateTo: string | null;
	datePrecision: DatePrecision;
	/** The day whose rate converts the amount. */
	valueDate: string | null;
	/** As booked, negative for reversals and returned funds. */
	amount: Decimal;
	currency: string;
	/** Keys of organisations; null is "not stated". */
	provider: string | null;
	receiver: string | null;
	providerActivity: string | null;
	receiverActivity: string | null;
	agreement: string | null;
	budgetVersion: string | null;
	heading: string | null;
	objective: string | null;
	description: string | null;
	basis: Basis;
	state: State;
	/** Empty: nothing stated, so the activity's own shares hold. A row `null` 100 says "unallocated". */
	countries: CountryShare[];
	countryBasis: ShareBasis;
	/** By what the countries were apportioned; null when measured. */
	countryKey: string | null;
	sectors: SectorShare[];
	sectorBasis: ShareBasis;
	sectorKey: string | null;
	/** A line that only carries what conversion lost or gained. */
	exchangeDifference: boolean;
	/** Publisher of the rates to use, where the row names one. */
	rateHint?: string | null;
	/** Codes of the standard that filter and are exported; they cut no money. */
	codes?: EntryCodes | null;
};

/** A row that explicitly takes back an earlier one, by its identity. Absence alone never withdraws. */
export type LedgerWithdrawalRecord = Placed & {
	kind: 'ledger_withdrawal';
	nature: Nature | null;
	reporter: string;
	activity: string;
	entryKind: Kind;
	reference: string;
	reason: string;
};
