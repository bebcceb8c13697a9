import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { KindSum } from '../../preview.ts';
import type { FileScope } from '../scope.ts';
import { ANY, type CountingProposal, type StandingRules } from './standing-rules.ts';

/**
 * Secondary reporters repeat what others report: each one's activities are proposed to be left out. An activity that its
 * reporter no longer calls secondary counts again without asking.
 */
export async function proposeSecondary(
	db: Kysely<DB>,
	scope: FileScope,
	standing: StandingRules
): Promise<CountingProposal[]> {
	const proposals: CountingProposal[] = [];
	const byReporter = Map.groupBy(scope.stated, ([, { reporter }]) => scope.reporterKeys.get(reporter)!);
	for (const [reporter, activities] of byReporter) {
		const key = `secondary:${reporter}`;
		const repeated = activities.filter(([, { secondary }]) => secondary).map(([activity]) => activity);
		const next = standing.next(
			key,
			repeated.map((activity) => ({ activity, from: null, to: null })),
			(activity) => scope.stated.has(activity)
		);
		if (next === null) continue;
		const before = new Set(standing.spansOf(key).map(({ activity }) => activity));
		const sums = await sumActivities(
			db,
			scope.importId,
			repeated.filter((activity) => !before.has(activity))
		);
		proposals.push({
			what: 'counting',
			key,
			counting: 'secondary',
			reason: `${reporter} repeats here what other organisations report themselves (secondary reporter).`,
			reporter,
			match: { ...ANY, activities: next },
			entries: sums.reduce((entries, { count }) => entries + count, 0),
			sums,
			certain: next.every(({ activity }) => before.has(activity))
		});
	}
	return proposals;
}

async function sumActivities(
	db: Kysely<DB>,
	importId: string,
	activities: readonly string[]
): Promise<KindSum[]> {
	if (activities.length === 0) return [];
	const { rows } = await sql<KindSum>`
		select record->>'entryKind' as kind, record->>'currency' as currency, count(*)::integer as count,
			sum((record->>'amount')::numeric)::text as sum
		from staged_record
		where import_id = ${importId}::bigint and kind = 'ledger_entry' and record->>'activity' = any(${activities}::text[])
		group by 1, 2 order by 2, 1`.execute(db);
	return rows;
}
