import fc from 'fast-check';

/** A decimal as a whole number over a power of ten: the oracle that arithmetic on text is held against. */
export type Fraction = { units: bigint; scale: number };

/** Plain notation of a fraction, written digit by digit and by no code of the application. */
export function toText({ units, scale }: Fraction): string {
	let digits = (units < 0n ? -units : units).toString();
	while (digits.length <= scale) digits = `0${digits}`;
	const whole = digits.slice(0, digits.length - scale);
	const fraction = digits.slice(digits.length - scale);
	return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${fraction}`}`;
}

/** The fraction that a plain notation stands for. */
export function toFraction(text: string): Fraction {
	const [whole = '', fraction = ''] = text.split('.');
	return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** Nearest whole number to a quotient, ties to the even one, found by comparing both neighbours. */
export function nearestEven(numerator: bigint, denominator: bigint): bigint {
	if (denominator < 0n) return nearestEven(-numerator, -denominator);
	let below = numerator / denominator;
	if (below * denominator > numerator) below -= 1n;
	const above = below + 1n;
	const toBelow = numerator - below * denominator;
	const toAbove = above * denominator - numerator;
	if (toBelow !== toAbove) return toBelow < toAbove ? below : above;
	return below % 2n === 0n ? below : above;
}

/** Fractions of every size and sign, ties and powers of ten among them. */
export const fractions: fc.Arbitrary<Fraction> = fc.record({
	units: fc.oneof(
		fc.bigInt({ min: -1_000n, max: 1_000n }),
		fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
		fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
		fc.integer({ min: 0, max: 30 }).map((power) => 5n * 10n ** BigInt(power))
	),
	scale: fc.integer({ min: 0, max: 12 })
});

/** Amounts as texts. */
export const decimals: fc.Arbitrary<string> = fractions.map(toText);
