import type {
	IatiActivityRecord,
	IatiResultRecord,
	LedgerEntryRecord,
	Texts
} from '#lib/server/intake/record.ts';
import { add, compare, percentOf } from '#lib/money/decimal.ts';
import { PUBLISHER } from './iati-export.ts';
import type { ReadFile } from './iati-files.ts';
import { withoutZeros } from './ledger-slices.ts';

/**
 * What the books keep of a file of IATI, line by line and in an order of its own, so that what was read can be held
 * against what was written. Left out: who reports (the publisher of the written file), and what organisations are called,
 * which is one name for all files.
 */
export function contentOf({ records }: ReadFile): string[] {
	const held = new Set(
		records.flatMap((record) => (record.kind === 'iati_activity' ? ours(record.key) : []))
	);
	return records
		.flatMap((record): string[] => {
			switch (record.kind) {
				case 'iati_activity':
					return activityLines(record, held);
				case 'iati_result':
					return [line(ours(record.activity), 'result', resultOf(record))];
				case 'ledger_entry':
					return [line(ours(record.activity), record.entryKind, entryOf(record))];
				default:
					return [];
			}
		})
		.sort();
}

const ours = (key: string) => (key.startsWith(`${PUBLISHER}-`) ? key : `${PUBLISHER}-${key}`);
const line = (...parts: unknown[]) => JSON.stringify(parts);
/** Once each, whatever the order: the books hold no second of a kind. */
const each = (items: readonly unknown[]) =>
	[...new Set(items.map((item) => JSON.stringify(sorted(item))))].sort();

function activityLines(record: IatiActivityRecord, held: ReadonlySet<string>): string[] {
	const {
		kind: _kind,
		place: _place,
		version: _version,
		reporter: _reporter,
		secondaryReporter: _secondary,
		...rest
	} = record;
	const {
		key,
		related,
		participations,
		countries,
		regions,
		sectors,
		policyMarkers,
		locations,
		documents,
		further,
		...plain
	} = rest;
	const { otherIdentifiers, descriptions, lastUpdated, vocabularies, ...others } = (further ?? {}) as {
		otherIdentifiers?: { type: string | null; ownerName: unknown }[];
		descriptions?: unknown[];
		lastUpdated?: string;
		vocabularies?: { vocabulary: string }[];
	};
	const { humanitarianScopes = [], tags = [] } = others as Record<string, { vocabulary: string }[]>;
	const named = new Set(
		[...regions, ...sectors, ...policyMarkers, ...humanitarianScopes, ...tags].map(
			({ vocabulary }) => vocabulary
		)
	);
	const parts: Record<string, unknown> = {
		...plain,
		related: each(
			related.map(({ type, key: other }) => ({ type, key: held.has(ours(other)) ? ours(other) : other }))
		),
		roles: participations.length === 0 ? [] : [...new Set(participations.map(({ role }) => role))].sort(),
		countries: shares(countries.map(({ country, ...share }) => ({ code: country, ...share }))),
		regions: shares(regions.map(({ text: _text, ...share }) => share)),
		sectors: shares(sectors),
		policyMarkers: first(policyMarkers),
		// Of the names of a place one is kept, and its codes by kind.
		locations: locations.map(({ name: _name, codes, ...location }) => ({ ...location, codes: each(codes) })),
		documents,
		others,
		// One of a code that could not be read is of nothing.
		vocabularies: each((vocabularies ?? []).filter(({ vocabulary }) => named.has(vocabulary))),
		descriptions: each(descriptions ?? []),
		otherIdentifiers: (otherIdentifiers ?? []).map(({ ownerName, ...identifier }) => ({
			...identifier,
			ownerName: textOf(ownerName)
		})),
		lastUpdated:
			lastUpdated !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(lastUpdated) ? lastUpdated : null
	};
	return Object.entries(parts).map(([name, value]) => line(ours(key), name, sorted(value)));
}

function textOf(value: unknown): unknown {
	return value !== null && typeof value === 'object' ? Object.values(value as Texts)[0] : value;
}

/** The books add shares of one code, and keep the first of its texts. */
function shares(all: readonly { vocabulary?: string; code: string; percentage: string | null }[]): unknown {
	const byCode = new Map<string, { percentage: string | null }>();
	for (const share of all) {
		const name = `${share.vocabulary ?? ''} ${share.code}`;
		const before = byCode.get(name);
		const sum =
			before === undefined || before.percentage === null || share.percentage === null
				? (before?.percentage ?? share.percentage)
				: add(before.percentage, share.percentage);
		byCode.set(name, { ...(before ?? share), percentage: sum });
	}
	return each(
		[...byCode.values()].map((share) => ({
			...share,
			percentage:
				share.percentage !== null && isPercentage(share.percentage) ? withoutZeros(share.percentage) : null
		}))
	);
}

const isPercentage = (decimal: string) => !decimal.startsWith('-') && compare(decimal, '100') <= 0;

function first(all: readonly { vocabulary: string; code: string }[]): unknown {
	const byCode = new Map<string, unknown>();
	for (const marker of all) {
		const name = `${marker.vocabulary} ${marker.code}`;
		if (!byCode.has(name)) byCode.set(name, marker);
	}
	return each([...byCode.values()]);
}

const MEASURES = ['1', '2', '3', '4', '5'];

function resultOf({
	number,
	type,
	aggregationStatus,
	title,
	description,
	indicators
}: IatiResultRecord): unknown {
	return sorted({
		number,
		type,
		aggregationStatus,
		title,
		description,
		indicators: indicators.map((indicator) => ({
			...indicator,
			measure: MEASURES.includes(indicator.measure ?? '') ? indicator.measure : '1'
		}))
	});
}

function entryOf(record: LedgerEntryRecord): unknown {
	const {
		reference,
		dateFrom,
		dateTo,
		datePrecision,
		valueDate,
		amount,
		currency,
		budgetVersion,
		description
	} = record;
	const { providerActivity, receiverActivity, codes, countries, sectors } = record;
	const places = countries.map(({ country, region, percentage }) => ({
		code: country ?? region,
		percentage
	}));
	return sorted({
		reference,
		dates: [dateFrom, dateTo, datePrecision, valueDate ?? dateFrom],
		value: [withoutZeros(amount), currency],
		budgetVersion,
		description,
		providerActivity,
		receiverActivity,
		codes,
		// Percentages are worked out of the amounts again: as near as these are.
		places: places.length > 1 ? each(places.map(({ code }) => code)) : places.map(({ code }) => code),
		sectors: each(sectors.map(({ code }) => code)),
		whole: sectors.length === 1 ? percentOf(sectors[0]!.percentage, '100', 0) : null
	});
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, part]) => part !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, part]) => [name, sorted(part)])
	);
}
