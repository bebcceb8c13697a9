import type { Amount } from '#lib/chart/chart-data.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatCount } from '#lib/words/count.ts';

/** A number of activities as a chart draws, speaks and tabulates it. */
export function countCell(activities: number, href?: string): Amount {
	const count = formatCount(activities);
	const exact = activities === 1 ? m.overview_activities_one() : m.overview_activities_count({ count });
	return { value: String(activities), label: count, exact, figures: count, href };
}
