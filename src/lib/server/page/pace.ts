import { addDays, firstDay, lastDay, neighbourBucket, type Day } from '#lib/slice/period.ts';

/** Months that a pace is taken from. */
const PACE_MONTHS = 12;

/** The days that a pace is taken from, and the day after them: from there it is carried on. */
export type PaceWindow = { from: Day; to: Day; start: Day };

/**
 * The last twelve months with amounts, or as many as there are since `begun`; null without any. They end with the last
 * month that has one, because what was not reported yet is no pause, and no later than the day that is looked at.
 * @param months those with amounts, in order
 * @param begun the first month that can count
 */
export function windowOfPace(months: readonly string[], begun: string, until: Day): PaceWindow | null {
	const last = months.findLast((month) => firstDay(month) <= until);
	if (last === undefined) return null;
	const to = lastDay(last) < until ? lastDay(last) : until;
	const earliest = neighbourBucket(last, 1 - PACE_MONTHS);
	const first = earliest === null || (begun > earliest && begun <= last) ? begun : earliest;
	return { from: firstDay(first), to, start: addDays(to, 1) };
}
