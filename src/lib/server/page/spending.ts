import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import type { Project } from '#lib/server/facts/projects.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, daysOfPeriod, type FormulaName, type TermValues } from '#lib/slice/formula.ts';
import type { Day } from '#lib/slice/period.ts';
import type { BreakdownRow, Dimension, Measure, Slice, Sum, Total } from '#lib/slice/slice.ts';
import { readBurn, type BurnStep } from './burn.ts';
import { lastDayOf } from './period.ts';

const MEASURES = [
	'received',
	'contribution_committed',
	'spent',
	'returned',
	'budget'
] as const satisfies readonly Measure[];
type SpendingMeasure = (typeof MEASURES)[number];
const FORMULA_NAMES = [
	'cash_balance',
	'budget_balance',
	'spent_share',
	'time_share'
] as const satisfies readonly FormulaName[];

/** A part of what was spent, beside its budget where that is planned by the same cut. `key` null is the part left over. */
export type SpendingPart = { key: string | null; label: string; spent: Sum | null; budget: Sum | null };

/** A project's money of one nature, with every cut of it. Slices of all figures are `slice` with its own measure. */
export type Spending = {
	name: string;
	slice: Slice;
	posting: PostingStamp | null;
	totals: Record<SpendingMeasure, Total>;
	formulas: Record<(typeof FORMULA_NAMES)[number], Decimal | null>;
	period: { from: Day; to: Day } | null;
	/** By quarter; the null key is what is not dated this finely. */
	quarters: SpendingPart[];
	countries: SpendingPart[];
	providers: SpendingPart[];
	headings: SpendingPart[];
	/** Share of the budget spent at the end of each quarter, last at the end of the project or on the day asked for. */
	burn: BurnStep[];
};

type Asked = Pick<Question<never>, 'db'>;

/**
 * All that the books of one nature hold of a project; null where they never held anything.
 * @param slice the project's slice, of the nature that is asked for
 */
export async function readSpending({ db }: Asked, project: Project, slice: Slice): Promise<Spending | null> {
	const ask = (measure: Measure) => total(db, { ...slice, measure });
	const [received, contribution_committed, spent, returned, budget] = await Promise.all(MEASURES.map(ask));
	const totals = { received, contribution_committed, spent, returned, budget } as Spending['totals'];
	if (isEmpty(totals) && (slice.asof === null || !(await wasEverHeld(db, slice)))) return null;

	const period =
		project.start_date && project.end_date
			? { from: project.start_date, to: lastDayOf(project.end_date, project.end_precision) }
			: null;
	const until = period && (slice.asof !== null && slice.asof < period.to ? slice.asof : period.to);
	const values: TermValues = Object.fromEntries(MEASURES.map((measure) => [measure, totals[measure].amount]));
	if (period && until) Object.assign(values, daysOfPeriod(period, until));

	const [quarters, countries, providers, headings, postings] = await Promise.all([
		readParts(db, slice, 'quarter', true),
		readParts(db, slice, 'country', true),
		readParts(db, slice, 'provider', false),
		readParts(db, slice, 'heading', true),
		readPostings(db, slice.asof)
	]);
	return {
		name: project.short_name ?? project.name,
		slice,
		posting: postings[slice.nature],
		totals,
		formulas: Object.fromEntries(
			FORMULA_NAMES.map((name) => [name, FORMULAS[name].evaluate(values)])
		) as Spending['formulas'],
		period,
		quarters,
		countries,
		providers,
		headings,
		burn: period && until ? await readBurn(db, slice, { period, until, quarters, totals }) : []
	};
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
	const [spent, budget] = await Promise.all([
		breakdown(db, { ...slice, measure: 'spent' }, [by]),
		budgeted ? breakdown(db, { ...slice, measure: 'budget' }, [by]) : []
	]);
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
