import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';

/** First and last day (ISO), and how finely they are known. Both null with `unknown`. */
export type ReadSpan = {
	from: string | null;
	to: string | null;
	precision: 'day' | 'month' | 'quarter' | 'year' | 'period' | 'unknown';
};

export const NOT_DATED: ReadSpan = { from: null, to: null, precision: 'unknown' };

/** Outside of these a date is read and looked at twice. */
const FIRST_LIKELY = '1900';
const LAST_LIKELY = '2100';

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/;
const MONTH = /^(\d{4})-(\d{2}|[A-Za-z]{3,9})$/;
const MONTHS = [
	'january',
	'february',
	'march',
	'april',
	'may',
	'june',
	'july',
	'august',
	'september',
	'october',
	'november',
	'december'
];
const LAST_DAYS = ['31', '28', '31', '30', '31', '30', '31', '31', '30', '31', '30', '31'];

/**
 * The day of an `xsd:date` of the years 1 to 9999, blanks around it allowed. A zone is dropped: the day as written
 * stays. Null for anything else, also for days that don't exist.
 */
export function readDay(text: string): string | null {
	const match = DAY.exec(text) ?? DAY.exec(text.trim());
	if (!match) return null;
	const [, year, month, day] = match as unknown as [string, string, string, string];
	if (year === '0000' || month < '01' || month > '12' || day < '01') return null;
	return day <= lastDay(year, month) ? `${year}-${month}-${day}` : null;
}

/** What old files write for a date: a year, `2005-04` or `2005-April`, or a day. Null for anything else. */
export function readVagueDate(text: string): ReadSpan | null {
	// A time of the day, as old texts have it, says nothing of the day.
	const trimmed = text.trim().replace(/T\d{2}:\d{2}(?::\d{2})?(?=$|Z)/, '');
	const day = readDay(trimmed);
	if (day !== null) return { from: day, to: day, precision: 'day' };
	if (/^\d{4}$/.test(trimmed) && trimmed !== '0000') {
		return { from: `${trimmed}-01-01`, to: `${trimmed}-12-31`, precision: 'year' };
	}
	const [, year, name] = MONTH.exec(trimmed) ?? [];
	if (year === undefined || name === undefined || year === '0000') return null;
	const month = /^\d/.test(name) ? name : monthOf(name.toLowerCase());
	if (month < '01' || month > '12') return null;
	return { from: `${year}-${month}-01`, to: `${year}-${month}-${lastDay(year, month)}`, precision: 'month' };
}

/** The period between two days, with the calendar unit that it is exactly. */
export function spanOf(from: string, to: string): ReadSpan {
	if (from === to) return { from, to, precision: 'day' };
	const year = from.slice(0, 4);
	const month = from.slice(5, 7);
	const endMonth = to.slice(5, 7);
	const whole = year === to.slice(0, 4) && from.endsWith('-01') && to.slice(8) === lastDay(year, endMonth);
	if (!whole) return { from, to, precision: 'period' };
	if (month === endMonth) return { from, to, precision: 'month' };
	if (month === '01' && endMonth === '12') return { from, to, precision: 'year' };
	const quarter = ['01-03', '04-06', '07-09', '10-12'].includes(`${month}-${endMonth}`);
	return { from, to, precision: quarter ? 'quarter' : 'period' };
}

/**
 * The date of an element: its `iso-date`, else its text as old files have it. Null where neither is there. Something
 * that stands there and is no date comes back as the text, for the caller to judge.
 */
export function readDate(element: XmlElement, scope: Scope): ReadSpan | { unreadable: string } | null {
	const iso = element.attributes['iso-date'];
	if (iso !== undefined && iso.trim() !== '') {
		const day = readDay(iso);
		if (day === null) return { unreadable: iso };
		noteUnlikely(day, element, scope);
		return { from: day, to: day, precision: 'day' };
	}
	const text = element.children.length === 0 ? element.text.trim() : '';
	if (text === '') return iso === undefined ? null : { unreadable: iso };
	return readVagueDate(text) ?? { unreadable: text };
}

/** Says that a date stands for more than a day. */
export function noteVague(span: ReadSpan, element: XmlElement, { notes }: Scope): void {
	if (span.precision === 'day') return;
	notes.warn('date-vague', element, element.text.trim(), `read as the whole ${span.precision}`);
}

/** A day that tells something beside the money. What is no date is left out with a warning. */
export function readPlainDay(element: XmlElement | undefined, scope: Scope): string | null {
	if (element === undefined) return null;
	const date = readDate(element, scope);
	if (date === null) return null;
	if ('unreadable' in date) {
		if (date.unreadable.trim() !== '') {
			scope.notes.warn('date-unreadable', element, date.unreadable, 'read without this date');
		}
		return null;
	}
	if (date.precision === 'day') return date.from;
	scope.notes.warn('date-vague', element, element.text.trim(), 'read without this date');
	return null;
}

export function noteUnlikely(day: string, element: XmlElement, { notes }: Scope): void {
	if (day < FIRST_LIKELY || day > LAST_LIKELY) notes.warn('date-unlikely', element, day, 'read');
}

/** `00` for what is no month's name. */
function monthOf(name: string): string {
	const index = MONTHS.findIndex((month) => month === name || month.slice(0, 3) === name);
	return String(index + 1).padStart(2, '0');
}

function lastDay(year: string, month: string): string {
	if (month === '02' && isLeap(Number.parseInt(year, 10))) return '29';
	return LAST_DAYS[Number.parseInt(month, 10) - 1] ?? '';
}

function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
