import { m } from '#lib/paraglide/messages.js';
import type { Project } from '#lib/server/facts/projects.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';

type Dated = Pick<Project, 'start_date' | 'start_precision' | 'end_date' | 'end_precision'>;

/** One end of a project as finely as it is known; null where no date is stated. */
export function formatEnd(date: string | null, precision: string): string | null {
	return date === null ? null : formatDayWithPrecision(date, date, precision as DatePrecision);
}

/** "July 2015 – July 2019", each end as finely as it is known; null where neither is stated. */
export function formatPeriodOf({
	start_date,
	start_precision,
	end_date,
	end_precision
}: Dated): string | null {
	if (start_date === null && end_date === null) return null;
	if (start_precision === end_precision || start_date === null || end_date === null) {
		const precision = (start_date === null ? end_precision : start_precision) as DatePrecision;
		return formatDayWithPrecision(start_date, end_date, precision);
	}
	const [from, to] = [formatEnd(start_date, start_precision), formatEnd(end_date, end_precision)];
	return m.words_span({ from: from ?? '', to: to ?? '' });
}
