import { sql } from 'kysely';
import { termsInForce } from './agreed.ts';
import { counted, ofChecked, sliceLine, textOf, type Check } from './check.ts';

const COUNTS = sql`e.kind in ('3', '4') and not e.returned and e.counting = 'counted'`;
const MOST_NAMED = 20;

/**
 * All that was spent was spent within the period of the agreement, or of the project where no agreement states one. What lies
 * outside is found by its days; what is not dated cannot be placed.
 */
export const nothingOutsidePeriod: Check = {
	code: 'nothing_outside_period',
	outcomes: (scope) => sql`
		with stated as (
			select distinct on (project_id) project_id, start_date, end_date, start_precision, end_precision from project_version
			where project_id in (select project_id from checked_project)
			order by project_id, nature = ${sql.lit(scope.nature)} desc, nature = 'published' desc, posting_no desc
		), agreed as (
			select project_id, min(start_date) as start_date, max(end_date) as end_date from ${termsInForce('agreement_version', [], scope)} agreement group by 1
		), period as (
			select project_id, coalesce(a.start_date, s.start_date) as starts,
				coalesce(a.end_date, case when s.end_precision in ('month', 'quarter', 'year')
					then (date_trunc(s.end_precision, s.end_date::timestamp)
						+ case s.end_precision when 'month' then interval '1 month' when 'quarter' then interval '3 months' else interval '1 year' end
						- interval '1 day')::date
					else s.end_date end) as ends
			from checked_project left join agreed a using (project_id) left join stated s using (project_id)
		), spent as (
			select e.project_id, sum(e.eur) as spent, sum(e.eur) filter (where not isfinite(e.period_to)) as undated,
				coalesce(sum(e.entries) filter (where not isfinite(e.period_to)), 0) as undated_entries
			from ledger_current_month e where ${ofChecked(scope)} and ${COUNTS} group by 1
		), straddling as (
			select distinct e.project_id, e.period_from from ledger_current_month e join period using (project_id)
			where ${ofChecked(scope)} and ${COUNTS} and isfinite(e.period_from) and e.period_from <= ends and e.period_to > ends
		), outside as (
			select e.project_id, e.reporting_organisation_id, e.entry_id, e.amount_eur
			from (
				select e.* from period join ledger_entry e on e.project_id = period.project_id and e.nature = ${sql.lit(scope.nature)} and e.sort_date < starts
				union all
				select e.* from period join ledger_entry e on e.project_id = period.project_id and e.nature = ${sql.lit(scope.nature)}
					and e.sort_date > ends and e.sort_date < 'infinity'
				union all
				select e.* from straddling s join period using (project_id)
				join ledger_entry e on e.project_id = s.project_id and e.nature = ${sql.lit(scope.nature)} and e.sort_date >= s.period_from
					and e.sort_date < (s.period_from + interval '1 month')::date
				where e.sort_date <= ends and e.date_to > ends and e.sort_date >= coalesce(starts, '-infinity')
			) e
			where ${COUNTS} and not exists (
				select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
		), fault as (
			select project_id, coalesce(sum(amount_eur), 0) as outside, count(*) as entries,
				jsonb_agg(reporting_organisation_id || '-' || entry_id order by place) filter (where place <= ${sql.lit(MOST_NAMED)}) as named
			from (select *, row_number() over (partition by project_id order by abs(amount_eur) desc nulls last, entry_id) as place from outside) ranked
			group by 1
		)
		select project_id, '' as subject, spent as left_side,
			case when coalesce(starts, ends) is not null then spent - coalesce(outside, 0) - coalesce(undated, 0) end as right_side, 'EUR' as unit, 0 as tolerance,
			case when fault.entries > 0 then true when coalesce(starts, ends) is not null and undated_entries = 0 then false end as fault,
			case when coalesce(starts, ends) is null then 'period' when undated_entries > 0 then 'dates' end as missing,
			jsonb_build_object('spent', spent::text, 'inside', (spent - coalesce(outside, 0) - coalesce(undated, 0))::text, 'from', starts::text, 'to', ends::text,
				'entries', named, 'count', fault.entries::text) as about, false as gone
		from spent join period using (project_id) left join fault using (project_id)`,
	sides: ({ about, slice }) => ({
		left: sliceLine('spent', 1, about, 'spent', { ...slice, measure: 'spent' }),
		right:
			textOf(about, 'from') === null && textOf(about, 'to') === null
				? []
				: sliceLine('inside_period', 1, about, 'inside', {
						...slice,
						measure: 'spent',
						from: textOf(about, 'from'),
						to: textOf(about, 'to')
					})
	}),
	touches: () => ({ money: counted('spent') }),
	deciding: ({ slice }) => ({ ...slice, measure: 'spent' })
};
