import { compare, type Decimal } from '#lib/money/decimal.ts';
import type { View } from '#lib/slice/view.ts';
import { readSort } from './sort.ts';
import type { MeasuredPart } from './spending.ts';

/** What the parts of a cut can be put in order by. */
const PART_SORTS = ['name', 'budget', 'spent', 'share', 'gap'] as const;
export type PartColumn = (typeof PART_SORTS)[number];
export type PartSort = { column: PartColumn; descending: boolean };

/** The order that an address asks the parts of a cut for; the largest first as a rule. Answers 400 naming `sort`. */
export const readPartSort = (view: Pick<View, 'sort'>): PartSort =>
	readSort(view, PART_SORTS, { column: 'spent', descending: true });

/** In order, ties by name. What is not published stands after what is, and the part left over last, either way. */
export function sortParts(parts: readonly MeasuredPart[], { column, descending }: PartSort): MeasuredPart[] {
	const byName = (a: MeasuredPart, b: MeasuredPart) => a.label.localeCompare(b.label);
	return parts.toSorted((a, b) => {
		if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
		if (column === 'name') return descending ? byName(b, a) : byName(a, b);
		const [x, y] = [valueOf(a, column), valueOf(b, column)];
		if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
		return compare(x, y) * (descending ? -1 : 1) || byName(a, b);
	});
}

function valueOf(part: MeasuredPart, column: Exclude<PartColumn, 'name'>): Decimal | null {
	if (column === 'share' || column === 'gap') return part[column];
	return part[column]?.amount ?? null;
}
