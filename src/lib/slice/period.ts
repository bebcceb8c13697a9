/*
 * The calendar as whole-number arithmetic on ISO strings. A JavaScript Date has a time zone, and with one every date
 * is a day off somewhere.
 */

/** A calendar day, `2017-06-30`. Days of four-digit years sort as text. */
export type Day = string;

export const BUCKET_UNITS = ['year', 'quarter', 'month'] as const;
export type BucketUnit = (typeof BUCKET_UNITS)[number];

/** What is known of a date. `page_date`: only the date of the page that tells of it is known. */
export const DATE_PRECISIONS = ['day', 'page_date', 'month', 'quarter', 'year', 'period', 'unknown'] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const BUCKET = /^([0-9]{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a day that exists, year 1 to 9999. */
export function isDay(text: string): boolean {
	const match = DAY.exec(text);
	if (!match) return false;
	const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
	return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Number of days of a month (1-12) in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
	const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return MONTH_LENGTHS[month - 1]! + (leap ? 1 : 0);
}

/** Days from `from` to `to`, 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
	return dayNumber(to) - dayNumber(from);
}

/** The day so many days later, or earlier where `days` is negative. */
export function addDays(day: Day, days: number): Day {
	let [year, month, dayOfMonth] = parts(day);
	dayOfMonth += days;
	while (dayOfMonth < 1) {
		month -= 1;
		if (month === 0) [year, month] = [year - 1, 12];
		dayOfMonth += daysInMonth(year, month);
	}
	while (dayOfMonth > daysInMonth(year, month)) {
		dayOfMonth -= daysInMonth(year, month);
		month += 1;
		if (month === 13) [year, month] = [year + 1, 1];
	}
	return iso(year, month, dayOfMonth);
}

/** Last day of the month in which a day lies: `2016-02-29` for `2016-02-05`. */
export function lastDayOfMonth(day: Day): Day {
	return lastDay(day.slice(0, 7));
}

/**
 * The whole months that enclose a flow's dates; infinite (as PostgreSQL writes it) where a side is unknown. A flow is in
 * a bucket only if its enclosure lies wholly inside.
 */
export function enclose(dateFrom: Day | null, dateTo: Day | null): { periodFrom: string; periodTo: string } {
	return {
		periodFrom: dateFrom === null ? '-infinity' : `${dateFrom.slice(0, 7)}-01`,
		periodTo: dateTo === null ? 'infinity' : lastDayOfMonth(dateTo)
	};
}

/** The bucket that holds the whole period: `2017`, `2017-Q1` or `2017-03`; `null` when not dated this finely. */
export function bucketOf(unit: BucketUnit, periodFrom: string, periodTo: string): string | null {
	if (!isDay(periodFrom) || !isDay(periodTo)) return null;
	const key = bucketAt(unit, periodFrom);
	return key === bucketAt(unit, periodTo) ? key : null;
}

/** All buckets that touch the days from `from` to `to`, in order; none where `from` is later. */
export function listBuckets(unit: BucketUnit, from: Day, to: Day): string[] {
	const keys: string[] = [];
	const months = { year: 12, quarter: 3, month: 1 }[unit];
	let [year, month] = parts(firstDay(bucketAt(unit, from)));
	while (iso(year, month, 1) <= to && year <= 9999) {
		keys.push(bucketAt(unit, iso(year, month, 1)));
		month += months;
		if (month > 12) [year, month] = [year + 1, month - 12];
	}
	return keys;
}

/** True for `2017`, `2017-Q1` and `2017-03`. */
export function isBucket(text: string): boolean {
	return BUCKET.test(text) && !text.startsWith('0000');
}

/** First day of a bucket: `2017-04-01` of `2017-Q2`. Throws RangeError where it is none. */
export function firstDay(bucket: string): Day {
	const { year, firstMonth } = readBucket(bucket);
	return iso(year, firstMonth, 1);
}

/** Last day of a bucket: `2017-06-30` of `2017-Q2`. Throws RangeError where it is none. */
export function lastDay(bucket: string): Day {
	const { year, lastMonth } = readBucket(bucket);
	return iso(year, lastMonth, daysInMonth(year, lastMonth));
}

/** The bucket of the same length so many steps later, or earlier; `null` before year 1 and after 9999. */
export function neighbourBucket(bucket: string, steps: number): string | null {
	const { year, firstMonth, lastMonth } = readBucket(bucket);
	const months = year * 12 + firstMonth - 1 + steps * (lastMonth - firstMonth + 1);
	const day = months < 12 || months >= 120_000 ? null : iso(Math.floor(months / 12), (months % 12) + 1, 1);
	return day && bucketAt(unitOf(bucket), day);
}

/** How long a bucket is. */
export function unitOf(bucket: string): BucketUnit {
	return bucket.length === 4 ? 'year' : bucket.includes('Q') ? 'quarter' : 'month';
}

/** The single bucket, coarsest first, that is exactly the days from `from` to `to`; `null` for any other period. */
export function wholeBucket(from: Day, to: Day): string | null {
	for (const unit of BUCKET_UNITS) {
		const key = bucketAt(unit, from);
		if (firstDay(key) === from && lastDay(key) === to) return key;
	}
	return null;
}

/**
 * The days meant by a date as sources write it: `2015-07-01`, `2015-07`, `2015-Q3` or `2015`, with its precision.
 * `null` where it is none of these.
 */
export function readDate(text: string): { from: Day; to: Day; precision: DatePrecision } | null {
	if (isDay(text)) return { from: text, to: text, precision: 'day' };
	if (!isBucket(text)) return null;
	return { from: firstDay(text), to: lastDay(text), precision: unitOf(text) };
}

/** The bucket of a unit in which a day lies. */
export function bucketAt(unit: BucketUnit, day: Day): string {
	if (unit === 'year') return day.slice(0, 4);
	if (unit === 'month') return day.slice(0, 7);
	return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

function readBucket(bucket: string): { year: number; firstMonth: number; lastMonth: number } {
	const match = BUCKET.exec(bucket);
	if (!match || match[1] === '0000')
		throw new RangeError(`Not a year, quarter or month: ${JSON.stringify(bucket)}`);
	const year = Number(match[1]);
	if (match[2]) return { year, firstMonth: Number(match[2]) * 3 - 2, lastMonth: Number(match[2]) * 3 };
	if (match[3]) return { year, firstMonth: Number(match[3]), lastMonth: Number(match[3]) };
	return { year, firstMonth: 1, lastMonth: 12 };
}

function parts(day: Day): [number, number, number] {
	if (!isDay(day)) throw new RangeError(`Not a day: ${JSON.stringify(day)}`);
	return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function iso(year: number, month: number, day: number): Day {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Days since the last day before year 1. */
function dayNumber(day: Day): number {
	const [year, month, dayOfMonth] = parts(day);
	const past = year - 1;
	let days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) + dayOfMonth;
	for (let earlier = 1; earlier < month; earlier += 1) days += daysInMonth(year, earlier);
	return days;
}
