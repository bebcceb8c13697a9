import { parseDecimal, sign, type Decimal } from '#lib/money/decimal.ts';
import { isDay } from '#lib/slice/period.ts';

/** The months in English and French, in full and shortened, as they stand in lists. */
const MONTH_NAMES = [
	'jan january janv janvier',
	'feb february fév févr février fevrier',
	'mar march mars',
	'apr april avr avril',
	'may mai',
	'jun june juin',
	'jul july juil juillet',
	'aug august août aout',
	'sep sept september septembre',
	'oct october octobre',
	'nov november novembre',
	'dec december déc décembre decembre'
].map((names) => names.split(' '));

const LONGEST = 60;

/**
 * A rate above zero as lists print it: `0.9093`, `1,523.25`, `1.523,25`; with `decimalComma` also `1,523` as one and a
 * half. Without it `1,523` can mean two things and is null, as is everything else.
 */
export function readUnits(text: string, decimalComma: boolean): Decimal | null {
	if (text.length > LONGEST) return null;
	let plain = text.replaceAll(/[\s\u00a0\u202f']/g, '');
	if (/^\d{1,3}(,\d{3})+\.\d+$/.test(plain)) plain = plain.replaceAll(',', '');
	else if (/^\d{1,3}(\.\d{3})+,\d+$/.test(plain)) plain = plain.replaceAll('.', '').replace(',', '.');
	else if (/^\d+,\d+$/.test(plain)) {
		if (!decimalComma && /^\d{1,3},\d{3}$/.test(plain)) return null;
		plain = plain.replace(',', '.');
	}
	const units = parseDecimal(plain);
	return units !== null && sign(units) > 0 ? units : null;
}

/** A day as lists print it: `2017-03-08`, `08 Mar 2017`, `8 mars 2017`, `08-Mar-2017`. Null for anything else. */
export function readDay(text: string): string | null {
	const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text);
	if (iso) return isDay(iso[1]!) ? iso[1]! : null;
	const named = /^(\d{1,2})[ -](\p{L}+)\.?[ -](\d{4})$/u.exec(text);
	if (!named) return null;
	const month = monthNumber(named[2]!);
	const day = month === null ? '' : `${named[3]}-${month}-${named[1]!.padStart(2, '0')}`;
	return isDay(day) ? day : null;
}

/** `08/03/2017`, day first, as a full ISO day; else as {@link readDay}. */
export function readDayFirst(text: string): string | null {
	const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	if (!match) return readDay(text);
	const day = `${match[3]}-${match[2]}-${match[1]}`;
	return isDay(day) ? day : null;
}

const MONTH_SHAPES: readonly [RegExp, (match: RegExpExecArray) => [year: string, month: string]][] = [
	[/(?<!\d)(\d{4})[-/](0[1-9]|1[0-2])(?!\d)/g, ([, year, month]) => [year!, month!]],
	[/(?<!\d)(0?[1-9]|1[0-2])[-/](\d{4})(?!\d)/g, ([, month, year]) => [year!, month!.padStart(2, '0')]],
	[/(\p{L}{3,})\.?,? (\d{4})(?!\d)/gu, ([, name, year]) => [year!, monthNumber(name!) ?? '']]
];

/** Every month that a text names, as `2017-03`: `March 2017`, `03/2017`, `2017-03`, inside whatever else stands there. */
export function monthsIn(text: string): string[] {
	const found = new Set<string>();
	for (const [shape, read] of MONTH_SHAPES) {
		for (const match of text.matchAll(shape)) {
			const [year, month] = read(match);
			if (month !== '' && year >= '1990' && year < '2100') found.add(`${year}-${month}`);
		}
	}
	return [...found];
}

/** The month in a file's name, as `2017-03`; null when it names none, or several. */
export function monthOfName(fileName: string): string | null {
	const asked = /year=(\d{4})\D+month=(\d{1,2})/.exec(fileName);
	if (asked) return `${asked[1]}-${asked[2]!.padStart(2, '0')}`;
	const plain = fileName.replaceAll('_', '-').replaceAll('.', '-');
	const joined = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)/.exec(plain);
	const months = joined ? [`${joined[1]}-${joined[2]}`] : monthsIn(plain.replaceAll('-', ' ') + ' ' + plain);
	return months.length === 1 ? months[0]! : null;
}

/** A number as JSON writes it, exponents included, in plain notation. */
export function plainNumber(source: string): Decimal | null {
	const match = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/.exec(source);
	if (!match) return null;
	const [, whole = '', fraction = '', exponent = '0'] = match;
	const shift = Number.parseInt(exponent, 10);
	const digits = whole + fraction;
	const point = whole.length + shift;
	if (point <= 0) return parseDecimal(`0.${'0'.repeat(-point)}${digits}`);
	if (point >= digits.length) return parseDecimal(digits + '0'.repeat(point - digits.length));
	return parseDecimal(`${digits.slice(0, point)}.${digits.slice(point)}`);
}

function monthNumber(name: string): string | null {
	const index = MONTH_NAMES.findIndex((names) => names.includes(name.toLowerCase()));
	return index < 0 ? null : String(index + 1).padStart(2, '0');
}
