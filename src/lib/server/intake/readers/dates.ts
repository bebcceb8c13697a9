import type { DatePrecision } from '../record.ts';

/** A date as a source writes it, opened up to its first and last day. */
export type DateSpan = { first: string; last: string; precision: 'day' | 'month' | 'quarter' | 'year' };

const SHAPES = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$/;

/** Reads `2017`, `2017-Q3`, `2017-03` or `2017-03-08`; null for anything else and for days that don't exist. */
export function readDateSpan(text: string): DateSpan | null {
	const match = SHAPES.exec(text);
	if (!match) return null;
	const [, year, quarter, month, day] = match;
	if (quarter) {
		const end = Number.parseInt(quarter!, 10) * 3;
		const first = `${year}-${twoDigits(end - 2)}-01`;
		return { first, last: lastOfMonth(`${year}-${twoDigits(end)}`), precision: 'quarter' };
	}
	if (!month) return { first: `${year}-01-01`, last: `${year}-12-31`, precision: 'year' };
	if (month < '01' || month > '12') return null;
	const last = lastOfMonth(`${year}-${month}`);
	if (!day) return { first: `${year}-${month}-01`, last, precision: 'month' };
	if (day < '01' || text > last) return null;
	return { first: text, last: text, precision: 'day' };
}

/** Last day of a month given as `2017-02`. */
export function lastOfMonth(month: string): string {
	const [year, number] = month.split('-').map((part) => Number.parseInt(part, 10)) as [number, number];
	return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

const FINENESS: Record<DatePrecision, number> = {
	day: 0,
	page_date: 1,
	month: 2,
	quarter: 3,
	year: 4,
	period: 5,
	unknown: 6
};

/** The vaguer of two precisions: what is written and what is claimed about it may differ. */
export function vaguer(one: DatePrecision, other: DatePrecision): DatePrecision {
	return FINENESS[one] >= FINENESS[other] ? one : other;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}
