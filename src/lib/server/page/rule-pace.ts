import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { add, compare, type Decimal } from '#lib/money/decimal.ts';
import { daysBetween, firstDay, lastDay, type Day } from '#lib/slice/period.ts';
import { forecastCrossing, sumSigned } from '#lib/slice/rule.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { windowOfPace } from './pace.ts';
import type { MeasuredRule, RuleTermLine } from './rule.ts';
import { shownRow, type ShownRow } from './shown-row.ts';

/** What was counted in the last months known, and on how many days: what a forecast goes by. */
export type Pace = { from: Day; until: Day; days: number; counted: Decimal; terms: RuleTermLine[] };

/** When a threshold will be reached at that pace; `day` null where it will not. */
export type Crossing = { day: Day | null; pace: Pace | null };

/** The rows that decide: those of the month in which the threshold was reached, or else the latest that count. */
export type Deciding = { month: string; reachedBy: string | null; rows: ShownRow[] };

/** Rows of one kind and month that are looked through for the one that decides. */
const MOST_ROWS = 2000;
const SHOWN_ROWS = 5;

/** What counts towards a rule by month, oldest first. What is not dated to a month is in none. */
export async function readMonths(db: Kysely<DB>, { terms }: MeasuredRule): Promise<[string, Decimal][]> {
	const parts = await Promise.all(terms.counted.map(({ slice }) => readMonthsOf(db, slice)));
	const months = new Map<string, Decimal>();
	for (const { month, amount } of parts.flat()) {
		if (month != null && amount !== null) months.set(month, add(months.get(month) ?? '0', amount));
	}
	return [...months].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Bases are asked for together: a rule that names some of them has a term for each. */
async function readMonthsOf(db: Kysely<DB>, { basis, ...slice }: Slice) {
	const rows =
		basis === null
			? await breakdown(db, { ...slice, basis }, ['month'])
			: await breakdown(db, { ...slice, basis: null }, ['month', 'basis']);
	return rows
		.filter(({ keys }) => basis === null || keys[1] === basis)
		.map(({ keys: [month], amount }) => ({ month, amount }));
}

/**
 * The forecast of a threshold that has not been reached: at the pace of the last twelve months with rows that count.
 * @param day the day that is looked at: a month that it cuts is counted to it
 */
export async function forecast(
	db: Kysely<DB>,
	measured: MeasuredRule,
	months: readonly [string, Decimal][],
	day: Day
): Promise<Crossing> {
	const named = months.map(([month]) => month);
	const window = windowOfPace(named, named[0] ?? '', day);
	if (window === null || measured.distance === null) return { day: null, pace: null };
	const { from, to: until } = window;
	const terms = await Promise.all(
		measured.terms.counted.map(async ({ slice, sign }) => {
			const part = { ...slice, from, to: until };
			return { slice: part, sign, total: await total(db, part) };
		})
	);
	const counted = sumSigned(terms.map((term) => ({ sign: term.sign, amount: term.total.amount }))) ?? '0';
	const pace: Pace = { from, until, days: daysBetween(from, until) + 1, counted, terms };
	return { day: forecastCrossing(measured.distance, pace), pace };
}

/** The rows around the one with which the threshold was reached; where it was not, the latest rows that count. */
export async function readDeciding(
	db: Kysely<DB>,
	measured: MeasuredRule,
	months: readonly [string, Decimal][]
): Promise<Deciding | null> {
	const { threshold, reached } = measured;
	if (threshold === null || months.length === 0) return null;
	let before: Decimal = '0';
	let month = months.at(-1)![0];
	let isFound = false;
	for (const [key, amount] of months) {
		const after = add(before, amount);
		if (reached && compare(after, threshold) >= 0) {
			month = key;
			isFound = true;
			break;
		}
		before = after;
	}
	const all = await readRowsOf(db, measured, month);
	if (all === null) return null;
	if (!isFound) return { month, reachedBy: null, rows: all.slice(-SHOWN_ROWS) };
	const at = all.findIndex(({ amount_in_slice: amount }) => {
		before = add(before, amount ?? '0');
		return compare(before, threshold) >= 0;
	});
	const end = at < 0 ? all.length : at + 1;
	return {
		month,
		reachedBy: all[at]?.entry ?? null,
		rows: all.slice(Math.max(0, end - SHOWN_ROWS), end)
	};
}

/** All rows of a month that count, oldest first; null where they are too many to look through. */
async function readRowsOf(
	db: Kysely<DB>,
	{ terms }: MeasuredRule,
	month: string
): Promise<ShownRow[] | null> {
	const pages = await Promise.all(
		terms.counted
			.filter((term) => term.total.entries > 0)
			.map(({ slice }) =>
				rows(db, { ...slice, from: firstDay(month), to: lastDay(month) }, { after: null, limit: MOST_ROWS })
			)
	);
	if (pages.some(({ next }) => next !== null)) return null;
	return pages
		.flatMap((page) => page.rows)
		.sort((one, other) => (one.sort_date < other.sort_date ? -1 : one.sort_date > other.sort_date ? 1 : 0))
		.map(shownRow);
}
