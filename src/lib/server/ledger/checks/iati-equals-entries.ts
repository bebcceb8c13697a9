import { sql } from 'kysely';
import type { CheckLine } from '#lib/slice/check.ts';
import type { Counting, Measure, Slice } from '#lib/slice/slice.ts';
import { activitiesInForce } from '#lib/server/facts/versions.ts';
import { measured, ofChecked, sliceLine, textOf, type Check, type Kept } from './check.ts';

const CODE = 'iati_equals_entries';
const MOST_NAMED = 20;
const SUMS = ['eur', 'booked', 'entries'] as const;

/**
 * A project's IATI file holds every published row of the project and no other. The file gives the money of the activities
 * that are in force and in the project: which these are is asked as it asks. Their money is that of the sums by activity,
 * which are held against the entries by a check of their own; where all entries are read anew, it is theirs. The other side
 * is of all the project's entries, whatever activity they name. Rows, booked amounts and euro are compared for each measure,
 * counting and currency. What the file then states of a row is for tests: no check writes one.
 */
export const iatiEqualsEntries: Check = {
	code: CODE,
	outcomes: (scope) => sql`
		with given as materialized (
			select c.activity_id, c.project_id from ${activitiesInForce({ posting: scope.postingNo, latest: false })} c
			where c.project_id in (select project_id from checked_project)
		), kind_sum as (
			select true as is_given, e.project_id, e.kind, e.returned, e.counting, e.currency, sum(e.eur) as eur, sum(e.booked) as booked, sum(e.entries) as entries
			from ledger_current_activity_year e join checked_project p using (project_id)
			join given g on g.activity_id = e.activity_id and g.project_id = e.project_id
			where e.nature = ${sql.lit(scope.nature)} and not p.anew group by 2, 3, 4, 5, 6
			union all
			select true, e.project_id, e.kind, e.returned, e.counting, e.currency, sum(e.amount_eur), sum(e.amount), count(*)
			from checked_project p join ledger_entry e on e.project_id = p.project_id and e.nature = ${sql.lit(scope.nature)}
			join given g on g.activity_id = e.activity_id and g.project_id = e.project_id
			where p.anew and not exists (
				select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
			group by 2, 3, 4, 5, 6
			union all
			select false, e.project_id, e.kind, e.returned, e.counting, e.currency, sum(e.eur), sum(e.booked), sum(e.entries)
			from ledger_current_month e where ${ofChecked(scope)} group by 2, 3, 4, 5, 6
		), compared as (
			select e.project_id, measure, e.counting, e.currency, ${sql.join(
				SUMS.flatMap((name) => {
					const value = name === 'entries' ? sql`e.entries` : sql`sign * coalesce(e.${sql.raw(name)}, 0)`;
					const sumOf = (of: 'given' | 'held') =>
						sql`coalesce(sum(${value}) filter (where ${of === 'given' ? sql`is_given` : sql`not is_given`}), 0) as ${sql.raw(`${of}_${name}`)}`;
					return [sumOf('given'), sumOf('held')];
				})
			)}
			from kind_sum e join ${measured()} on measured.kind = e.kind and measured.returned = e.returned group by 1, 2, 3, 4
		), decided as (
			select *, (${sql.raw(SUMS.map((name) => `given_${name}`).join(', '))}) <> (${sql.raw(SUMS.map((name) => `held_${name}`).join(', '))}) as fault
			from compared where ${sql.lit(scope.nature)} = 'published'
		), left_out as (
			select e.project_id, measure, e.counting, e.currency, e.reporting_organisation_id || '-' || e.entry_id as name,
				row_number() over (partition by e.project_id, measure, e.counting, e.currency order by abs(e.amount) desc, e.entry_id) as place
			from (select distinct project_id from decided where fault) f
			join ledger_entry e on e.project_id = f.project_id and e.nature = ${sql.lit(scope.nature)}
			join ${measured()} on measured.kind = e.kind and measured.returned = e.returned
			where not exists (select from given g where g.activity_id = e.activity_id and g.project_id = e.project_id) and not exists (
				select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
		), named as (
			select project_id, measure, counting, currency, count(*) as missing,
				jsonb_agg(name order by place) filter (where place <= ${sql.lit(MOST_NAMED)}) as names
			from left_out group by 1, 2, 3, 4
		)
		select project_id, measure || ' ' || counting || ' ' || currency as subject,
			case when has_rate then given_eur end as left_side, case when has_rate then held_eur end as right_side,
			'EUR' as unit, 0 as tolerance, fault, null::text as missing,
			jsonb_build_object('given', given_eur::text, 'held', held_eur::text, 'rows', given_entries::text,
				'entries', names, 'count', named.missing::text) as about, given_entries = 0 and held_entries = 0 as gone
		from decided cross join lateral (select held_eur <> 0 or given_eur <> 0 or held_booked = 0 as has_rate) rate
		left join named using (project_id, measure, counting, currency)`,
	sides: (kept) => ({
		left: linesOf(kept, 'in_iati', 'given'),
		right: linesOf(kept, 'entries', 'held')
	}),
	touches: ({ subject, slice }) => {
		const { measure, counting } = sliceOf(subject, slice);
		return { money: [{ measure, counting }] };
	},
	deciding: ({ subject, slice }) => sliceOf(subject, slice)
};

/** A file that is short opens as the result: no slice is of what it holds. */
function linesOf({ subject, about, slice }: Kept, term: 'in_iati' | 'entries', key: string): CheckLine[] {
	const lines = sliceLine(term, 1, about, key, sliceOf(subject, slice));
	if (term === 'entries' || textOf(about, 'given') === textOf(about, 'held')) return lines;
	return lines.map((line) => ({ ...line, origin: { kind: 'check', check: CODE, subject, slice } }));
}

function sliceOf(subject: string, slice: Slice): Slice {
	const [measure, counting, booked] = subject.split(' ') as [Measure, Counting, string];
	return { ...slice, measure, counting, booked };
}
