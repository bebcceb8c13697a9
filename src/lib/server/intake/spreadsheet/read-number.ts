import { isCurrency } from '#lib/money/currency.ts';
import { negate, parseDecimal, type Decimal } from '#lib/money/decimal.ts';
import type { NumberStyle } from './mapping.ts';

/** A number as text states it; `currency` only where the text itself names one. */
export type ReadNumber = { decimal: Decimal; currency: string | null };

/** A number without its ornaments: digits with their marks, as the styles differ in them, and what the ornaments said. */
type Bare = { digits: string; negative: boolean; currency: string | null };

const GROUP_MARK = { comma: ',', point: '.', space: ' ', apostrophe: "'", none: null } as const;
const DECIMAL_MARK = { point: '.', comma: ',' } as const;

/**
 * Reads an amount written in a style: `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, with `(…)`, a minus before or after,
 * `CR` or `DR`, a currency sign or code. A lone dash is the zero of accountants. Groups must be whole, so that `1,23` is
 * never taken for 123. Null for anything else, exponents among them: what a program shortened so has lost digits.
 */
export function readNumber(text: string, style: NumberStyle): ReadNumber | null {
	const bare = undress(text);
	if (bare === null) return null;
	const plain = plainDigits(bare.digits, style);
	const decimal = plain === null ? null : parseDecimal(plain);
	if (decimal === null) return null;
	return { decimal: bare.negative ? negate(decimal) : decimal, currency: bare.currency };
}

/** What a text shows of the style it is written in; null when it is no number in any. */
export type NumberLook = {
	decimal: 'point' | 'comma' | 'either';
	group: NumberStyle['group'];
	negative: boolean;
};

/** Which style a number shows: `1,234.56` only one, `1,234` is in doubt (`either`, with a group), `1234` fits all. */
export function lookOfNumber(text: string): NumberLook | null {
	const bare = undress(text);
	if (bare === null) return null;
	const { digits, negative } = bare;
	const blank = digits.includes("'") ? 'apostrophe' : digits.includes(' ') ? 'space' : null;
	const comma = fits(digits, { decimal: 'comma', group: blank ?? 'point' });
	const point = fits(digits, { decimal: 'point', group: blank ?? 'comma' });
	if (!comma && !point) return null;
	// A single mark before three digits may be of either kind; taken for a group, it names the other one.
	const mark = digits.includes(',') ? 'comma' : digits.includes('.') ? 'point' : 'none';
	if (comma && point) return { decimal: 'either', group: blank ?? mark, negative };
	const group = comma ? (digits.includes('.') ? 'point' : 'none') : digits.includes(',') ? 'comma' : 'none';
	return { decimal: comma ? 'comma' : 'point', group: blank ?? group, negative };
}

const fits = (digits: string, style: NumberStyle) => plainDigits(digits, style) !== null;

/** Digits with a point for decimals and no groups; null when they are not written in the style. */
function plainDigits(digits: string, { decimal, group }: NumberStyle): string | null {
	const point = DECIMAL_MARK[decimal];
	const at = digits.indexOf(point);
	const whole = at < 0 ? digits : digits.slice(0, at);
	const fraction = at < 0 ? '' : digits.slice(at + 1);
	if (!/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return null;
	if (/^\d*$/.test(whole)) return `${whole}.${fraction}`;
	const mark = GROUP_MARK[group];
	if (mark === null) return null;
	const groups = whole.split(mark);
	if (!groups.every((part) => /^\d+$/.test(part))) return null;
	// Thousands, or the Indian lakh and crore: 12,34,567.
	const [first = '', ...rest] = groups;
	if (first.startsWith('0')) return null;
	const inThrees = first.length <= 3 && rest.every((part) => part.length === 3);
	const inTwos =
		mark === ',' &&
		first.length <= 2 &&
		rest.at(-1)?.length === 3 &&
		rest.slice(0, -1).every((part) => part.length === 2);
	return inThrees || inTwos ? `${groups.join('')}.${fraction}` : null;
}

const BLANKS = /[\s\u00A0\u202F\u2007\u2009]+/gu;
const DASHES = /[\u2010-\u2015\u2212\uFE63\uFF0D]/g;
const APOSTROPHES = /[\u2019\u02BC\u00B4`]/g;
/** The point of "Fr." is none of the number. */
const SHORTENED = /^([A-Za-z]{2,4})\.|(?<=[A-Za-z]{2,4})\.$/g;
/** Longer than any amount with its ornaments. */
const LONGEST = 100;

/** Takes sign, parentheses, currency and `CR`/`DR` off; null when what is left is not digits and marks. */
function undress(text: string): Bare | null {
	if (text.length > LONGEST) return null;
	let rest = text
		.replace(BLANKS, ' ')
		.trim()
		.replace(DASHES, '-')
		.replace(APOSTROPHES, "'")
		.replace(SHORTENED, '$1 ');
	if (rest === '-') return { digits: '0', negative: false, currency: null };
	const parenthesised = /^([^()]*)\(([^()]*)\)([^()]*)$/.exec(rest);
	if (parenthesised) {
		const [, before = '', inside = '', after = ''] = parenthesised;
		if (/\d/.test(before + after)) return null;
		rest = `${before} ${inside} ${after}`.trim();
	}
	const start = rest.search(/[.,]?\d/);
	const end = rest.search(/[\d.,][^\d.,]*$/);
	if (start < 0) return null;
	const ornaments = readOrnaments([rest.slice(0, start), rest.slice(end + 1)], parenthesised ? 1 : 0);
	return ornaments === null ? null : { digits: rest.slice(start, end + 1), ...ornaments };
}

/** Signs that only one currency has. */
const CURRENCY_SIGNS: Record<string, string> = { '€': 'EUR', US$: 'USD', $US: 'USD' };
/** Signs and letters that stand for a currency without saying which. */
const OF_A_CURRENCY = /^(\p{Sc}|FR|RS|KR|RP|R|F|CFA|FCFA|TSH|KSH)$/u;

/** What stands around the digits: at most one sign and one currency, or it is no amount. */
function readOrnaments(parts: readonly string[], parentheses: number): Omit<Bare, 'digits'> | null {
	const pieces = parts.flatMap((part) => part.split(/(-|\+|\s)/)).filter((piece) => piece.trim() !== '');
	let [negatives, positives, currencies] = [parentheses, 0, 0];
	let currency: string | null = null;
	for (const piece of pieces) {
		const word = piece.toUpperCase();
		if (word === '-' || word === 'CR') negatives++;
		else if (word === '+' || word === 'DR') positives++;
		else {
			currency = CURRENCY_SIGNS[word] ?? (isCurrency(word) ? word : null);
			if (currency === null && !OF_A_CURRENCY.test(word)) return null;
			currencies++;
		}
	}
	if (negatives + positives > 1 || currencies > 1) return null;
	return { negative: negatives === 1, currency };
}
