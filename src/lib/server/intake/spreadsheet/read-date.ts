import { fold } from '#lib/words/fold.ts';
import type { DatePrecision } from '../record.ts';
import { lastOfMonth, readDateSpan } from '../readers/dates.ts';
import type { DateStyle } from './mapping.ts';
import { monthOfWord } from './month-names.ts';
import { dayOfSerial } from './serial-day.ts';

/** First and last day that a text can mean, ISO, and how finely it says so. */
export type ReadSpan = {
	from: string;
	to: string;
	precision: Extract<DatePrecision, 'day' | 'month' | 'quarter' | 'year'>;
};

const TIME = /[ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?( ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/;
const THREE_NUMBERS = /^(\d{1,4}) ?([/.\- ]) ?(\d{1,2}) ?\2 ?(\d{1,4})$/;

/**
 * Reads a date written in a style. ISO dates, `20170308`, names of months in four languages and parts of dates (`March
 * 2017`, `2017-Q1`, `03/2017`, `2017`) are understood in each; the order of the style decides the rest. Times are cut off,
 * the calendar day stays. Years of two digits are 1970 to 2069. Null for what is none, and for days that don't exist.
 */
export function readDate(text: string, style: DateStyle): ReadSpan | null {
	const rest = text.trim().replace(/\s+/g, ' ');
	if (rest === '' || rest.length > 60) return null;
	if (style.order === 'serial' && /^\d+(\.\d+)?$/.test(rest)) return dayOnly(dayOfSerial(rest, '1900'));
	const date = rest.replace(TIME, '');
	const span = asSpan(date) ?? compact(date) ?? numeric(date, style) ?? ofMonth(date) ?? worded(date);
	return span !== null && isOfOurTime(span.from) ? span : null;
}

/** Which orders of day and month a date in digits allows; null when it is none, or leaves no doubt. */
export function ordersOf(text: string): ('dmy' | 'mdy' | 'ymd')[] | null {
	const date = text.trim().replace(/\s+/g, ' ').replace(TIME, '');
	const match = THREE_NUMBERS.exec(date);
	if (match === null || match[1]!.length > 2) return null;
	const orders = (['dmy', 'mdy', 'ymd'] as const).filter((order) => readDate(date, { order }) !== null);
	return orders.length === 0 ? null : orders;
}

/** Spreadsheets and ledgers of projects: earlier or later years are slips of the pen. */
function isOfOurTime(day: string): boolean {
	return day >= '1900-01-01' && day < '2200-01-01';
}

function dayOnly(day: string | null): ReadSpan | null {
	return day === null ? null : { from: day, to: day, precision: 'day' };
}

function compact(date: string): ReadSpan | null {
	const match = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
	return match ? dayOf(match[1]!, match[2]!, match[3]!) : null;
}

function numeric(date: string, { order }: DateStyle): ReadSpan | null {
	const match = THREE_NUMBERS.exec(date);
	if (!match) return null;
	const [, a, , b, c] = match as unknown as [string, string, string, string, string];
	if (a.length > 2) return c.length <= 2 ? dayOf(a, b, c) : null;
	if (order === 'ymd') return c.length <= 2 ? dayOf(a, b, c) : null;
	return order === 'mdy' ? dayOf(c, a, b) : dayOf(c, b, a);
}

/** `03/2017`, `3-2017`, `2017/03`. */
function ofMonth(date: string): ReadSpan | null {
	const match = /^(\d{1,2})[/.-](\d{4})$/.exec(date) ?? /^(\d{4})[/.](\d{1,2})$/.exec(date);
	if (!match) return null;
	const [, a, b] = match as unknown as [string, string, string];
	return monthSpan(a.length === 4 ? a : b, a.length === 4 ? b : a);
}

/** `8 March 2017`, `08-Mar-17`, `March 8, 2017`, `1er octobre 2017`, `8 de marzo de 2017`, `Mar-17`. */
function worded(date: string): ReadSpan | null {
	const parts = fold(date)
		.split(/[\s,./'-]+/)
		.filter((part) => part !== '' && part !== 'de' && part !== 'of' && part !== 'del');
	const months = parts.map((part) => monthOfWord(part));
	const at = months.findIndex((month) => month !== null);
	if (at < 0 || months.filter((month) => month !== null).length > 1) return null;
	const month = String(months[at]);
	const numbers = parts
		.filter((_, index) => index !== at)
		.map((part) => part.replace(/^(\d{1,2})(st|nd|rd|th|er|o|º)$/, '$1'));
	if (!numbers.every((part) => /^\d{1,4}$/.test(part))) return null;
	if (numbers.length === 1) return monthSpan(numbers[0]!, month);
	if (numbers.length !== 2) return null;
	const [first, second] = numbers as [string, string];
	return first.length === 4 ? dayOf(first, month, second) : dayOf(second, month, first);
}

function monthSpan(year: string, month: string): ReadSpan | null {
	const whole = fullYear(year);
	return whole === null ? null : asSpan(`${whole}-${month.padStart(2, '0')}`);
}

function dayOf(year: string, month: string, day: string): ReadSpan | null {
	const whole = fullYear(year);
	if (whole === null || day.length > 2) return null;
	return asSpan(`${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function asSpan(iso: string): ReadSpan | null {
	const span = readDateSpan(iso);
	return span === null ? null : { from: span.first, to: span.last, precision: span.precision };
}

/** Four digits as they are, two by the century that makes them 1970 to 2069; null for one and three. */
function fullYear(year: string): string | null {
	if (year.length === 4) return year;
	if (year.length !== 2) return null;
	return year < '70' ? `20${year}` : `19${year}`;
}

/** The month that a text names, as `2017-03`; null where it names none or something finer or vaguer. */
export function readMonth(text: string, style: DateStyle): string | null {
	const span = readDate(text, style);
	if (span === null) return null;
	const month = span.from.slice(0, 7);
	const isFirstDay = span.precision === 'day' && span.from === `${month}-01`;
	const isLastDay = span.precision === 'day' && span.from === lastOfMonth(month);
	return span.precision === 'month' || isFirstDay || isLastDay ? month : null;
}
