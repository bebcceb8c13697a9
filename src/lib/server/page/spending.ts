import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { listPostingDays, readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import type { Project } from '#lib/server/facts/projects.ts';
import { breakdowns } from '#lib/server/ledger/breakdown.ts';
import { total, totals as totalsOf } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, daysOfPeriod, type FormulaName, type TermValues } from '#lib/slice/formula.ts';
import type { Day } from '#lib/slice/period.ts';
import type { BreakdownRow, Dimension, Measure, Slice, Sum, Total } from '#lib/slice/slice.ts';
import type { View } from '#lib/slice/view.ts';
import { readBurn, type BurnStep } from './burn.ts';
import { readForecast, type Forecast } from './forecast.ts';
import { readPartSort, sortParts, type PartSort } from './part-sort.ts';
import { readChangesSince, type ChangesSince } from './since.ts';
import { readTiming, type Timing } from './timing.ts';

const MEASURES = [
	'received',
	'contribution_committed',
	'spent',
	'returned',
	'budget'
] as const satisfies readonly Measure[];
type SpendingMeasure = (typeof MEASURES)[number];
/** Days that a slider can stop at. */
const STOPS = 120;
const FORMULA_NAMES = [
	'cash_balance',
	'budget_balance',
	'spent_share',
	'time_share',
	'gap',
	'gap_amount'
] as const satisfies readonly FormulaName[];

/** A part of what was spent, beside its budget where that is planned by the same cut. `key` null is the part left over. */
export type SpendingPart = { key: string | null; label: string; spent: Sum | null; budget: Sum | null };
/** The same with the share of its budget spent, and how far that is from the share of the time passed, in points. */
export type MeasuredPart = SpendingPart & { share: Decimal | null; gap: Decimal | null };

/** A project's money of one nature, with every cut of it. Slices of all figures are `slice` with its own measure. */
export type Spending = {
	name: string;
	slice: Slice;
	posting: PostingStamp | null;
	/** Days on which these books changed, the earliest first: each can be gone back to. */
	days: string[];
	changes: ChangesSince;
	totals: Record<SpendingMeasure, Total>;
	formulas: Record<(typeof FORMULA_NAMES)[number], Decimal | null>;
	/** Null where the project's start or end is not stated. */
	timing: Timing | null;
	/** Null for a project that is over, and where nothing was spent yet. */
	forecast: Forecast | null;
	/** By quarter; the null key is what is not dated this finely. */
	quarters: SpendingPart[];
	/** In the order that the address asks for. */
	countries: MeasuredPart[];
	sort: PartSort;
	providers: SpendingPart[];
	objectives: SpendingPart[];
	headings: SpendingPart[];
	/** Share of the budget spent at the end of each quarter, last at the end of the project or on the day asked for. */
	burn: BurnStep[];
};

/** The cuts of a project's money, and whether its budget is planned by the same. */
const CUTS = [
	['quarter', true],
	['country', true],
	['provider', false],
	['objective', true],
	['heading', true]
] as const satisfies readonly (readonly [Dimension, boolean])[];

type Asked = Pick<Question<'since'>, 'db' | 'fields'> & { view: Pick<View, 'sort'> };

/**
 * All that the books of one nature hold of a project; null where they never held anything.
 * @param slice the project's slice, of the nature that is asked for
 */
export async function readSpending(
	{ db, view, fields }: Asked,
	project: Project,
	slice: Slice
): Promise<Spending | null> {
	const sort = readPartSort(view);
	const totals = await totalsOf(db, slice, MEASURES);
	if (isEmpty(totals) && (slice.asof === null || !(await wasEverHeld(db, slice)))) return null;

	const [timing, postings, steps, changes, ...parts] = await Promise.all([
		readTiming(db, project, slice),
		readPostings(db, slice.asof, slice.version),
		listPostingDays(db, slice.nature),
		readChangesSince(db, slice, fields.since),
		...CUTS.map(([by, budgeted]) => readParts(db, slice, by, budgeted))
	]);
	const [quarters, countries, providers, objectives, headings] = parts as [
		SpendingPart[],
		SpendingPart[],
		SpendingPart[],
		SpendingPart[],
		SpendingPart[]
	];
	const days = timing ? daysOfPeriod(timing.period, timing.until) : {};
	const values: TermValues = {
		...Object.fromEntries(MEASURES.map((measure) => [measure, totals[measure].amount])),
		...days
	};
	return {
		name: project.short_name ?? project.name,
		slice,
		posting: postings[slice.nature],
		days: withoutCrowding(steps),
		changes,
		totals,
		formulas: Object.fromEntries(
			FORMULA_NAMES.map((name) => [name, FORMULAS[name].evaluate(values)])
		) as Spending['formulas'],
		timing,
		forecast: timing && (await readForecast(db, slice, timing, totals)),
		quarters,
		countries: sortParts(measureParts(countries, days), sort),
		sort,
		providers,
		objectives,
		headings,
		burn: timing ? await readBurn(db, slice, { ...timing, quarters, totals }) : []
	};
}

/** Share of the budget and gap to the time passed, of each part. */
export function measureParts(parts: readonly SpendingPart[], days: TermValues): MeasuredPart[] {
	return parts.map((part) => {
		const values = { ...days, spent: part.spent?.amount, budget: part.budget?.amount };
		return {
			...part,
			share: FORMULAS.spent_share.evaluate(values),
			gap: FORMULAS.gap.evaluate(values)
		};
	});
}

/** More stops than a slider has room for: the last of each month. */
function withoutCrowding(days: readonly Day[]): Day[] {
	if (days.length <= STOPS) return [...days];
	return days.filter((day, index) => day.slice(0, 7) !== days[index + 1]?.slice(0, 7)).slice(-STOPS);
}

const isEmpty = (totals: Record<string, Total>) =>
	Object.values(totals).every((sum) => sum.entries === 0 && sum.notCounted.length === 0);

async function wasEverHeld(db: Question<never>['db'], slice: Slice): Promise<boolean> {
	const everything = await total(db, { ...slice, measure: 'budget', asof: null });
	return everything.entries > 0;
}

/** What was spent by one cut, and the budget by the same one where there is such a budget. */
export async function readParts(
	db: Question<never>['db'],
	slice: Slice,
	by: Dimension,
	budgeted: boolean
): Promise<SpendingPart[]> {
	const measures: ('spent' | 'budget')[] = budgeted ? ['spent', 'budget'] : ['spent'];
	const { spent, budget = [] } = await breakdowns(db, slice, measures, [by]);
	const keys = [...new Set([...spent, ...budget].map((row) => row.keys[0] ?? null))].sort(nullLast);
	const labels = await labelsOf(db, by, keys);
	return keys.map((key) => ({
		key,
		label: key === null ? '' : (labels.get(key) ?? key),
		spent: sumOf(spent, key),
		budget: sumOf(budget, key)
	}));
}

function sumOf(rows: readonly BreakdownRow[], key: string | null): Sum | null {
	const row = rows.find((candidate) => (candidate.keys[0] ?? null) === key);
	return row ? { amount: row.amount, entries: row.entries, unconverted: row.unconverted } : null;
}

function nullLast(a: string | null, b: string | null): number {
	if (a === b) return 0;
	if (a === null) return 1;
	return b === null || a < b ? -1 : 1;
}
