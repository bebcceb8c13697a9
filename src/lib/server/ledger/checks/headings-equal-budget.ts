import { sql } from 'kysely';
import type { CheckLine } from '#lib/slice/check.ts';
import { NONE } from '#lib/slice/parameter.ts';
import { budgetsInForce, isWithoutRate, sumIn } from './agreed.ts';
import { counted, listOf, ofChecked, type Check } from './check.ts';

type Stated = { amount: string; sha256: string | null; place: string | null; key: string };

/** Budget lines by heading are the agreed budget: direct costs and indirect costs, each. */
export const headingsEqualBudget: Check = {
	code: 'headings_equal_budget',
	outcomes: (scope) => sql`
		with agreed as (
			select project_id, min(currency) as currency, min(currency) <> max(currency) as mixed, sum(direct) as direct, sum(indirect) as indirect,
				jsonb_agg(jsonb_build_object('key', key, 'direct', direct::text, 'indirect', indirect::text, 'sha256', sha256, 'place', place) order by key) as stated
			from ${budgetsInForce(scope)} version group by 1
		), line as (
			select e.project_id, agreed.currency, e.heading, e.heading = 'indirect' as is_indirect, sum(${sumIn(sql`agreed.currency`)}) as amount,
				sum(${isWithoutRate(sql`agreed.currency`)}) as without
			from ledger_current_heading e join agreed using (project_id)
			where ${ofChecked(scope)} and e.kind = 'budget' and not e.returned and e.counting = 'counted'
			group by 1, 2, 3
		), summed as (
			select project_id, is_indirect, sum(amount) as amount, sum(without) as without,
				jsonb_agg(jsonb_build_object('heading', heading, 'amount', amount::text) order by heading) as lines
			from line group by 1, 2
		)
		select a.project_id, part.subject, summed.amount as left_side, part.amount as right_side, a.currency::text as unit, 0 as tolerance,
			null::boolean as fault,
			case when a.mixed or a.currency not in ('EUR', 'USD') then 'currency' when summed.amount is null then 'budget_lines'
				when summed.without > 0 then 'rate' end as missing,
			jsonb_build_object('lines', summed.lines, 'stated', (
				select jsonb_agg(jsonb_build_object('key', s ->> 'key', 'amount', s ->> part.subject, 'sha256', s ->> 'sha256', 'place', s ->> 'place'))
				from jsonb_array_elements(a.stated) s)) as about, false as gone
		from agreed a cross join lateral (values ('direct', a.direct, false), ('indirect', a.indirect, true)) part(subject, amount, is_indirect)
		left join summed on summed.project_id = a.project_id and summed.is_indirect = part.is_indirect
		where part.amount <> 0 or summed.amount is not null`,
	sides: ({ subject, about, slice }) => ({
		left: listOf<{ heading: string; amount: string | null }>(about, 'lines').map(
			({ heading, amount }): CheckLine => ({
				term: 'budget_under',
				name: heading || NONE,
				sign: 1,
				amount,
				origin: { kind: 'slice', slice: { ...slice, measure: 'budget', heading: heading || NONE } }
			})
		),
		right: statedLines(
			listOf<Stated>(about, 'stated'),
			subject === 'direct' ? 'stated_direct' : 'stated_indirect',
			{
				kind: 'check',
				check: 'headings_equal_budget',
				subject,
				slice
			}
		)
	}),
	touches: () => ({ money: counted('budget') }),
	deciding: ({ slice }) => ({ ...slice, measure: 'budget' })
};

/** Terms as their files state them; those of a decision stand in none. */
export function statedLines(
	stated: readonly Stated[],
	term: CheckLine['term'],
	other: CheckLine['origin']
): CheckLine[] {
	return stated.map(({ key, amount, sha256, place }) => ({
		term,
		name: key,
		sign: 1,
		amount,
		origin: sha256 === null || place === null ? other : { kind: 'place', sha256, place }
	}));
}
