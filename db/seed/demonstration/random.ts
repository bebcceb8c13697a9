/** Random numbers that are the same for the same seed on every machine: 32-bit integer arithmetic only. */
export type Random = {
	/** At least 0 and below 1. */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	integer(low: number, high: number): number;
	chance(probability: number): boolean;
	pick<Item>(items: readonly Item[]): Item;
};

/** A 32-bit xorshift generator (Marsaglia, 2003). The seed must not be 0. */
export function createRandom(seed: number): Random {
	let state = seed | 0;
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 4_294_967_296;
	};
	const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	return {
		next,
		integer,
		chance: (probability) => next() < probability,
		pick: (items) => items[integer(0, items.length - 1)]!
	};
}
