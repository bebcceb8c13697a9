import { sql } from 'kysely';
import { joinValues, NONE } from '#lib/slice/parameter.ts';
import type { Measure, Slice } from '#lib/slice/slice.ts';
import { counted, listOf, measured, ofChecked, openable, sliceLine, type Check } from './check.ts';

/** What is in countries, and what is in none of them, is the whole. Compared in euro, in dollars and as booked. */
export const countriesEqualWhole: Check = {
	code: 'countries_equal_whole',
	outcomes: (scope) => sql`
		with whole as (
			select e.project_id, measure, sum(sign * e.eur) as eur, sum(sign * e.usd) as usd, sum(sign * e.booked) as booked,
				sum(e.entries_without_eur) < sum(e.entries) as in_eur, sum(e.entries_without_usd) < sum(e.entries) as in_usd
			from ledger_current_month e join ${measured()} on measured.kind = e.kind and measured.returned = e.returned
			where ${ofChecked(scope)} and e.counting = 'counted' group by 1, 2
		), part as (
			select e.project_id, measure, sum(sign * e.eur) as eur, sum(sign * e.usd) as usd, sum(sign * e.booked) as booked,
				sum(sign * e.eur) filter (where e.country = '') as rest_eur, sum(sign * e.usd) filter (where e.country = '') as rest_usd,
				jsonb_agg(distinct e.country) filter (where e.country <> '') as countries
			from ledger_current_country_heading e join ${measured()} on measured.kind = e.kind and measured.returned = e.returned
			where ${ofChecked(scope)} and e.counting = 'counted' group by 1, 2
		), both_sides as (
			select project_id, measure, whole.in_eur or not coalesce(whole.in_usd, false) as in_eur, coalesce(whole.in_eur or whole.in_usd, true) as converted,
				part.countries, part.eur as part_eur, part.usd as part_usd, part.rest_eur, part.rest_usd, whole.eur, whole.usd,
				(part.eur, part.usd, part.booked) is distinct from (whole.eur, whole.usd, whole.booked) as fault
			from whole full join part using (project_id, measure)
		)
		select project_id, measure as subject, case when converted then case when in_eur then part_eur else part_usd end end as left_side,
			case when converted then case when in_eur then eur else usd end end as right_side,
			case when in_eur then 'EUR' else 'USD' end as unit, 0 as tolerance, fault, case when not converted then 'rate' end as missing,
			jsonb_build_object('countries', countries,
				'inside', case when countries is not null then (case when in_eur then part_eur - coalesce(rest_eur, 0) else part_usd - coalesce(rest_usd, 0) end)::text end,
				'rest', (case when in_eur then rest_eur else rest_usd end)::text, 'whole', (case when in_eur then eur else usd end)::text) as about,
			false as gone
		from both_sides`,
	sides: ({ subject, about, slice }) => {
		const own: Slice = { ...slice, measure: subject as Measure };
		const countries = listOf<string>(about, 'countries');
		const itself = { kind: 'check', check: 'countries_equal_whole', subject, slice } as const;
		return {
			left: [
				...sliceLine('in_countries', 1, about, 'inside', { ...own, country: joinValues(countries) }).map(
					(line) => openable(line, itself)
				),
				...sliceLine('unallocated', 1, about, 'rest', { ...own, country: NONE })
			],
			right: sliceLine('whole', 1, about, 'whole', own)
		};
	},
	touches: ({ subject }) => ({ money: counted(subject as Measure) }),
	deciding: ({ subject, slice }) => ({ ...slice, measure: subject as Measure })
};
