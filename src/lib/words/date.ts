import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { DatePrecision, Day } from '#lib/slice/period.ts';
import { wholeBucket } from '#lib/slice/period.ts';

type Text = typeof m.words_month_1;

const MONTHS: readonly Text[] = [
	m.words_month_1,
	m.words_month_2,
	m.words_month_3,
	m.words_month_4,
	m.words_month_5,
	m.words_month_6,
	m.words_month_7,
	m.words_month_8,
	m.words_month_9,
	m.words_month_10,
	m.words_month_11,
	m.words_month_12
];
const SHORT_MONTHS: readonly Text[] = [
	m.words_month_short_1,
	m.words_month_short_2,
	m.words_month_short_3,
	m.words_month_short_4,
	m.words_month_short_5,
	m.words_month_short_6,
	m.words_month_short_7,
	m.words_month_short_8,
	m.words_month_short_9,
	m.words_month_short_10,
	m.words_month_short_11,
	m.words_month_short_12
];

/** A month's name, 1 to 12. */
export function monthName(month: number, locale: Locale = getLocale()): string {
	return nameOf(MONTHS, month, locale);
}

/** A month's name as short as an axis needs it: "Oct", "oct.". */
export function monthShort(month: number, locale: Locale = getLocale()): string {
	return nameOf(SHORT_MONTHS, month, locale);
}

/** "24 October 2017", "1er octobre 2017". The day, or the day of a UTC moment, is ISO. */
export function formatDay(iso: Day, locale: Locale = getLocale()): string {
	const { year, month, day } = read(iso);
	return m.words_day({ day: dayOfMonth(day, locale), month: monthName(month, locale), year }, { locale });
}

/** "October 2017" of a day or a month in ISO. */
export function formatMonth(iso: string, locale: Locale = getLocale()): string {
	const { year, month } = read(iso);
	return m.words_month_of_year({ month: monthName(month, locale), year }, { locale });
}

/** A bucket of the calendar: `2017` stays, `2017-Q1` is "Q1 2017", `2017-03` is "March 2017". */
export function formatBucket(bucket: string, locale: Locale = getLocale()): string {
	if (bucket.length === 4) return bucket;
	const [year = '', quarter] = bucket.split('-Q');
	return quarter === undefined
		? formatMonth(bucket, locale)
		: m.words_quarter_of_year({ quarter, year }, { locale });
}

/** First and last day as short as they allow: "7–11 January 2019", "30 October – 2 November 2017". */
export function formatDays(from: Day, to: Day, locale: Locale = getLocale()): string {
	if (from === to) return formatDay(from, locale);
	const [a, b] = [read(from), read(to)];
	if (a.year !== b.year) {
		return m.words_days({ from: formatDay(from, locale), to: formatDay(to, locale) }, { locale });
	}
	const ends = { first: dayOfMonth(a.day, locale), last: dayOfMonth(b.day, locale), year: a.year };
	const month = monthName(b.month, locale);
	return a.month === b.month
		? m.words_days_of_month({ ...ends, month }, { locale })
		: m.words_days_of_year({ ...ends, firstMonth: monthName(a.month, locale), lastMonth: month }, { locale });
}

/**
 * A date no finer than its source gives it: "July 2018", "2015–2019", "on or shortly before 21 January 2016". An end that
 * is not known is said to be open; no date at all is "date not stated".
 */
export function formatDayWithPrecision(
	from: Day | null,
	to: Day | null,
	precision: DatePrecision,
	locale: Locale = getLocale()
): string {
	if (precision === 'unknown' || (from === null && to === null)) return m.words_not_dated({}, { locale });
	if (precision === 'page_date')
		return m.words_page_date({ date: formatDay((to ?? from)!, locale) }, { locale });
	if (from !== null && to !== null) return span(from, to, precision, locale);

	const date = span((from ?? to)!, (from ?? to)!, precision, locale);
	if (precision === 'day' || precision === 'period') {
		return from === null ? m.words_until_day({ date }, { locale }) : m.words_from_day({ date }, { locale });
	}
	return from === null ? m.words_until({ date }, { locale }) : m.words_from({ date }, { locale });
}

/** The days of a slice: "2017", "March 2017", "2015–2017", "from 1 July 2015"; `null` where neither end is set. */
export function formatPeriod(from: Day | null, to: Day | null, locale: Locale = getLocale()): string | null {
	if (from === null && to === null) return null;
	if (from === null || to === null) return formatDayWithPrecision(from, to, 'day', locale);
	const bucket = wholeBucket(from, to);
	if (bucket !== null) return formatBucket(bucket, locale);
	const wholeYears = from.endsWith('-01-01') && to.endsWith('-12-31');
	return span(from, to, wholeYears ? 'year' : 'day', locale);
}

function span(from: Day, to: Day, precision: DatePrecision, locale: Locale): string {
	if (precision === 'year') return years(from.slice(0, 4), to.slice(0, 4), locale);
	if (precision === 'quarter') return joined(quarterOf(from, locale), quarterOf(to, locale), locale);
	if (precision !== 'month') return formatDays(from, to, locale);
	const [a, b] = [read(from), read(to)];
	if (a.year !== b.year || a.month === b.month) {
		return joined(formatMonth(from, locale), formatMonth(to, locale), locale);
	}
	const ends = { first: monthName(a.month, locale), last: monthName(b.month, locale), year: a.year };
	return m.words_months_of_year(ends, { locale });
}

function years(first: string, last: string, locale: Locale): string {
	return first === last ? first : m.words_years({ first, last }, { locale });
}

function joined(from: string, to: string, locale: Locale): string {
	return from === to ? from : m.words_span({ from, to }, { locale });
}

function quarterOf(iso: string, locale: Locale): string {
	return formatBucket(`${iso.slice(0, 4)}-Q${Math.ceil(read(iso).month / 3)}`, locale);
}

function dayOfMonth(day: number, locale: Locale): string {
	return day === 1 ? m.words_first_of_month({}, { locale }) : String(day);
}

function nameOf(names: readonly Text[], month: number, locale: Locale): string {
	const name = names[month - 1];
	if (name === undefined) throw new RangeError(`Not a month: ${month}`);
	return name({}, { locale });
}

function read(iso: string): { year: string; month: number; day: number } {
	return { year: iso.slice(0, 4), month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)) };
}
