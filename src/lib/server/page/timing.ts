import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import type { Project } from '#lib/server/facts/projects.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import { daysOfPeriod, type TermValues } from '#lib/slice/formula.ts';
import { daysBetween, type Day } from '#lib/slice/period.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { windowOfPace, type PaceWindow } from './pace.ts';
import { lastDayOf } from './period.ts';

/** Where a project stands in its own time, as the books of one nature know it. */
export type Timing = {
	period: { from: Day; to: Day };
	/** The day that spending is compared with: the one asked for, else that of the last posting; at most the last day. */
	until: Day;
	/** Over, as all that is known today has it: it is spoken of in the past and nothing is forecast. */
	closed: boolean;
};

/** IATI ActivityStatus finalisation, closed and cancelled, and the facts' own word. Suspended work has no pace either. */
const OVER = ['3', '4', '5', '6', 'completed'];

/** Null for a project whose start or end is not stated: then no time can be told. */
export async function readTiming(
	db: Kysely<DB>,
	project: Pick<Project, 'start_date' | 'end_date' | 'end_precision' | 'status'>,
	slice: Pick<Slice, 'nature' | 'asof' | 'version'>
): Promise<Timing | null> {
	if (!project.start_date || !project.end_date) return null;
	const period = { from: project.start_date, to: lastDayOf(project.end_date, project.end_precision) };
	if (period.to < period.from) return null;
	const now = await readPostings(db, null, slice.version);
	const known = slice.asof ?? dayOf(now[slice.nature]) ?? period.to;
	const latest = [dayOf(now.published), dayOf(now.demonstration)].reduce<Day>(
		(last, day) => (day !== null && day > last ? day : last),
		known
	);
	return {
		period,
		until: known < period.to ? known : period.to,
		closed: latest > period.to || OVER.includes(project.status ?? '')
	};
}

function dayOf(posting: PostingStamp | null): Day | null {
	return posting === null ? null : posting.knownAt.slice(0, 10);
}

/** The days with spending whose pace a forecast carries on; null where nothing is left to forecast. */
export async function readPace(db: Kysely<DB>, slice: Slice, timing: Timing): Promise<PaceWindow | null> {
	if (timing.closed) return null;
	const months = await breakdown(db, { ...slice, measure: 'spent', from: null, to: null }, ['month']);
	const spent = months.flatMap(({ keys, amount }) => (keys[0] != null && amount !== null ? keys[0] : []));
	const pace = windowOfPace(spent, timing.period.from.slice(0, 7), timing.until);
	return pace === null || pace.start > timing.period.to ? null : pace;
}

/** What of a slice was spent in the months of a pace. */
export function recentSlice(slice: Slice, pace: PaceWindow): Slice {
	return { ...slice, measure: 'spent', from: pace.from, to: pace.to, undated: null };
}

/** The terms of formulas that time gives: days of the project, and what a forecast needs. */
export async function readTimeTerms(
	db: Kysely<DB>,
	slice: Slice,
	timing: Timing,
	pace: PaceWindow | null
): Promise<TermValues> {
	if (pace === null) return daysOfPeriod(timing.period, timing.until);
	const recent = await total(db, recentSlice(slice, pace));
	return { ...forecastDays(slice, timing, pace), recent_spent: recent.amount };
}

/** All numbers of days that a forecast needs; those of the forecast itself within the slice's own days. */
export function forecastDays(
	{ from, to }: Pick<Slice, 'from' | 'to'>,
	timing: Timing,
	pace: PaceWindow
): TermValues {
	const { start } = pace;
	const end = timing.period.to;
	return {
		...daysOfPeriod(timing.period, timing.until),
		recent_days: count(pace.from, pace.to),
		remaining_days: count(start, end),
		forecast_days: count(from !== null && from > start ? from : start, to !== null && to < end ? to : end)
	};
}

/** Days from one to the other, both counted; 0 where the first is later. */
function count(from: Day, to: Day): string {
	return String(Math.max(0, daysBetween(from, to) + 1));
}
