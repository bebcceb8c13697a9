import { m } from '#lib/paraglide/messages.js';
import { formatPercent } from '#lib/money/format.ts';
import type { KeyAmount, ReportPart } from '#lib/server/outlet/report/report.ts';
import type { ContributionMeasure, ContributionSums, PooledShare } from '#lib/server/page/contributions.ts';
import type { OwnContribution, OwnPart } from '#lib/server/page/statement.ts';
import type { Slice, Sum } from '#lib/slice/slice.ts';
import { basisLabel, stateLabel } from '#lib/words/ledger.ts';
import { exchangeParts } from './exchange-parts.ts';
import { partTable } from './part-table.ts';
import type { Stated } from './stated.ts';

const LABELS: Record<ContributionMeasure, () => string> = {
	contribution_pledged: m.funding_pledged,
	contribution_committed: m.funding_committed,
	received: m.funding_received,
	spent: m.funding_used,
	returned: m.funding_returned_column
};

/** A contribution that spending is charged to: its amounts, what it paid for, and of what kind its entries are. */
export function contributionParts(stated: Stated, line: OwnContribution): ReportPart[] {
	return [
		{ kind: 'heading', text: line.agreement },
		{ kind: 'figures', figures: [...amountsOf(stated, line, { used: true }), ...kindsOf(line)] },
		...shareParts(stated, line.share),
		...paidForParts(stated, line, line.paidFor)
	];
}

/** How the statements of a contribution in euro and in dollars agree. */
export function contributionExchange(stated: Stated, line: OwnContribution): ReportPart[] {
	const { slice, exchange, agreement: title } = line;
	return exchangeParts(stated, slice, exchange, { title, labels: LABELS });
}

/** The same of what was paid into the pool, and of what the pool as a whole paid for. */
export function pooledExchange(stated: Stated, line: OwnPart): ReportPart[] {
	const labels = { ...LABELS, returned_receipts: LABELS.returned };
	return [
		...exchangeParts(stated, line.slice, line.exchange, { title: m.funding_pooled(), labels }),
		...exchangeParts(stated, line.pool.slice, line.poolExchange, { title: m.report_pool_paid(), labels })
	];
}

/** What was paid into the pool. What the pool paid for is attributed to nobody: it stands as the whole that it is. */
export function pooledParts(stated: Stated, line: OwnPart): ReportPart[] {
	return [
		{ kind: 'heading', text: m.funding_pooled() },
		{ kind: 'figures', figures: [...amountsOf(stated, line, { used: false }), ...kindsOf(line)] },
		...shareParts(stated, line.share),
		{ kind: 'text', text: m.report_pool_whole() },
		...paidForParts(stated, line.pool, line.paidFor)
	];
}

function amountsOf(
	stated: Stated,
	{ slice, sums, balance }: ContributionSums,
	{ used }: { used: boolean }
): KeyAmount[] {
	const { nature, currency } = slice;
	const amount = (measure: ContributionMeasure) => {
		// What a provider got back is told by its own receipts.
		const asked: Slice = {
			...slice,
			measure: measure === 'returned' && !used ? 'returned_receipts' : measure
		};
		const sum: Sum = sums[measure] ?? { amount: null, entries: 0, unconverted: [] };
		return stated.key(
			{ label: LABELS[measure](), nature, origin: { kind: 'slice', slice: asked } },
			{ ...sum, currency }
		);
	};
	return [
		amount('contribution_pledged'),
		amount('contribution_committed'),
		amount('received'),
		...(used ? [amount('spent')] : []),
		amount('returned'),
		...(used
			? [
					stated.key(
						{
							label: m.funding_balance(),
							nature,
							origin: { kind: 'formula', formula: 'contribution_balance', slice }
						},
						{ amount: balance, currency }
					)
				]
			: [])
	];
}

/** Shared out by a key and booked so nowhere: never among what is used, and never without its key. */
function shareParts(stated: Stated, share: PooledShare | null): ReportPart[] {
	if (share === null) return [];
	const { slice, amount, percent } = share;
	return [
		{
			kind: 'figures',
			figures: [
				stated.key(
					{
						label: m.funding_share(),
						nature: slice.nature,
						origin: { kind: 'formula', formula: 'pooled_share', slice }
					},
					{ amount, currency: slice.currency },
					{ note: m.funding_share_key({ percent: formatPercent(percent) }) }
				)
			]
		}
	];
}

function paidForParts(
	stated: Stated,
	{ slice, sums }: Pick<ContributionSums, 'slice' | 'sums'>,
	{ countries, headings }: OwnContribution['paidFor']
): ReportPart[] {
	const whole = { slice, spent: sums.spent ?? null };
	return [
		...partTable(
			stated,
			{ ...whole, parts: countries },
			{
				title: m.report_paid_for_countries(),
				by: 'country',
				first: m.overview_column_country(),
				leftOver: m.overview_none_country(),
				sliceOf: (key): Slice => ({ ...slice, country: key ?? 'none' })
			}
		),
		...partTable(
			stated,
			{ ...whole, parts: headings },
			{
				title: m.report_paid_for_headings(),
				by: 'heading',
				first: m.spending_column_heading(),
				leftOver: m.overview_none_heading(),
				sliceOf: (key): Slice => ({ ...slice, heading: key ?? 'none' })
			}
		)
	];
}

/** On which basis the entries are booked, and how far they are vouched for. */
function kindsOf({ kinds }: Pick<OwnContribution, 'kinds'>): KeyAmount[] {
	const words = (term: string, labels: string[] | undefined): KeyAmount => ({
		term,
		value:
			labels === undefined
				? m.report_kinds_many()
				: labels.length === 0
					? m.overview_not_stated()
					: labels.join(m.words_slice_join()),
		exact: null,
		note: null,
		form: 'words'
	});
	return [
		words(
			m.report_accounting_basis(),
			kinds?.bases.map((basis) => basisLabel(basis))
		),
		words(
			m.report_state(),
			kinds?.states.map((state) => stateLabel(state))
		)
	];
}
