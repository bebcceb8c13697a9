import { distribute } from '#lib/money/split.ts';

export type Stratum = { stratum: string; items: number; drawn: number };

/**
 * How many items are drawn from each stratum: one from each, and the rest in proportion to the items that are left in
 * each, by the largest remainder, ties to the earlier stratum. They add up to the size; where that is less than the
 * number of strata, or more than all items, to that number.
 */
export function allocate(size: number, strata: ReadonlyMap<string, number>): Stratum[] {
	const counts = [...strata];
	const left = counts.map(([, items]) => BigInt(items - 1));
	const all = left.reduce((sum, items) => sum + items, 0n);
	const wanted = BigInt(Math.max(0, size - counts.length));
	const more = all === 0n ? left : distribute(wanted < all ? wanted : all, left, all);
	return counts.map(([stratum, items], index) => ({ stratum, items, drawn: 1 + Number(more[index]) }));
}
