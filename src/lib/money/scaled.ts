import { DecimalError, isDecimal, scaleOf } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/*
 * Amounts as whole numbers of a small unit (10^-scale), for the places where thousands of entries a second are cut
 * into cells. Whole-number arithmetic on BigInt is exact, and several times quicker than on decimal text.
 */

/** The decimal as a count of 10^-scale; throws DecimalError where it has more digits than `scale`. */
export function toUnits(value: Decimal, scale: number): bigint {
	if (!isDecimal(value)) throw new DecimalError('Not a decimal number', value);
	const point = value.indexOf('.');
	if (point < 0) return BigInt(scale === 0 ? value : value + '0'.repeat(scale));
	const missing = scale - (value.length - point - 1);
	if (missing < 0) throw new DecimalError(`More than ${scale} decimal places`, value);
	return BigInt(value.slice(0, point) + value.slice(point + 1) + (missing === 0 ? '' : '0'.repeat(missing)));
}

/** A count of 10^-scale as plain notation with exactly `scale` digits after the point. */
export function fromUnits(units: bigint, scale: number): Decimal {
	if (scale === 0) return units.toString();
	const negative = units < 0n;
	const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
	const point = digits.length - scale;
	return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `numerator / denominator` rounded to a whole number, half to even. The denominator is above zero. */
export function divideUnitsHalfEven(numerator: bigint, denominator: bigint): bigint {
	const negative = numerator < 0n;
	const size = negative ? -numerator : numerator;
	let quotient = size / denominator;
	const twice = (size % denominator) * 2n;
	if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) quotient += 1n;
	return negative ? -quotient : quotient;
}

/** The finer of a scale and the amount's own: what an amount is cut in, so that cutting never rounds it. */
export function finerScale(minorUnitDigits: number, amount: Decimal): number {
	return Math.max(minorUnitDigits, scaleOf(amount));
}
