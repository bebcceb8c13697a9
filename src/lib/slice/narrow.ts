import { kindsOf, measureOfKind } from './measure.ts';
import { joinValues, MOST_VALUES, NONE } from './parameter.ts';
import { BUCKET_UNITS, firstDay, lastDay } from './period.ts';
import type { Dimension, Kind, Slice } from './slice.ts';

/**
 * The slice that one row of a breakdown opens as: what the slice asks for and this key of a dimension. Null where a slice has
 * no field left for it: a second organisation, or the kinds that make up money returned.
 */
export function narrowBy(slice: Slice, dimension: Dimension, key: string | null): Slice | null {
	switch (dimension) {
		case 'kind':
			return narrowByKind(slice, key);
		case 'booked_currency':
			return { ...slice, booked: key };
		case 'provider':
		case 'reporter':
			if (slice.organisation !== null && slice.part !== dimension) return null;
			return { ...slice, organisation: key ?? NONE, part: dimension };
		case 'receiver':
			return slice.organisation === null || slice.part === 'receiver'
				? { ...slice, organisation: key ?? NONE, part: 'receiver' }
				: { ...slice, receiver: key ?? NONE };
		case 'year':
		case 'quarter':
		case 'month': {
			if (key === null) return { ...slice, undated: coarser(slice.undated, dimension) };
			const from = firstDay(key);
			const to = lastDay(key);
			return {
				...slice,
				from: slice.from !== null && slice.from > from ? slice.from : from,
				to: slice.to !== null && slice.to < to ? slice.to : to
			};
		}
		default:
			return { ...slice, [dimension]: key ?? NONE };
	}
}

/** Cuts whose field of a slice holds several keys. */
const SEVERAL: readonly Dimension[] = [
	'activity',
	'country',
	'sector',
	'provider',
	'receiver',
	'reporter',
	'booked_currency'
];

/**
 * The slice that several rows of a breakdown are together, no more and no less. Null where a slice can hold one key only, or
 * not so many.
 */
export function narrowByAll(slice: Slice, dimension: Dimension, keys: readonly string[]): Slice | null {
	if (keys.length === 0 || keys.length > MOST_VALUES || !SEVERAL.includes(dimension)) return null;
	return narrowBy(slice, dimension, joinValues(keys));
}

/** Whether every row of a breakdown by a dimension opens as a slice. */
export function canNarrowBy(slice: Slice, dimension: Dimension): boolean {
	if (dimension === 'kind') return kindsOf(slice.measure).every((kind) => narrowByKind(slice, kind) !== null);
	return narrowBy(slice, dimension, null) !== null;
}

/** A slice has no kind of its own: a measure of that kind alone is the same question. */
function narrowByKind(slice: Slice, kind: string | null): Slice | null {
	if (kindsOf(slice.measure).length === 1) return slice;
	const isPlain = slice.measure === 'spent' && kindsOf(slice.measure).some((one) => one === kind);
	return isPlain ? { ...slice, measure: measureOfKind(kind as Kind) } : null;
}

/** What lies in no year lies in no month either. */
function coarser(a: Slice['undated'], b: NonNullable<Slice['undated']>): NonNullable<Slice['undated']> {
	return a !== null && BUCKET_UNITS.indexOf(a) < BUCKET_UNITS.indexOf(b) ? a : b;
}
