import { compare, sign } from '#lib/money/decimal.ts';
import { formatPercent } from '#lib/money/format.ts';
import { m } from '#lib/paraglide/messages.js';
import type { KeyAmount, ReportPart } from '#lib/server/outlet/report/report.ts';
import type { Spending, SpendingPart } from '#lib/server/page/spending.ts';
import type { FormulaName } from '#lib/slice/formula.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { formatDay } from '#lib/words/date.ts';
import { measureLabel } from '#lib/words/ledger.ts';
import { partTable } from './part-table.ts';
import type { ProvedBy, Stated } from './stated.ts';

/** The money of one nature on paper: the four numbers, the burn chart with its sentence, a map where there is one, and each cut. */
export function spendingParts(
	stated: Stated,
	spending: Spending,
	asof: string | null,
	map: readonly ReportPart[] = []
): ReportPart[] {
	const { slice, totals, formulas } = spending;
	const whole = { slice, spent: totals.spent, budget: totals.budget };
	const countries = {
		...whole,
		parts: spending.countries,
		share: formulas.spent_share,
		gap: formulas.gap
	};
	return [
		{ kind: 'figures', figures: keyFigures(stated, spending) },
		...burnParts(stated, spending, asof),
		...map,
		...partTable(stated, countries, {
			title: m.overview_by_country(),
			by: 'country',
			first: m.overview_column_country(),
			leftOver: m.overview_none_country(),
			sliceOf: (key): Slice => ({ ...slice, country: key ?? 'none' })
		}),
		...partTable(
			stated,
			{ ...whole, parts: largestFirst(spending.providers) },
			{
				title: m.overview_by_partner(),
				by: 'provider',
				first: m.report_partner(),
				leftOver: m.overview_none_partner(),
				sliceOf: (key): Slice => ({ ...slice, organisation: key ?? 'none', part: 'provider' })
			}
		),
		...partTable(
			stated,
			{ ...whole, parts: spending.headings },
			{
				title: m.overview_by_heading(),
				by: 'heading',
				first: m.spending_column_heading(),
				leftOver: m.overview_none_heading(),
				sliceOf: (key): Slice => ({ ...slice, heading: key ?? 'none' })
			}
		)
	];
}

function keyFigures(stated: Stated, { slice, totals, formulas }: Spending): KeyAmount[] {
	const { nature, currency } = slice;
	const total = (measure: keyof Spending['totals'], label: string) =>
		stated.key({ label, nature, origin: { kind: 'slice', slice: { ...slice, measure } } }, totals[measure]);
	const balance = (formula: 'cash_balance' | 'budget_balance', label: string, note: string) =>
		stated.key(
			{ label, nature, origin: { kind: 'formula', formula, slice } },
			{ amount: formulas[formula], currency },
			{ note: formulas[formula] === null ? note + m.overview_term_missing() : note }
		);
	return [
		total('budget', m.overview_budget()),
		total('received', m.overview_received()),
		total('spent', m.overview_spent()),
		balance('cash_balance', m.overview_cash_balance(), m.overview_cash_balance_note()),
		total('contribution_committed', m.overview_contribution_committed()),
		total('returned', measureLabel('returned')),
		balance('budget_balance', m.overview_budget_balance(), m.overview_budget_balance_note()),
		stated.keyShare(
			{
				label: m.overview_spent_share(),
				nature,
				origin: { kind: 'formula', formula: 'spent_share', slice }
			},
			formulas.spent_share
		)
	];
}

const STEP = 25;

function burnParts(stated: Stated, spending: Spending, asof: string | null): ReportPart[] {
	const last = spending.burn.at(-1);
	if (last === undefined) return [];
	const { slice, formulas, timing } = spending;
	const { nature, currency } = slice;
	const by = (formula: FormulaName, label: string) => ({
		label,
		nature,
		origin: { kind: 'formula', formula, slice } satisfies ProvedBy
	});
	const gap = formulas.gap ?? '0';
	const words = {
		date: formatDay(last.day),
		time: stated.percent(by('time_share', m.overview_time_share()), last.timeShare),
		spent: stated.percent(by('spent_share', m.overview_spent_share()), last.spentShare),
		points: stated.points(by('gap', m.spending_column_gap()), gap),
		amount: stated.short(
			by('gap_amount', m.spending_formula_gap_amount()),
			formulas.gap_amount ?? '0',
			currency
		)
	};
	const sentence =
		last.day === timing?.period.to
			? m.spending_burn_ended(words)
			: asof
				? m.spending_burn_asof(words)
				: m.spending_burn_open(words);
	// Only for drawing; the texts beside it are exact.
	const most = Math.max(100, ...spending.burn.map(({ spentShare }) => Number(spentShare)));
	const steps = Array.from({ length: Math.ceil(most / STEP) + 1 }, (_, step) =>
		formatPercent(String(step * STEP))
	);
	return [
		{ kind: 'text', text: `${sentence} ${judgement(spending)}`.trim(), strong: true },
		{
			kind: 'burn',
			title: m.overview_burn_title(),
			subtitle: m.overview_burn_subtitle(),
			alternative: `${m.overview_burn_title()}. ${sentence}`,
			points: spending.burn.map(({ timeShare, spentShare }) => ({ time: timeShare, spent: spentShare })),
			steps,
			labels: {
				spent: `${m.overview_burn_spent()} ${words.spent}`,
				time: m.overview_burn_time(),
				spentAxis: m.overview_burn_spent_axis(),
				timeAxis: m.overview_burn_time_axis()
			},
			invented: nature === 'demonstration' ? m.chart_demonstration_mark() : null
		}
	];
}

/** Only of what was reported, and only while something can be done about it. */
function judgement({ slice, timing, formulas }: Spending): string {
	if (slice.nature === 'demonstration' || !timing || timing.closed || formulas.gap === null) return '';
	if (sign(formulas.gap) === 0) return m.spending_on_time();
	return sign(formulas.gap) < 0 ? m.spending_behind_time() : m.spending_ahead_of_time();
}

/** Those that spent most first; what names nobody last. */
export function largestFirst(parts: readonly SpendingPart[]): SpendingPart[] {
	const amountOf = ({ spent }: SpendingPart) => spent?.amount ?? '0';
	return parts.toSorted(
		(a, b) => Number(a.key === null) - Number(b.key === null) || compare(amountOf(b), amountOf(a))
	);
}
