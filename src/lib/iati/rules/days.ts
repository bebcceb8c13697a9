/*
 * Calendar days as rules compare them. A day is what the file writes, in whatever time zone: it is never moved, except
 * where the question is whether it has come yet.
 */

const DAY = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ][\d:.,]*)?(?:Z|[+-]\d{2}:\d{2})?\s*$/;
const MOMENT = /^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?[+-]\d{2}:\d{2}\s*$/;
const MILLISECONDS = 86_400_000;

/** The ISO day of an `xsd:date` or `xsd:dateTime` of the years 0000 to 9999; null for anything else, `2019-02-30` too. */
export function dayOf(text: string): string | null {
	const day = DAY.exec(text)?.[1];
	return day !== undefined && isDay(day) ? day : null;
}

/** The day at the meridian of Greenwich when it is the given moment; the day itself where the text names none. */
export function utcDayOf(text: string): string | null {
	const day = dayOf(text);
	if (day === null || !MOMENT.test(text)) return day;
	const moment = Date.parse(text.trim().replace(' ', 'T'));
	return Number.isNaN(moment) ? day : new Date(moment).toISOString().slice(0, 10);
}

/** How many days later the second day is. Both are ISO days. */
export function daysFrom(first: string, last: string): number {
	return (Date.parse(last) - Date.parse(first)) / MILLISECONDS;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(text: string): boolean {
	const [year, month, day] = text.split('-').map(Number) as [number, number, number];
	const days = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
	return day >= 1 && day <= days;
}

function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
