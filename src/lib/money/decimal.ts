import Big from 'big.js';

/** An exact decimal number as text, for example `-1234.50`. Money is never a float, from file to screen. */
export type Decimal = string;

/** Something that is no decimal number, or an operation that has no decimal result. `given` is what came in. */
export class DecimalError extends Error {
	readonly given: string;

	constructor(problem: string, given: unknown) {
		const shown = typeof given === 'string' ? given : String(given);
		super(`${problem}: ${JSON.stringify(shown.length > 80 ? `${shown.slice(0, 80)}…` : shown)}`);
		this.name = 'DecimalError';
		this.given = shown;
	}
}

const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const LENIENT = /^[ \t\r\n]*([+-]?)([0-9]*)(?:\.([0-9]*))?[ \t\r\n]*$/;

// A constructor of our own, so that nobody else's settings of the library reach money.
const Exact = Big();
Exact.RM = Exact.roundHalfEven;

/** True for plain notation only: optional minus, digits without leading zeros, optional fraction. No exponent. */
export function isDecimal(value: unknown): value is Decimal {
	return typeof value === 'string' && PLAIN.test(value);
}

/**
 * Reads the lexical forms of XML Schema's decimal (`+5`, `.5`, `5.`, `007.10`, blanks around) as plain notation,
 * with the scale as written. `null` for anything else, also for exponents and thousands separators.
 */
export function parseDecimal(text: string): Decimal | null {
	const match = LENIENT.exec(text);
	if (!match) return null;
	const [, mark, whole = '', fraction = ''] = match;
	if (whole === '' && fraction === '') return null;
	const digits = whole.replace(/^0+(?=[0-9])/, '') || '0';
	return withoutMinusZero((mark === '-' ? '-' : '') + digits + (fraction === '' ? '' : `.${fraction}`));
}

/** Number of digits after the point, as written: `scaleOf('1.50')` is 2. */
export function scaleOf(value: Decimal): number {
	check(value);
	const point = value.indexOf('.');
	return point < 0 ? 0 : value.length - point - 1;
}

/** Exact sum; its scale is the larger of the two, as PostgreSQL's `numeric` has it. */
export function add(a: Decimal, b: Decimal): Decimal {
	return plain(exact(a).plus(exact(b)), Math.max(scaleOf(a), scaleOf(b)));
}

/** Exact difference `a - b`; scale as in {@link add}. */
export function subtract(a: Decimal, b: Decimal): Decimal {
	return plain(exact(a).minus(exact(b)), Math.max(scaleOf(a), scaleOf(b)));
}

/** Exact sum of any number of values; `0` for none, so ask first whether nothing was published. */
export function sum(values: Iterable<Decimal>): Decimal {
	let total = exact('0');
	let scale = 0;
	for (const value of values) {
		total = total.plus(exact(value));
		scale = Math.max(scale, scaleOf(value));
	}
	return plain(total, scale);
}

/** The same amount with the other sign; zero has none. */
export function negate(value: Decimal): Decimal {
	check(value);
	return withoutMinusZero(value.startsWith('-') ? value.slice(1) : `-${value}`);
}

/** -1, 0 or 1 by value, whatever the scale: `1.0` equals `1`. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
	return exact(a).cmp(exact(b));
}

/** The same things, the largest first; those of one size in the order in which they came. Each amount is read once. */
export function largestFirst<T>(things: readonly T[], amountOf: (thing: T) => Decimal): T[] {
	return things
		.map((thing) => ({ thing, amount: exact(amountOf(thing)) }))
		.sort((a, b) => b.amount.cmp(a.amount))
		.map(({ thing }) => thing);
}

/** True for `0`, `0.00`, `-0`. */
export function isZero(value: Decimal): boolean {
	return sign(value) === 0;
}

/** -1, 0 or 1. */
export function sign(value: Decimal): -1 | 0 | 1 {
	check(value);
	if (!/[1-9]/.test(value)) return 0;
	return value.startsWith('-') ? -1 : 1;
}

/** Exact product; its scale is the sum of both scales. */
export function multiply(a: Decimal, b: Decimal): Decimal {
	return plain(exact(a).times(exact(b)), scaleOf(a) + scaleOf(b));
}

/** `a / b` with exactly `scale` digits after the point, rounded once, half to even. Throws DecimalError for b = 0. */
export function divideHalfEven(a: Decimal, b: Decimal, scale: number): Decimal {
	checkScale(scale);
	if (isZero(b)) throw new DecimalError('Division by zero of', a);
	const Quotient = Big();
	Quotient.DP = scale;
	Quotient.RM = Big.roundHalfEven;
	return plain(new Quotient(exact(a)).div(exact(b)), scale);
}

/** The value with exactly `scale` digits after the point, half to even; padded with zeros where it has fewer. */
export function roundHalfEven(value: Decimal, scale: number): Decimal {
	checkScale(scale);
	return plain(exact(value), scale);
}

/** `part` as a percentage of `whole` (100 is all of it), half to even; `null` where there is no whole to compare. */
export function percentOf(part: Decimal, whole: Decimal, scale: number): Decimal | null {
	if (isZero(whole)) return null;
	return divideHalfEven(multiply(part, '100'), whole, scale);
}

function exact(value: Decimal): Big {
	check(value);
	return new Exact(value);
}

function plain(value: Big, scale: number): Decimal {
	return withoutMinusZero(value.toFixed(scale, Big.roundHalfEven));
}

function withoutMinusZero(value: Decimal): Decimal {
	return value.startsWith('-') && !/[1-9]/.test(value) ? value.slice(1) : value;
}

function check(value: unknown): asserts value is Decimal {
	if (!isDecimal(value)) throw new DecimalError('Not a decimal number', value);
}

function checkScale(scale: number): void {
	if (!Number.isInteger(scale) || scale < 0) throw new DecimalError('Not a number of decimal places', scale);
}
