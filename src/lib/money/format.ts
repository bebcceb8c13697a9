import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { minorUnit } from './currency.ts';
import { compare, isZero, roundHalfEven, sign } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { writeDigits } from './digits.ts';

/* Each number has two faces: a short one to read and an exact one to copy. */

/** All digits of an amount: `1 234 567.50`, in French `1 234 567,50`. `places` pads with zeros and never cuts. */
export function formatExact(amount: Decimal, locale: Locale = getLocale(), places = 0): string {
	return writeDigits(amount, locale, places);
}

/** The exact amount with its currency and at least the digits of its minor unit: `EUR 719 626.17`. */
export function formatWithCurrency(amount: Decimal, currency: string, locale: Locale = getLocale()): string {
	return m.words_amount({ currency, number: formatExact(amount, locale, minorUnit(currency)) }, { locale });
}

/**
 * The amount as a finance paper prints it in a sentence: `EUR 11 million`, `EUR 10.28 million`, `EUR 719 626`.
 * From a million on with two decimals; zeros at the end are dropped only where the number is exactly that, so that
 * `EUR 11 million` is exact and `EUR 11.00 million` is rounded. Below a million in whole units; below a thousand with
 * the minor unit where there is one; an amount that is not zero never reads zero. Billions are thousands of millions.
 */
export function formatShort(amount: Decimal, currency: string, locale: Locale = getLocale()): string {
	const words = (places: 6 | 9) => {
		const number = shift(amount, places);
		const rounded = roundHalfEven(number, 2);
		const shown = compare(rounded, number) === 0 ? withoutZeros(rounded) : rounded;
		return { size: rounded, input: { currency, number: formatExact(shown, locale) } };
	};
	const million = words(6);
	if (atLeast(million.size, '1000')) {
		const { size, input } = words(9);
		return isPlural(size, locale)
			? m.words_amount_billions(input, { locale })
			: m.words_amount_billion(input, { locale });
	}
	const whole = roundHalfEven(amount, 0);
	if (atLeast(whole, '1000000')) {
		const { size, input } = million;
		return isPlural(size, locale)
			? m.words_amount_millions(input, { locale })
			: m.words_amount_million(input, { locale });
	}
	return m.words_amount(
		{ currency, number: formatExact(small(amount, whole, currency), locale) },
		{ locale }
	);
}

/** A percentage as it was rounded: `97.3%`, in French `97,3 %`. The decimal is in per cent, not a fraction of one. */
export function formatPercent(percentage: Decimal, locale: Locale = getLocale()): string {
	return m.words_percent({ number: formatExact(percentage, locale) }, { locale });
}

/** The difference of two percentages: `−2.7 percentage points`. */
export function formatPoints(points: Decimal, locale: Locale = getLocale()): string {
	return m.words_points({ number: formatExact(points, locale) }, { locale });
}

function small(amount: Decimal, whole: Decimal, currency: string): Decimal {
	if (compare(whole, amount) === 0 || atLeast(amount, '1000')) return whole;
	const withMinorUnit = roundHalfEven(amount, minorUnit(currency));
	return isZero(withMinorUnit) ? amount : withMinorUnit;
}

function atLeast(amount: Decimal, threshold: Decimal): boolean {
	return compare(amount.replace('-', ''), threshold) >= 0;
}

/**
 * Where a language has a plural of "million" it begins at two: French writes "1,5 million" but "2 millions". Arabic has
 * it from three to ten, of whole millions only.
 */
function isPlural(size: Decimal, locale: Locale): boolean {
	if (locale === 'ar') return /^-?(?:[3-9]|10)(?:\.0*)?$/.test(size);
	return atLeast(size, '2');
}

/** The amount divided by a power of ten, exactly. */
function shift(amount: Decimal, places: number): Decimal {
	const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
	const digits = whole.padStart(places + 1, '0');
	const cut = digits.length - places;
	return `${sign(amount) < 0 ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}${fraction}`;
}

function withoutZeros(value: Decimal): Decimal {
	return value.replace(/\.?0+$/, '');
}
