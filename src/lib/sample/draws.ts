/** SHA-256 of a text in UTF-8 as 64 hexadecimal digits; handed in, because a pure folder knows no system. */
export type Digest = (text: string) => string;

/** Random numbers that are the same for the same seed on every machine, one after the other. */
export type Draws = {
	/** A whole number from 0 to `limit` - 1, each as likely as any other. */
	below(limit: bigint): bigint;
};

const RANGE = 1n << 256n;

/**
 * The k-th number is the SHA-256 of the text `seed,k`, k = 1, 2, 3, and so on, read as a whole number of 256 bits. One that
 * would favour small remainders is passed over; of any other the remainder by `limit` is drawn.
 */
export function createDraws(seed: string, digest: Digest): Draws {
	let counter = 0;
	return {
		below(limit) {
			if (limit <= 0n) throw new RangeError('there is nothing to draw from');
			const fair = RANGE - (RANGE % limit);
			for (;;) {
				counter += 1;
				const number = BigInt(`0x${digest(`${seed},${counter}`)}`);
				if (number < fair) return number % limit;
			}
		}
	};
}

/** `size` different whole numbers from 0 to `count` - 1, each with its place among the draws, from 1; all where there are no more. */
export function drawDifferent(draws: Draws, size: number, count: number): Map<number, number> {
	const drawn = new Map<number, number>();
	if (size >= count) {
		for (let index = 0; index < count; index++) drawn.set(index, index + 1);
		return drawn;
	}
	while (drawn.size < size) {
		const index = Number(draws.below(BigInt(count)));
		if (!drawn.has(index)) drawn.set(index, drawn.size + 1);
	}
	return drawn;
}
