import { add, negate, type Decimal } from '#lib/money/decimal.ts';
import type { Flow } from '#lib/slice/flow.ts';

/** What flows into a node less what flows out of it; zero for every node on the way. */
export function imbalanceOf({ links }: Flow, id: string): Decimal {
	return links.reduce<Decimal>((left, { from, to, amount }) => {
		if (amount === null || from === to) return left;
		if (to === id) return add(left, amount);
		return from === id ? add(left, negate(amount)) : left;
	}, '0');
}
