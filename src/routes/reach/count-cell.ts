import type { Amount } from '#lib/chart/chart-data.ts';
import { formatActivities, formatCount } from '#lib/words/count.ts';

/** A number of activities as a chart draws, speaks and tabulates it. */
export function countCell(activities: number, href?: string): Amount {
	const count = formatCount(activities);
	return {
		value: String(activities),
		label: count,
		exact: formatActivities(activities),
		figures: count,
		href
	};
}
