import type { Cell } from '#lib/chart/chart-data.ts';
import { moneyCell } from '#lib/figure/chart-cell.ts';
import { figureOf } from '#lib/figure/figure-value.ts';
import type { Origin } from '#lib/figure/origin.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Slice, Sum } from '#lib/slice/slice.ts';

/**
 * What was spent or budgeted in one part of a cut, opening as the slice of that part. Without an entry the cell says so, or
 * for the part that is left over that there is none.
 */
export function partCell(
	sum: Sum | null,
	slice: Slice,
	proof: (origin: Origin) => string,
	leftOver: boolean
): Cell {
	const missing = leftOver
		? m.overview_nothing_left_over()
		: slice.nature === 'demonstration'
			? m.layout_no_demonstration_entries()
			: m.layout_not_published();
	return moneyCell(sum && figureOf(sum, slice.currency), { kind: 'slice', slice }, proof, missing);
}
