import { valuesOf } from './parameter.ts';
import type { Slice } from './slice.ts';

/** Fields that may hold several values, any of which matches. Their values hold no comma. */
const LISTS: readonly (keyof Slice)[] = [
	'activity',
	'country',
	'organisation',
	'receiver',
	'sector',
	'booked'
];

/** The values that a slice restricts a field to; none where it does not. */
export function valuesIn(slice: Slice, field: keyof Slice): string[] {
	const value = slice[field];
	return value !== null && LISTS.includes(field) ? valuesOf(value) : value === null ? [] : [value];
}
