import { scaleOf, sign, type Decimal } from '#lib/money/decimal.ts';
import { fromUnits, toUnits } from '#lib/money/scaled.ts';
import type { Item } from './item.ts';

/** Items of one sign and their sum. */
type Part = { items: number; amount: Decimal };

/** What a sample needs to know of its whole population before it can be drawn. */
export type Survey = {
	items: number;
	/** Items by stratum, in the order in which they come. */
	strata: Map<string, number>;
	/** Digits after the point of the finest amount: one unit is the last of them. */
	scale: number;
	/** Sum of the items above zero, in units. */
	total: bigint;
	positive: Part;
	negative: Part;
	zero: number;
	/** Items without a rate to the currency. */
	withoutRate: number;
	/** The largest amounts in units, from the largest down, as many as were asked for. */
	largest: bigint[];
	/** Items above zero of at least the least amount asked for, with their sum in units. */
	atLeast: { items: number; total: bigint };
};

type Asked = {
	/** How many of the largest amounts are kept. */
	largest: number;
	/** An amount from which on items are counted; null for none. */
	least: Decimal | null;
};

/** Looks at a population item by item. What it keeps does not grow with the population, only with its strata. */
export function createSurvey({ largest, least }: Asked): { add(item: Item): void; result(): Survey } {
	const strata = new Map<string, number>();
	let scale = least === null ? 0 : scaleOf(least);
	let items = 0;
	let positive = 0;
	let negative = 0;
	let zero = 0;
	let withoutRate = 0;
	let above = 0n;
	let below = 0n;
	let kept: bigint[] = [];
	let whole = 0;
	let wholeTotal = 0n;
	let leastUnits = least === null ? null : toUnits(least, scale);

	function refine(finer: number): void {
		const factor = 10n ** BigInt(finer - scale);
		scale = finer;
		above *= factor;
		below *= factor;
		wholeTotal *= factor;
		kept = kept.map((units) => units * factor);
		if (leastUnits !== null) leastUnits *= factor;
	}

	function addPositive(units: bigint): void {
		positive += 1;
		above += units;
		if (leastUnits !== null && units >= leastUnits) {
			whole += 1;
			wholeTotal += units;
		}
		if (largest === 0) return;
		kept.push(units);
		if (kept.length >= 2 * largest + 100) kept = largestOf(kept, largest);
	}

	return {
		add({ amount, stratum }) {
			items += 1;
			strata.set(stratum, (strata.get(stratum) ?? 0) + 1);
			if (amount === null) {
				withoutRate += 1;
				return;
			}
			const finer = scaleOf(amount);
			if (finer > scale) refine(finer);
			const units = toUnits(amount, scale);
			const direction = sign(amount);
			if (direction > 0) addPositive(units);
			else if (direction === 0) zero += 1;
			else {
				negative += 1;
				below += units;
			}
		},
		result: () => ({
			items,
			strata,
			scale,
			total: above,
			positive: { items: positive, amount: fromUnits(above, scale) },
			negative: { items: negative, amount: fromUnits(below, scale) },
			zero,
			withoutRate,
			largest: largestOf(kept, largest),
			atLeast: { items: whole, total: wholeTotal }
		})
	};
}

function largestOf(units: readonly bigint[], count: number): bigint[] {
	return [...units].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)).slice(0, count);
}
