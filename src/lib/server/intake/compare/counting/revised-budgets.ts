import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { ActivitySpan } from '../../record.ts';
import type { FileScope } from '../scope.ts';
import { KindSums } from '../sums.ts';
import { ANY, type CountingProposal, type StandingRules } from './standing-rules.ts';

type Budget = {
	reporter: string;
	activity: string;
	version: 'original' | 'revised';
	from: string;
	to: string;
	currency: string;
	count: number;
	sum: Decimal;
};

/**
 * IATI: a budget of type 2 (revised) replaces the one of type 1 (original) of the same activity and period. The original
 * ones that have a revised one are proposed to be left out, one rule for each reporter.
 */
export async function proposeRevisedBudgets(
	db: Kysely<DB>,
	scope: FileScope,
	standing: StandingRules
): Promise<CountingProposal[]> {
	const { rows } = await sql<Budget>`
		with budget as (
			select record->>'reporter' as reporter, record->>'activity' as activity, record->>'budgetVersion' as version,
				record->>'dateFrom' as "from", coalesce(record->>'dateTo', record->>'dateFrom') as "to",
				record->>'currency' as currency, count(*)::integer as count, sum((record->>'amount')::numeric)::text as sum
			from staged_record
			where import_id = ${scope.importId}::bigint and kind = 'ledger_entry' and record->>'entryKind' = 'budget'
				and record->>'dateFrom' is not null
			group by 1, 2, 3, 4, 5, 6
		)
		select * from budget where activity in (select activity from budget where version = 'revised')`.execute(db);
	const proposals: CountingProposal[] = [];
	for (const [reporter, budgets] of Map.groupBy(rows, (budget) => scope.reporterKeys.get(budget.reporter)!)) {
		const key = `superseded-budget:${reporter}`;
		const replaced = [...Map.groupBy(budgets, ({ activity }) => activity).values()].flatMap(findReplaced);
		const spans = replaced.map(({ activity, from, to }): ActivitySpan => ({ activity, from, to }));
		const next = standing.next(key, spans, (activity) => scope.stated.has(activity));
		if (next === null) continue;
		const sums = new KindSums();
		for (const budget of replaced) sums.add({ ...budget, kind: 'budget' });
		const listed = sums.list();
		proposals.push({
			what: 'counting',
			key,
			counting: 'superseded_budget',
			reason: `${reporter} gives a revised budget for the same activity and period, which replaces the original one.`,
			reporter,
			match: { ...ANY, entryKind: 'budget', budgetVersion: 'original', activities: next },
			entries: listed.reduce((entries, { count }) => entries + count, 0),
			sums: listed,
			// Nothing more is left out than before.
			certain: spans.length === 0
		});
	}
	return proposals;
}

/** The original budgets of an activity of which a revised one has the same period, and no other original lies inside it. */
function findReplaced(budgets: readonly Budget[]): Budget[] {
	const originals = budgets.filter(({ version }) => version === 'original');
	const isRevised = new Set(
		budgets.filter(({ version }) => version === 'revised').map(({ from, to }) => `${from} ${to}`)
	);
	return originals.filter(
		({ from, to }) =>
			isRevised.has(`${from} ${to}`) &&
			originals.every(
				(other) => (other.from === from && other.to === to) || other.from < from || other.to > to
			)
	);
}
