import type { Locale } from '#lib/paraglide/runtime.js';
import { roundHalfEven, scaleOf, sign } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/** A real minus sign: a hyphen may be torn from its number at the end of a line. */
const MINUS = '\u2212';
/** Thin no-break space between groups of three digits, in every language. */
const GROUP = '\u202f';
/** Among Arabic letters a sign would be drawn at the wrong end of its number, unless the two are held together. */
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';
const POINT: Record<Locale, string> = { en: '.', fr: ',', ar: '.' };

/**
 * All digits of a number in groups of three: `1 234 567.50`, in French `1 234 567,50`. Written from the text, never by
 * way of a float; `places` pads with zeros and never cuts digits off.
 */
export function writeDigits(value: Decimal, locale: Locale, places = 0): string {
	const padded = scaleOf(value) < places ? roundHalfEven(value, places) : value;
	const unsigned = padded.replace('-', '');
	const [whole = '', fraction] = unsigned.split('.');
	const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, GROUP);
	const digits = grouped + (fraction === undefined ? '' : POINT[locale] + fraction);
	if (sign(value) >= 0) return digits;
	return locale === 'ar' ? LEFT_TO_RIGHT + MINUS + digits + END : MINUS + digits;
}
