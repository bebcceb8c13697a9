import { notLoaded } from '#lib/layout/absence.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { m } from '#lib/paraglide/messages.js';
import type { KeyAmount, ReportPart } from '#lib/server/outlet/report/report.ts';
import type { Project } from '#lib/server/facts/projects.ts';
import type { PublishedMoney, StatedAmount } from '#lib/server/page/published.ts';
import type { Measure } from '#lib/slice/slice.ts';
import { formatPeriodOf } from '../projects/project-period.ts';
import type { ProvedBy, Stated } from './stated.ts';

/** What is published of a project's money: the four numbers, what sources state of contributions, its time and partners. */
export function publishedFigures(stated: Stated, money: PublishedMoney, project: Project): ReportPart {
	const absence = notLoaded(money.notLoadedBefore);
	const { currency } = money.slice;
	const of = (measure: Measure, label: string, amount: Decimal | null, note: string | null = null) =>
		stated.key(
			{ label, nature: 'published', origin: { kind: 'slice', slice: { ...money.slice, measure } } },
			{ amount, currency },
			{ absence, note }
		);
	const balance: ProvedBy = { kind: 'formula', formula: 'cash_balance', slice: money.slice };
	return {
		kind: 'figures',
		figures: [
			budgetOf(),
			of('received', m.overview_received(), money.totals.received),
			of('spent', m.overview_spent(), money.totals.spent),
			stated.key(
				{ label: m.overview_balance(), nature: 'published', origin: balance },
				{ amount: money.balance, currency },
				{ absence, note: m.overview_cash_balance_note() }
			),
			...money.contributions.map((contribution) =>
				claimOf(
					contribution,
					contribution.party === null
						? m.overview_contribution()
						: m.overview_contribution_of({ party: contribution.party })
				)
			),
			...(money.unattributed ? [claimOf(money.unattributed, m.overview_unattributed_term())] : []),
			...projectFacts(project)
		]
	};

	function budgetOf(): KeyAmount {
		if (money.budget !== null) return claimOf(money.budget, m.overview_budget());
		return money.totals.budget === null
			? of('budget', m.overview_budget(), null)
			: of('budget', m.overview_budget(), money.totals.budget, m.spending_budget_of_lines());
	}

	function claimOf(claim: StatedAmount, label: string): KeyAmount {
		return stated.key({ label, nature: 'published', origin: { kind: 'claim', claim: claim.claim } }, claim, {
			absence,
			note: claim.rivals > 0 && absence === null ? m.overview_rivals({ count: claim.rivals }) : null
		});
	}
}

/** When a project ran, and who carried it out. */
function projectFacts(project: Project): KeyAmount[] {
	const words = (term: string, value: string): KeyAmount => ({
		term,
		value,
		exact: null,
		note: null,
		form: 'words'
	});
	const partners = new Map(
		project.parties
			.filter(({ role }) => role !== 1)
			.map(({ organisation_id, name }) => [organisation_id, name])
	);
	return [
		words(m.overview_period(), formatPeriodOf(project) ?? m.overview_not_stated()),
		...(partners.size > 0
			? [words(m.overview_partners(), [...partners.values()].join(m.words_slice_join()))]
			: [])
	];
}

/** Says once that nothing was spent as published, where that is so. */
export function neverPublished(name: string, money: PublishedMoney): ReportPart[] {
	if (money.totals.spent !== null || money.notLoadedBefore !== null) return [];
	return [{ kind: 'text', text: m.layout_no_spending_published({ name }) }];
}
