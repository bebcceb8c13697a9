import type { WrittenEntry } from '#lib/iati/write/content.ts';
import { add, percentOf, type Decimal } from '#lib/money/decimal.ts';
import type { ActivityEntry, EntryCell } from '#lib/server/ledger/activity-entries.ts';
import type { Slice } from '#lib/slice/slice.ts';

const WHOLE = '100';
const DIGITS = 8;

/**
 * An entry as it is written: with its own places and sectors where it has some, and a date as vague as it was stated. Of a
 * slice of cells these are the ones that it counts.
 * @param slice whose parts are told beside the amounts; null for a file of no slice
 */
export function toWritten(entry: ActivityEntry, slice: Slice | null): WrittenEntry {
	const { cells, ownPlaces, ownSectors, amount, amountInSlice, datePrecision, dateFrom } = entry;
	return {
		...entry,
		stated: entry.group === 2 && dateFrom !== null ? statedDate(dateFrom, datePrecision) : null,
		inSlice: slice === null ? null : { amount: amountInSlice, currency: slice.currency },
		places: ownPlaces
			? sharesOf(cells!, amount, ([country, region]) =>
					country === null && region === null ? null : { country, region }
				)
			: [],
		sectors: ownSectors ? sharesOf(cells!, amount, ([, , code]) => (code === null ? null : { code })) : []
	};
}

function statedDate(dateFrom: string, precision: string): string | null {
	if (precision === 'year') return dateFrom.slice(0, 4);
	return precision === 'month' ? dateFrom.slice(0, 7) : null;
}

/** Shares in per cent of what cells add up to, by what they say; what says nothing is left out. */
function sharesOf<T extends object>(
	cells: readonly EntryCell[],
	total: Decimal,
	nameOf: (cell: EntryCell) => T | null
): (T & { percentage: Decimal })[] {
	const sums = new Map<string, { named: T; amount: Decimal }>();
	let isWhole = true;
	for (const cell of cells) {
		const named = nameOf(cell);
		if (named === null) {
			isWhole = false;
			continue;
		}
		const key = JSON.stringify(named);
		const before = sums.get(key);
		sums.set(key, { named, amount: before === undefined ? cell[3] : add(before.amount, cell[3]) });
	}
	if (sums.size === 1 && isWhole)
		return [...sums.values()].map(({ named }) => ({ ...named, percentage: WHOLE }));
	return [...sums.values()].map(({ named, amount }) => ({
		...named,
		// Of nothing, each has an equal part.
		percentage: plain(percentOf(amount, total, DIGITS) ?? percentOf('1', String(sums.size), DIGITS)!)
	}));
}

function plain(decimal: Decimal): Decimal {
	return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
