import { sum, type Decimal } from '#lib/money/decimal.ts';
import { m } from '#lib/paraglide/messages.js';
import type { TablePart } from '#lib/server/outlet/report/report.ts';
import type { MeasuredPart, SpendingPart } from '#lib/server/page/spending.ts';
import type { FormulaName } from '#lib/slice/formula.ts';
import type { Dimension, Slice, Sum, Unconverted } from '#lib/slice/slice.ts';
import { formatCount } from '#lib/words/count.ts';
import type { ProvedBy, Stated } from './stated.ts';

/** Rows on paper; those after them stand in one row with their sum. */
const MOST_ROWS = 60;

type Cut = {
	/** The whole that is cut, and its sums. */
	slice: Slice;
	spent: Sum | null;
	budget?: Sum | null;
	parts: readonly (SpendingPart | MeasuredPart)[];
	/** Of the whole; left out for a cut whose parts have no gap to time. */
	share?: Decimal | null;
	gap?: Decimal | null;
};

type Words = {
	title: string;
	note?: string | null;
	/** What is cut by, and what the parts are: "Country". */
	by: Dimension;
	first: string;
	/** What the part is called that the cut leaves over. */
	leftOver: string;
	/** The slice of a part; null is the part left over. */
	sliceOf: (key: string | null) => Slice;
};

/** A cut of money as a table with its total, each amount exact; none for a cut without parts. */
export function partTable(stated: Stated, cut: Cut, words: Words): TablePart[] {
	const { slice, parts } = cut;
	if (parts.length === 0) return [];
	const { nature, currency } = slice;
	const budgeted = cut.budget != null && parts.some(({ key, budget }) => key !== null && budget !== null);
	const timed = cut.gap != null;
	const row = (name: string, of: Slice, sums: Pick<SpendingPart, 'spent' | 'budget'>, shares: Shares) => {
		const by = (formula: FormulaName): ProvedBy => ({ kind: 'formula', formula, slice: of });
		const money = (measure: 'spent' | 'budget', label: string) => {
			const origin: ProvedBy = { kind: 'slice', slice: { ...of, measure } };
			return stated.cell({ label: `${name}: ${label}`, nature, origin }, sums[measure], currency);
		};
		return [
			name,
			...(budgeted ? [money('budget', m.overview_budget())] : []),
			money('spent', m.overview_spent()),
			...(timed
				? [
						stated.percent(
							{ label: `${name}: ${m.overview_spent_share()}`, nature, origin: by('spent_share') },
							shares.share
						),
						stated.points(
							{ label: `${name}: ${m.spending_column_gap()}`, nature, origin: by('gap') },
							shares.gap,
							true
						)
					]
				: [])
		];
	};
	const named = parts.filter(({ key }) => key !== null);
	const [shown, left] = [named.slice(0, MOST_ROWS), named.slice(MOST_ROWS)];
	const rowOf = (part: SpendingPart | MeasuredPart) =>
		row(part.key === null ? words.leftOver : part.label, words.sliceOf(part.key), part, sharesOf(part));
	const othersRow = () => {
		const name = m.report_others({ count: formatCount(left.length) });
		const keys = left.flatMap(({ key }) => key ?? []);
		const rest = (measure: 'spent' | 'budget', label: string) =>
			stated.added(
				{ label: `${words.title}, ${name}: ${label}`, slice: { ...slice, measure }, by: words.by, keys },
				restOf(left.map((part) => part[measure]))
			);
		return [
			name,
			...(budgeted ? [rest('budget', m.overview_budget())] : []),
			rest('spent', m.overview_spent()),
			...(timed ? ['', ''] : [])
		];
	};
	const rows = [
		...shown.map(rowOf),
		...(left.length > 0 ? [othersRow()] : []),
		...parts.filter(({ key }) => key === null).map(rowOf)
	];
	return [
		{
			kind: 'table',
			title: words.title,
			note: words.note ?? null,
			columns: [
				{ title: words.first, unit: null, numeric: false, narrow: false },
				...(budgeted ? [{ title: m.overview_budget(), unit: currency, numeric: true, narrow: false }] : []),
				{ title: m.overview_spent(), unit: currency, numeric: true, narrow: false },
				...(timed
					? [
							{ title: m.overview_spent_share(), unit: null, numeric: true, narrow: true },
							{ title: m.spending_column_gap(), unit: m.spending_points(), numeric: true, narrow: true }
						]
					: [])
			],
			rows,
			total: row(
				m.spending_sum(),
				slice,
				{ spent: cut.spent, budget: cut.budget ?? null },
				{ share: cut.share ?? null, gap: cut.gap ?? null }
			)
		}
	];
}

type Shares = { share: Decimal | null; gap: Decimal | null };
const sharesOf = (part: SpendingPart | MeasuredPart): Shares =>
	'share' in part ? { share: part.share, gap: part.gap } : { share: null, gap: null };

/** What has no room on paper, added up: the page lists it. */
function restOf(left: readonly (Sum | null)[]): Sum | null {
	const sums = left.filter((one) => one !== null);
	if (sums.length === 0) return null;
	const amounts = sums.flatMap(({ amount }) => amount ?? []);
	const unconverted = new Map<string, Unconverted>();
	for (const part of sums.flatMap((one) => one.unconverted)) {
		const known = unconverted.get(part.currency);
		unconverted.set(part.currency, {
			currency: part.currency,
			amount: sum([part.amount, known?.amount ?? '0']),
			entries: part.entries + (known?.entries ?? 0)
		});
	}
	return {
		amount: amounts.length === 0 ? null : sum(amounts),
		entries: sums.reduce((count, { entries }) => count + entries, 0),
		unconverted: [...unconverted.values()]
	};
}
