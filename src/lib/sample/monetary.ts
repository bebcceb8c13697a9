import type { Decimal } from '#lib/money/decimal.ts';
import { fromUnits, toUnits } from '#lib/money/scaled.ts';
import type { Draws } from './draws.ts';
import type { Survey } from './survey.ts';

/**
 * Selection by units of money: large items whole, of all others those that hold one of the chosen units of their cumulated
 * amounts. The unit with the number j (from 0) is floor((start + j x span) / count); all in units of the finest amount.
 */
export type Monetary = {
	scale: number;
	/** Items of count x amount >= span are taken whole. */
	count: bigint;
	span: bigint;
	start: bigint;
	/** How many units are chosen. */
	hits: bigint;
	/** Items taken whole, and the sum of all others that could be chosen. */
	top: number;
	rest: bigint;
};

/**
 * As many items as the size asks for. From the largest down, an item is taken whole as long as it is no less than what is
 * left of the total divided by what is left of the size; the others are chosen at equal distances from a start by chance.
 */
export function monetaryBySize(size: number, { total, largest, scale }: Survey, draws: Draws): Monetary {
	let rest = total;
	let left = BigInt(Math.min(size, largest.length));
	let top = 0;
	while (left > 0n && largest[top]! * left >= rest) {
		rest -= largest[top]!;
		left -= 1n;
		top += 1;
	}
	if (left === 0n) {
		// What is no smaller than the smallest of them is one of them: nothing else is left to choose from.
		const least = top === 0 ? 1n : largest[top - 1]!;
		return { scale, count: 1n, span: least, start: 0n, hits: 0n, top, rest };
	}
	return { scale, count: left, span: rest, start: draws.below(rest), hits: left, top, rest };
}

/** Every item of the interval or more, and of the others one at each interval from a start by chance. */
export function monetaryByInterval(
	interval: Decimal,
	{ total, scale, atLeast }: Survey,
	draws: Draws
): Monetary {
	const span = toUnits(interval, scale);
	const rest = total - atLeast.total;
	const start = draws.below(span);
	const hits = rest > start ? (rest - 1n - start) / span + 1n : 0n;
	return { scale, count: 1n, span, start, hits, top: atLeast.items, rest };
}

/** Walks through the items in order and tells which are chosen: whole, or for the unit of money named. */
export function createWalk({
	scale,
	count,
	span,
	start,
	hits
}: Monetary): (amount: Decimal | null) => Unit | null {
	let before = 0n;
	let next = 0n;
	return (amount) => {
		if (amount === null) return null;
		const units = toUnits(amount, scale);
		if (units <= 0n) return null;
		if (units * count >= span) return { how: 'top', at: '' };
		before += units;
		if (next === hits) return null;
		const unit = (start + next * span) / count;
		if (unit >= before) return null;
		next += 1n;
		return { how: 'unit', at: fromUnits(unit + 1n, scale) };
	};
}

/** `at`: the chosen unit in the cumulated amounts of all items but those taken whole, as money. */
type Unit = { how: 'top' | 'unit'; at: string };
