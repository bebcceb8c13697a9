import { compare } from '#lib/money/decimal.ts';
import type { CountriesMoney, CountryLine } from '#lib/server/page/countries.ts';
import type { MapMeasure } from '#lib/slice/view.ts';

export const COUNTRY_SORTS = [
	'name',
	'launch',
	'activities',
	'participants',
	'results',
	'spent',
	'budget'
] as const;
export type CountrySort = (typeof COUNTRY_SORTS)[number];
export type Order = { column: CountrySort; descending: boolean };

/** The order of a table until another is asked for: what the map shows, the largest first. */
export function usualOrder(measure: MapMeasure): Order {
	return { column: measure, descending: true };
}

type Line = Pick<CountryLine, 'code' | 'name'> & Partial<CountryLine>;

/** Countries in the order asked for. What is not published stands last either way, and the same values go by name. */
export function orderCountries<L extends Line>(
	lines: readonly L[],
	order: Order,
	money: CountriesMoney | null
): L[] {
	const byName = (a: L, b: L) => a.name.localeCompare(b.name);
	const { column, descending } = order;
	if (column === 'name') return lines.toSorted((a, b) => (descending ? byName(b, a) : byName(a, b)));
	return lines.toSorted((a, b) => {
		const byValue = compareValues(valueOf(a, column, money), valueOf(b, column, money), descending);
		return byValue === 0 ? byName(a, b) : byValue;
	});
}

type Value = { amount: string } | number | string | null;

function valueOf(line: Line, column: Exclude<CountrySort, 'name'>, money: CountriesMoney | null): Value {
	switch (column) {
		case 'launch':
			return line.launch_date ?? null;
		case 'activities':
			return line.activities ?? null;
		case 'participants':
			return line.participants?.participants ?? null;
		case 'results':
			return line.results ?? null;
		default: {
			const amount = money?.[column].of.get(line.code)?.amount ?? null;
			return amount === null ? null : { amount };
		}
	}
}

function compareValues(a: Value, b: Value, descending: boolean): number {
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	const rising =
		typeof a === 'object' && typeof b === 'object'
			? compare(a.amount, b.amount)
			: a === b
				? 0
				: a < b
					? -1
					: 1;
	return descending ? -rising : rising;
}
