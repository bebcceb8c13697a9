import { add, compare, divideHalfEven, subtract, type Decimal } from '#lib/money/decimal.ts';
import type { XmlElement } from '../xml.ts';
import { NO_SHARES, type EntryCodes, type ReadEntry } from './entry.ts';
import type { Scope } from './scope.ts';
import { readPlaces, readSectors, type CodeShare } from './shares.ts';

const DAC = '1';
const WHOLE = '100';
/** What a sum may be over 100 and still be meant as 100. */
const MOST = '100.1';

/** A transaction's own DAC sectors, and those of other vocabularies among its codes. */
export function readOwnSectors(
	elements: readonly XmlElement[] | undefined,
	owner: XmlElement,
	codes: EntryCodes,
	scope: Scope
): ReadEntry['sectors'] {
	if (elements === undefined) return NO_SHARES;
	const all = readSectors(elements, scope);
	const dac = all.filter(isDacSector);
	if (dac.length < all.length) codes.sectors = all.filter((sector) => !isDacSector(sector));
	return completed(
		dac.map(({ code, percentage }) => ({ code, percentage })),
		'sectors',
		owner,
		scope
	);
}

/** A transaction's own country or DAC region. Beside a country, a region cuts nothing: the country says where. */
export function readOwnPlaces(
	countryElements: readonly XmlElement[] | undefined,
	regionElements: readonly XmlElement[] | undefined,
	owner: XmlElement,
	codes: EntryCodes,
	scope: Scope
): ReadEntry['places'] {
	if (countryElements === undefined && regionElements === undefined) return NO_SHARES;
	const { countries, regions } = readPlaces(countryElements ?? [], regionElements ?? [], scope);
	const cuts = ({ vocabulary }: CodeShare) => countries.length === 0 && vocabulary === DAC;
	const cutting = regions.filter(cuts);
	if (cutting.length < regions.length) codes.regions = regions.filter((region) => !cuts(region));
	const places = [
		...countries.map(({ country, percentage }) => ({ country, region: null, percentage })),
		...cutting.map(({ code, percentage }) => ({ country: null, region: code, percentage }))
	];
	return completed(places, 'countries', owner, scope);
}

function isDacSector({ vocabulary, code }: CodeShare): boolean {
	return vocabulary === DAC && code.length === 5;
}

/**
 * Each share with a percentage: the one given, else an equal part of what the others leave. Shares of more than the whole
 * are no shares: all of it stays unallocated.
 */
function completed<T extends { percentage: Decimal | null }>(
	shares: readonly T[],
	what: string,
	owner: XmlElement,
	{ notes }: Scope
): (T & { percentage: Decimal })[] {
	if (shares.length === 1 && shares[0]!.percentage === null) return [{ ...shares[0]!, percentage: WHOLE }];
	let stated: Decimal = '0';
	for (const { percentage } of shares) {
		if (percentage?.startsWith('-')) {
			notes.warn('share-negative', owner, `${what}: ${percentage}`, 'read as not stated');
			return [];
		}
		stated = add(stated, percentage ?? '0');
	}
	if (compare(stated, MOST) > 0) {
		notes.warn('shares-above-100', owner, `${what}: ${stated}`, 'read as not stated');
		return [];
	}
	const open = shares.filter(({ percentage }) => percentage === null).length;
	const left = compare(stated, WHOLE) < 0 ? subtract(WHOLE, stated) : '0';
	const each = open === 0 ? '0' : divideHalfEven(left, String(open), 6);
	return shares.map((share) => ({ ...share, percentage: share.percentage ?? each }));
}
