import { sql } from 'kysely';
import type { Measure, Slice } from '#lib/slice/slice.ts';
import {
	counted,
	earlierResults,
	measured,
	ofChecked,
	sliceLine,
	textOf,
	type About,
	type Check
} from './check.ts';

/**
 * What was known at the posting before, and what was since put right in the time it covered, is what stands at the end of that
 * time now: no earlier period changes without a row that says so. The closing sum is carried along, corrections are read from
 * the entries, the opening sum from today's sums. A first posting closes nothing and only leaves its closing sum.
 */
export const closingEqualsOpening: Check = {
	code: 'closing_equals_opening',
	outcomes: (scope) => sql`
		with closing as (
			select project_id, subject as measure, posting_no, (about ->> 'known_to')::date as known_to, (about ->> 'total')::numeric as total
			from (${earlierResults(scope, 'closing_equals_opening')}) earlier
		), now as (
			select e.project_id, measure, sum(sign * e.eur) filter (where isfinite(e.period_to)) as total, max(e.period_to) filter (where isfinite(e.period_to)) as known_to,
				sum(sign * e.eur) filter (where e.period_to <= c.known_to) as opening, sum(e.entries_without_eur) as without
			from ledger_current_month e join ${measured(['spent', 'received'])} on measured.kind = e.kind and measured.returned = e.returned
			left join closing c using (project_id, measure)
			where ${ofChecked(scope)} and e.counting = 'counted' group by 1, 2
		), corrected as (
			select e.project_id, measure, sum(e.sign * measured.sign * coalesce(e.amount_eur, 0)) as corrected
			from changed_entry e join ${measured(['spent', 'received'])} on measured.kind = e.kind and measured.returned = e.returned
			join closing c using (project_id, measure)
			where e.counting = 'counted' and e.period_to <= c.known_to group by 1, 2
		)
		select project_id, measure as subject, closing.total + coalesce(corrected, 0) as left_side,
			case when closing.total is not null then coalesce(opening, 0) end as right_side, 'EUR' as unit, 0 as tolerance, null::boolean as fault,
			case when without > 0 then 'rate' end as missing,
			jsonb_build_object('known_to', coalesce(now.known_to, closing.known_to), 'total', coalesce(now.total, 0)::text, 'closing', closing.total::text,
				'corrected', corrected::text, 'opening', coalesce(opening, 0)::text, 'day', closing.known_to, 'since', closing.posting_no::text) as about,
			closing.known_to is null or now.project_id is null as gone
		from now full join closing using (project_id, measure) left join corrected using (project_id, measure)`,
	sides: ({ subject, about, slice }) => {
		const own = earlierOf(subject, about, slice);
		return {
			left: [
				...sliceLine('closing', 1, about, 'closing', own),
				...(textOf(about, 'corrected') === null
					? []
					: [
							{
								term: 'corrected' as const,
								sign: 1 as const,
								amount: textOf(about, 'corrected'),
								origin: { kind: 'formula' as const, formula: 'difference' as const, slice: own }
							}
						])
			],
			right: sliceLine('opening', 1, about, 'opening', { ...own, change: null })
		};
	},
	touches: ({ subject }) => ({ money: counted(subject as Measure) }),
	deciding: ({ subject, about, slice }) => ({
		...earlierOf(subject, about, slice),
		change: `replacement:${textOf(about, 'since') ?? '1'}`
	})
};

function earlierOf(subject: string, about: About, slice: Slice): Slice {
	const since = textOf(about, 'since');
	return {
		...slice,
		measure: subject as Measure,
		to: textOf(about, 'day'),
		change: since === null ? null : `known:${since}`
	};
}
