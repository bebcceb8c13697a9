import { sql } from 'kysely';
import type { Counting, Measure, Slice } from '#lib/slice/slice.ts';
import { SUMMARIES } from '../summaries.ts';
import { carriedResults, measured, ofChecked, sliceLine, type Check } from './check.ts';

/**
 * The sums that pages are answered from are those of the entries: each of them, in euro, in dollars, as booked and in number, by
 * project, measure and counting. The entries' own sum is carried from posting to posting by what each changed, and added up
 * anew where there is none yet.
 */
export const summaryEqualsEntries: Check = {
	code: 'summary_equals_entries',
	outcomes: (scope) => sql`
		with kind_sum as (
			select e.project_id, e.kind, e.returned, e.counting, sum(e.sign * e.amount_eur) as eur, sum(e.sign * e.amount_usd) as usd,
				sum(e.sign * e.amount) as booked, sum(e.sign) as entries
			from changed_entry e join checked_project p using (project_id) where not p.anew group by 1, 2, 3, 4
			union all
			select e.project_id, e.kind, e.returned, e.counting, sum(e.amount_eur), sum(e.amount_usd), sum(e.amount), count(*)
			from checked_project p join ledger_entry e on e.project_id = p.project_id and e.nature = ${sql.lit(scope.nature)}
			where p.anew and not exists (
				select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
			group by 1, 2, 3, 4
		), change as (
			select e.project_id, measure, e.counting, sum(measured.sign * coalesce(e.eur, 0)) as eur, sum(measured.sign * coalesce(e.usd, 0)) as usd,
				sum(measured.sign * e.booked) as booked, sum(e.entries) as entries
			from kind_sum e join ${measured()} on measured.kind = e.kind and measured.returned = e.returned group by 1, 2, 3
			union all
			select project_id, split_part(subject, ' ', 1), split_part(subject, ' ', 2), coalesce((about ->> 'eur')::numeric, 0),
				coalesce((about ->> 'usd')::numeric, 0), coalesce((about ->> 'booked')::numeric, 0), coalesce((about ->> 'number')::numeric, 0)
			from (${carriedResults(scope, 'summary_equals_entries')}) earlier
		), entry as (
			select project_id, measure, counting, sum(eur) as eur, sum(usd) as usd, sum(booked) as booked, sum(entries) as entries
			from change group by 1, 2, 3
		), summed as (
			${sql.join(
				SUMMARIES.map(
					({ name, grain }, index) => sql`
				select ${sql.lit(index)} as summary_no, e.project_id, measure, e.counting, sum(sign * e.eur) as eur, sum(sign * e.usd) as usd,
					sum(sign * e.booked) as booked, ${grain === 'entry' ? sql`sum(e.entries)` : sql`null::numeric`} as entries
				from ${sql.table(`ledger_current_${name}`)} e join ${measured()} on measured.kind = e.kind and measured.returned = e.returned
				where ${ofChecked(scope)} group by 2, 3, 4`
				),
				sql` union all `
			)}
		), compared as (
			select k.project_id, k.measure, k.counting, n.summary_no, n.summary, coalesce(s.eur, 0) as sum_eur, e.eur, e.usd, e.booked, e.entries,
				(coalesce(s.eur, 0), coalesce(s.usd, 0), coalesce(s.booked, 0)) <> (coalesce(e.eur, 0), coalesce(e.usd, 0), coalesce(e.booked, 0))
					or (n.counts_entries and coalesce(s.entries, 0) <> coalesce(e.entries, 0)) as fault
			from (select project_id, measure, counting from entry union select project_id, measure, counting from summed) k
			cross join (values ${sql.join(
				SUMMARIES.map(
					({ name, grain }, index) =>
						sql`(${sql.lit(index)}, ${sql.lit(name)}, ${sql.lit(grain === 'entry')})`
				)
			)}) n(summary_no, summary, counts_entries)
			left join summed s using (project_id, measure, counting, summary_no)
			left join entry e using (project_id, measure, counting)
		)
		select distinct on (project_id, measure, counting) project_id, measure || ' ' || counting as subject,
			case when eur <> 0 or booked = 0 or fault then sum_eur end as left_side, case when eur <> 0 or booked = 0 or fault then coalesce(eur, 0) end as right_side,
			'EUR' as unit, 0 as tolerance, fault, null::text as missing,
			jsonb_build_object('eur', eur::text, 'usd', usd::text, 'booked', booked::text, 'number', entries::text, 'summed', sum_eur::text,
				'summary', case when fault then summary end) as about, coalesce(entries, 0) = 0 and not fault as gone
		from compared order by project_id, measure, counting, fault desc, summary_no`,
	sides: ({ subject, about, slice }) => {
		const own = sliceOf(subject, slice);
		return {
			left: sliceLine('summed_up', 1, about, 'summed', own),
			right: sliceLine('entries', 1, about, 'eur', own)
		};
	},
	touches: ({ subject, slice }) => {
		const { measure, counting } = sliceOf(subject, slice);
		return { money: [{ measure, counting }] };
	},
	deciding: ({ subject, slice }) => sliceOf(subject, slice)
};

function sliceOf(subject: string, slice: Slice): Slice {
	const [measure, counting] = subject.split(' ') as [Measure, Counting];
	return { ...slice, measure, counting };
}
