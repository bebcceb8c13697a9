import { lastDay } from '#lib/slice/period.ts';

/** The last day that a date of some precision can mean: a project ending "July 2019" ends on the 31st. */
export function lastDayOf(date: string, precision: string): string {
	if (precision === 'month') return lastDay(date.slice(0, 7));
	if (precision === 'year') return `${date.slice(0, 4)}-12-31`;
	return date;
}
