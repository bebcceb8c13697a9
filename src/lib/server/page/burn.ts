import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { total } from '#lib/server/ledger/total.ts';
import { add, percentOf, type Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, daysOfPeriod } from '#lib/slice/formula.ts';
import { lastDay, listBuckets, type Day } from '#lib/slice/period.ts';
import type { Slice, Total } from '#lib/slice/slice.ts';
import type { SpendingPart } from './spending.ts';

/** What was spent until the end of a day, and both shares in per cent (100 is all). */
export type BurnStep = { day: Day; spent: Decimal; spentShare: Decimal; timeShare: Decimal };

/** Per cent as the formulas round it. */
const PERCENT_SCALE = 1;

/**
 * Share of the budget spent and of the time passed at the end of each quarter of a project, and last at `until`, where all
 * that is spent counts. Empty without a budget to compare with.
 */
export async function readBurn(
	db: Kysely<DB>,
	slice: Slice,
	known: {
		period: { from: Day; to: Day };
		until: Day;
		quarters: readonly SpendingPart[];
		totals: { spent: Total; budget: Total };
	}
): Promise<BurnStep[]> {
	const { period, until, quarters, totals } = known;
	const budget = totals.budget.amount;
	if (budget === null || totals.spent.amount === null) return [];
	const ends = listBuckets('quarter', period.from, until)
		.map(lastDay)
		.filter((day) => day < until);
	const sums = await readSums(db, slice, quarters, ends);
	const steps = [
		...ends.map((day, index) => ({ day, spent: sums[index]! })),
		{ day: until, spent: totals.spent.amount }
	];
	return steps.flatMap(({ day, spent }) => {
		const spentShare = percentOf(spent, budget, PERCENT_SCALE);
		const timeShare = FORMULAS.time_share.evaluate(daysOfPeriod(period, day));
		return spentShare === null || timeShare === null ? [] : [{ day, spent, spentShare, timeShare }];
	});
}

/** What was spent until each day. Quarters add up to it only where every flow lies inside one: else it is asked for. */
async function readSums(
	db: Kysely<DB>,
	slice: Slice,
	quarters: readonly SpendingPart[],
	days: readonly Day[]
): Promise<Decimal[]> {
	if (quarters.some(({ key, spent }) => key === null && spent !== null)) {
		const asked = days.map((to) => total(db, { ...slice, measure: 'spent', to }));
		return (await Promise.all(asked)).map(({ amount }) => amount ?? '0');
	}
	return days.map((day) =>
		quarters.reduce<Decimal>(
			(sum, { key, spent }) =>
				key !== null && spent?.amount != null && lastDay(key) <= day ? add(sum, spent.amount) : sum,
			'0'
		)
	);
}
