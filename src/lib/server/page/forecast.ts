import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, type TermValues } from '#lib/slice/formula.ts';
import { firstDay, lastDay, listBuckets } from '#lib/slice/period.ts';
import type { Slice, Total } from '#lib/slice/slice.ts';
import type { PaceWindow } from './pace.ts';
import { forecastDays, readPace, readTimeTerms, type Timing } from './timing.ts';

/** What will be spent by the end of a running project if the pace of late goes on. */
export type Forecast = {
	pace: PaceWindow;
	/** Spent in the months of the pace, and per day of them. */
	recent: Decimal;
	daily: Decimal;
	/** By the end date: what is spent and forecast together, and its share of the budget in per cent. */
	spent: Decimal;
	share: Decimal | null;
	/** Of each quarter from the start of the forecast on; they add up to what is forecast. Each opens as its slice's formula. */
	quarters: { key: string; slice: Slice; amount: Decimal }[];
};

/** Null for a project that is over, and where nothing was spent yet. */
export async function readForecast(
	db: Kysely<DB>,
	slice: Slice,
	timing: Timing,
	totals: { spent: Total; budget: Total }
): Promise<Forecast | null> {
	const pace = await readPace(db, slice, timing);
	if (pace === null) return null;
	const values: TermValues = {
		...(await readTimeTerms(db, slice, timing, pace)),
		spent: totals.spent.amount,
		budget: totals.budget.amount
	};
	const [spent, daily] = [FORMULAS.forecast_spent.evaluate(values), FORMULAS.daily_pace.evaluate(values)];
	if (spent === null || daily === null) return null;
	return {
		pace,
		recent: values.recent_spent!,
		daily,
		spent,
		share: FORMULAS.forecast_share.evaluate(values),
		quarters: listBuckets('quarter', pace.start, timing.period.to).map((key) => {
			const part: Slice = { ...slice, measure: 'spent', from: firstDay(key), to: lastDay(key) };
			const days = { ...values, ...forecastDays(part, timing, pace) };
			return { key, slice: part, amount: FORMULAS.forecast_part.evaluate(days)! };
		})
	};
}
