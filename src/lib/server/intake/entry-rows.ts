import { hash } from 'node:crypto';
import { sign } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { cutTwoWays, splitTwoWays, spreadLike, type Share, type TwoWaySplit } from '#lib/money/share.ts';
import type { RateBook } from '#lib/server/ledger/rates.ts';
import { enclose } from '#lib/slice/period.ts';
import type { Counting } from '#lib/slice/slice.ts';
import type { ActivityShares } from './activity-shares.ts';
import type { PostingContext } from './directory.ts';
import type { CountingRules } from './counting.ts';
import type { LedgerEntryRecord } from './record.ts';

const COUNTRY = /^[A-Z]{2}$/;

/** Where no agreement names a publisher. */
export const DEFAULT_PUBLISHER = 'InforEuro';

export type AgreementTerms = {
	ratePublisher: string | null;
	rateSeries: string | null;
	funderId: string | null;
};

/** What turning records into entries needs to know of the books. */
export type EntrySetting = {
	context: PostingContext;
	rates: RateBook;
	rules: CountingRules;
	agreements: ReadonlyMap<string, AgreementTerms>;
	/** Funding organisations of each project: money paid to one of them is money returned. */
	funders: ReadonlyMap<string, ReadonlySet<string>>;
};

/** The same, with what the entries that are worked out together share. */
export type BatchSetting = EntrySetting & {
	/** Shares of each activity, for entries that state none. */
	activityShares: ReadonlyMap<string, ActivityShares>;
	/** How such entries are cut, once for each activity. */
	cuts: Map<ActivityShares, Cut>;
};

/** What a cell of an entry says beside its amounts. */
export type CellPlace = {
	country: string | null;
	region: string | null;
	sector: string | null;
	countryBasis: string;
	sectorBasis: string;
};

/** By what amounts are cut, and what the cells are then called. */
export type Cut = { split: TwoWaySplit; places: CellPlace[] };

/** The cells of an entry in their order. Entries that are cut alike share their `places`. */
export type EntryCells = {
	places: readonly CellPlace[];
	amounts: readonly Decimal[];
	eur: readonly Decimal[] | null;
	usd: readonly Decimal[] | null;
};

/** An entry ready to be written; `entry_id` comes later. Columns as in `ledger_entry`. */
export type EntryRow = {
	entry: Record<string, unknown> & {
		reporting_organisation_id: string;
		activity_id: string;
		kind: string;
		entry_key: string;
		counting: Counting;
		fingerprint: string;
	};
	cells: EntryCells;
};

/** Everything that a newer file may change about a movement. Equal fingerprints: unchanged. */
export function fingerprintOf(record: LedgerEntryRecord): string {
	const names = Object.keys(record).filter(
		(name) => name !== 'place' && name !== 'kind'
	) as (keyof typeof record)[];
	return hashOf(names.sort().map((name) => [name, record[name]]));
}

function hashOf(content: unknown): string {
	return hash('sha256', JSON.stringify(content), 'hex').slice(0, 32);
}

/**
 * Turns a record into an entry with its conversion, counting and cells. The directory knows its organisations already.
 * Throws UnknownReferenceError naming the place.
 */
export function toEntryRow(setting: BatchSetting, record: LedgerEntryRecord, key: string): EntryRow {
	const { context, rates } = setting;
	const { directory } = context;
	const { activityId, projectId } = directory.knownActivity(record.activity, record.place);
	const agreementId =
		record.agreement === null ? null : directory.knownAgreement(record.agreement, record.place);
	const terms = agreementId === null ? undefined : setting.agreements.get(agreementId);
	const publisher = record.rateHint ?? terms?.ratePublisher ?? DEFAULT_PUBLISHER;
	// A series is one of the agreement's own publisher.
	const series = publisher === terms?.ratePublisher ? terms.rateSeries : null;
	const convert = (to: 'EUR' | 'USD') =>
		rates.convert({ amount: record.amount, currency: record.currency, to, publisher, series, valueDate });
	const valueDate = record.valueDate ?? record.dateFrom;
	const eur = convert('EUR');
	const usd = convert('USD');
	const used = [eur, usd].find((use) => use != null && use.validFrom !== null) ?? null;
	const ids = {
		reporter: directory.knownOrganisation(record.reporter, record.place),
		provider: record.provider === null ? null : directory.knownOrganisation(record.provider, record.place),
		receiver: record.receiver === null ? null : directory.knownOrganisation(record.receiver, record.place)
	};
	const period = enclose(record.dateFrom, record.dateTo ?? record.dateFrom);
	const entry: EntryRow['entry'] = {
		reporting_organisation_id: ids.reporter,
		entry_key: key,
		fingerprint: fingerprintOf(record),
		project_id: projectId,
		activity_id: activityId,
		kind: record.entryKind,
		returned: isReturned(setting, record, ids.reporter, ids.receiver, projectId, terms),
		counting: 'counted',
		basis: record.basis,
		state: record.state,
		date_from: record.dateFrom,
		date_to: record.dateTo ?? record.dateFrom,
		date_precision: record.dateFrom === null ? 'unknown' : record.datePrecision,
		period_from: period.periodFrom,
		period_to: period.periodTo,
		value_date: valueDate,
		amount: record.amount,
		currency: record.currency,
		amount_eur: eur?.amount ?? null,
		amount_usd: usd?.amount ?? null,
		// A publisher that the row itself names is kept also without a rate: one may be posted later.
		rate_publisher: used?.publisher ?? record.rateHint ?? null,
		rate_date: used?.validFrom ?? null,
		rate_eur: eur?.rate ?? null,
		rate_usd: usd?.rate ?? null,
		provider_id: ids.provider,
		receiver_id: ids.receiver,
		provider_activity: record.providerActivity,
		receiver_activity: record.receiverActivity,
		agreement_id: agreementId,
		budget_version: record.budgetVersion,
		heading: record.heading,
		objective_id: record.objective === null ? null : directory.knownObjective(record.objective, record.place),
		description: record.description,
		voucher: record.reference,
		exchange_difference: record.exchangeDifference,
		country_key: record.countryKey,
		sector_key: record.sectorKey,
		codes: record.codes ?? null,
		place: record.place
	};
	entry.counting = setting.rules.countingOf(entry);
	return { entry, cells: cellsOf(setting, record, entry) };
}

/**
 * Negative incoming funds, or a payment back to the organisation that funds. A reporter that is a funder itself gives
 * nothing back: what it pays to another funder is a payment like any other.
 */
function isReturned(
	{ funders }: EntrySetting,
	record: LedgerEntryRecord,
	reporterId: string,
	receiverId: string | null,
	projectId: string,
	terms?: AgreementTerms
): boolean {
	if (record.entryKind === '1') return sign(record.amount) < 0;
	if (record.entryKind !== '3' && record.entryKind !== '4') return false;
	if (receiverId === null) return false;
	if (terms?.funderId === receiverId) return true;
	const funding = funders.get(projectId);
	return funding !== undefined && funding.has(receiverId) && !funding.has(reporterId);
}

function cellsOf(setting: BatchSetting, record: LedgerEntryRecord, entry: EntryRow['entry']): EntryCells {
	const { split, places } = cutOf(
		setting,
		setting.activityShares.get(entry.activity_id) ?? NO_SHARES,
		record
	);
	const { amount, currency } = record;
	const amounts = cutTwoWays(split, { amount, currency });
	const like = (converted: unknown, to: 'EUR' | 'USD') => {
		if (converted === null) return null;
		// Cells in proportion to themselves are themselves.
		if (currency === to && converted === amount) return amounts;
		return spreadLike(
			converted as string,
			amounts.map((each) => ({ amount: each })),
			to
		);
	};
	return { places, amounts, eur: like(entry.amount_eur, 'EUR'), usd: like(entry.amount_usd, 'USD') };
}

const NO_SHARES: ActivityShares = { countries: [], sectors: [] };

function cutOf({ cuts }: BatchSetting, activity: ActivityShares, record: LedgerEntryRecord): Cut {
	if (record.countries.length > 0 || record.sectors.length > 0) return makeCut(activity, record);
	let cut = cuts.get(activity);
	if (!cut) cuts.set(activity, (cut = makeCut(activity, record)));
	return cut;
}

function makeCut(activity: ActivityShares, record: LedgerEntryRecord): Cut {
	const ownCountries = record.countries.length > 0;
	const ownSectors = record.sectors.length > 0;
	const countries = record.countries.map(({ country, region, percentage }) => ({
		code: country ?? region ?? null,
		percentage
	}));
	const split = splitTwoWays({
		countries: ownCountries ? named(countries) : activity.countries,
		sectors: ownSectors ? named(record.sectors) : activity.sectors
	});
	// An activity's percentages are a key, not a measurement of this entry.
	const countryBasis = ownCountries ? record.countryBasis : 'apportioned';
	const sectorBasis = ownSectors ? record.sectorBasis : 'apportioned';
	const places = split.cells.map(({ country, sector }) => ({
		...placeOf(country),
		sector,
		countryBasis: country === null ? 'unallocated' : countryBasis,
		sectorBasis: sector === null ? 'unallocated' : sectorBasis
	}));
	return { split, places };
}

/** A country has two letters, a region of the DAC's list digits. */
function placeOf(code: string | null): { country: string | null; region: string | null } {
	const isCountry = code !== null && COUNTRY.test(code);
	return { country: isCountry ? code : null, region: isCountry ? null : code };
}

function named(shares: readonly { code: string | null; percentage: string }[]): Share[] {
	return shares.flatMap(({ code, percentage }) => (code === null ? [] : [{ code, percentage }]));
}
