import { compare } from '#lib/money/decimal.ts';
import { isAmount, type BarPoint } from './chart-data.ts';

/** Largest amount first, then those without an amount, last the unallocated part; ties stay as they came. */
export function sortBars(points: BarPoint[]): BarPoint[] {
	const place = (point: BarPoint) => (point.rest ? 2 : isAmount(point.amount) ? 0 : 1);
	return points.toSorted((a, b) => {
		if (place(a) !== place(b)) return place(a) - place(b);
		return isAmount(a.amount) && isAmount(b.amount) ? compare(b.amount.value, a.amount.value) : 0;
	});
}
