import type { Decimal } from '#lib/money/decimal.ts';

/** Money while it is being made up: whole cents, exact. */
export type Cents = bigint;

/** `1234.50` as 123450. Takes at most two decimals. */
export function toCents(amount: Decimal): Cents {
	const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
	const cents = BigInt(whole + fraction.padEnd(2, '0'));
	return amount.startsWith('-') ? -cents : cents;
}

/** 123450 as `1234.50`. */
export function fromCents(cents: Cents): Decimal {
	const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
	return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Shares of a whole by weight: largest remainder first, ties in order. They add up to the whole exactly. */
export function spread(whole: bigint, weights: readonly number[]): bigint[] {
	// eslint-disable-next-line house/no-float-money -- weights are proportions of the generator, not amounts
	const units = weights.map((weight) => BigInt(Math.round(weight * 1_000_000)));
	const sum = total(units);
	if (sum <= 0n) throw new RangeError('weights must add up to more than zero');
	const parts = units.map((unit) => (whole * unit) / sum);
	const remainders = units.map((unit, index) => ({ index, rest: (whole * unit) % sum }));
	remainders.sort((one, other) =>
		one.rest === other.rest ? one.index - other.index : one.rest > other.rest ? -1 : 1
	);
	for (let left = whole - total(parts), at = 0; left > 0n; left -= 1n, at += 1)
		parts[remainders[at]!.index]! += 1n;
	return parts;
}

/** Seven per cent, rounded half to even to the cent: the indirect costs of a sum of direct costs. */
export function sevenPerCent(direct: Cents): Cents {
	const sign = direct < 0n ? -1n : 1n;
	const numerator = direct * 7n * sign;
	const rest = numerator % 100n;
	const up = rest > 50n || (rest === 50n && (numerator / 100n) % 2n === 1n);
	return sign * (numerator / 100n + (up ? 1n : 0n));
}

/** Rounded up to a multiple of `step`. */
export function upTo(cents: Cents, step: Cents): Cents {
	return ((cents + step - 1n) / step) * step;
}

export function total(amounts: Iterable<bigint>): bigint {
	let sum = 0n;
	for (const amount of amounts) sum += amount;
	return sum;
}
