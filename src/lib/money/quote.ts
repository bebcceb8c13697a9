import { compare, divideHalfEven, multiply, roundHalfEven, scaleOf, type Decimal } from './decimal.ts';

/** What one unit of a currency costs in another: `{ base: 'USD', quoted: 'EUR', units: '0.9093' }` is 1 USD = 0.9093 EUR. */
export type Quote = { base: 'EUR' | 'USD'; quoted: 'EUR' | 'USD'; units: Decimal };

/** Rates that were worked out are kept to 12 places: two less undo what that lost. */
const PLACES = 10;
const CENTS = 2;

/**
 * The rate between euro and dollar behind an entry, the way round that its publisher quotes it: in fewer places.
 * @param perEur units of the booked currency for one euro
 * @param perUsd the same for one dollar
 */
export function quoteOf(perEur: Decimal, perUsd: Decimal): Quote {
	const eurPerUsd = trimmed(divideHalfEven(perUsd, perEur, PLACES));
	const usdPerEur = trimmed(divideHalfEven(perEur, perUsd, PLACES));
	return scaleOf(eurPerUsd) < scaleOf(usdPerEur)
		? { base: 'USD', quoted: 'EUR', units: eurPerUsd }
		: { base: 'EUR', quoted: 'USD', units: usdPerEur };
}

/** An amount in euro as dollars, to the cent, rounded once, half to even. */
export function dollarsAt(euro: Decimal, { base, units }: Quote): Decimal {
	return base === 'USD' ? divideHalfEven(euro, units, CENTS) : roundHalfEven(multiply(euro, units), CENTS);
}

function trimmed(value: Decimal): Decimal {
	let places = scaleOf(value);
	while (places > 0 && compare(roundHalfEven(value, places - 1), value) === 0) places -= 1;
	return roundHalfEven(value, places);
}
