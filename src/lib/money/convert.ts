import { minorUnit } from './currency.ts';
import { DecimalError, scaleOf, sign } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { divideUnitsHalfEven, fromUnits, toUnits } from './scaled.ts';

/** A row of a rate publisher: how many units of the currency one euro and one US dollar buy, where it says so. */
export type Rate = { currency: string; units_per_eur: Decimal | null; units_per_usd: Decimal | null };

export type Converted = {
	/** Rounded once, half to even, to the minor unit of the target; as booked where nothing was converted. */
	amount: Decimal;
	/** Units of the booked currency per unit of the target, as published, or to 12 places where it was worked out. */
	rate: Decimal;
	/** The currency that both rates are quoted in; `null` where booked and target are the same. */
	through: 'EUR' | 'USD' | null;
};

const CROSS_PLACES = 12;
const CROSS_UNIT = 10n ** 12n;

/**
 * Converts a booked amount. Pass the publisher's row for the booked currency and the one for the target (EUR and USD
 * need none where the other row is quoted in them). A rate quoted in the target itself comes first, then one quoted in
 * the booked currency, then the cross rate through euro, then through dollar. `null` where the rows allow none:
 * the amount stays unconverted.
 */
export function convert(input: {
	amount: Decimal;
	currency: string;
	to: string;
	rates: { booked: Rate | null; target: Rate | null };
}): Converted | null {
	const { amount, currency, to, rates } = input;
	// Validates the amount also where nothing is to be done.
	const scale = scaleOf(amount);
	if (currency === to) return { amount, rate: '1', through: null };

	for (const through of pivots(currency, to)) {
		const perBooked = unitsPer(through, currency, rates.booked);
		const perTarget = unitsPer(through, to, rates.target);
		if (perBooked === null || perTarget === null) continue;

		const rateScale = Math.max(scaleOf(perBooked), scaleOf(perTarget));
		const booked = toUnits(perBooked, rateScale);
		const target = toUnits(perTarget, rateScale);
		const digits = minorUnit(to);
		// amount * target / booked; both rates are at one scale, so that only the amount's own remains.
		const numerator = toUnits(amount, scale) * target * 10n ** BigInt(digits);
		const converted = divideUnitsHalfEven(numerator, booked * 10n ** BigInt(scale));
		return {
			amount: fromUnits(converted, digits),
			rate:
				perTarget === '1'
					? perBooked
					: fromUnits(divideUnitsHalfEven(booked * CROSS_UNIT, target), CROSS_PLACES),
			through
		};
	}
	return null;
}

function pivots(currency: string, to: string): ('EUR' | 'USD')[] {
	const rank = (pivot: string) => (pivot === to ? 0 : pivot === currency ? 1 : 2);
	return (['EUR', 'USD'] as const).toSorted((a, b) => rank(a) - rank(b));
}

function unitsPer(pivot: 'EUR' | 'USD', currency: string, rate: Rate | null): Decimal | null {
	if (currency === pivot) return '1';
	if (rate === null) return null;
	if (rate.currency !== currency)
		throw new DecimalError(`A rate of another currency than ${currency}`, rate.currency);
	const units = pivot === 'EUR' ? rate.units_per_eur : rate.units_per_usd;
	if (units !== null && sign(units) <= 0) throw new DecimalError('A rate must be above zero', units);
	return units;
}
