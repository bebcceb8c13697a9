import { sql } from 'kysely';
import { NONE } from '#lib/slice/parameter.ts';
import { budgetsInForce, isWithoutRate, sumIn, termsInForce } from './agreed.ts';
import { counted, listOf, ofChecked, sliceLine, type Check } from './check.ts';
import { statedLines } from './headings-equal-budget.ts';

/** The budget is what the agreements give, and what else is committed to the project without an agreement. */
export const budgetEqualsAgreements: Check = {
	code: 'budget_equals_agreements',
	outcomes: (scope) => sql`
		with budget as (
			select project_id, min(currency) as currency, min(currency) <> max(currency) as mixed, sum(amount) as amount,
				jsonb_agg(jsonb_build_object('key', key, 'amount', amount::text, 'sha256', sha256, 'place', place) order by key) as stated
			from ${budgetsInForce(scope)} version group by 1
		), agreed as (
			select project_id, min(currency) as currency, min(currency) <> max(currency) as mixed, bool_or(amount is null) as untold, sum(amount) as amount,
				jsonb_agg(jsonb_build_object('key', agreement, 'amount', amount::text, 'sha256', sha256, 'place', place) order by agreement) as stated
			from ${termsInForce('agreement_version', [], scope)} agreement group by 1
		), other as (
			select e.project_id, sum(${sumIn(sql`budget.currency`)}) as amount, sum(${isWithoutRate(sql`budget.currency`)}) as without
			from ledger_current_heading e join budget using (project_id)
			where ${ofChecked(scope)} and e.kind = '11' and not e.returned and e.counting = 'counted' and e.agreement_id = 0 group by 1
		)
		select b.project_id, '' as subject, b.amount as left_side, case when not a.untold then a.amount + coalesce(o.amount, 0) end as right_side,
			b.currency::text as unit, 0 as tolerance, null::boolean as fault,
			case when b.mixed or a.mixed or b.currency <> a.currency or b.currency not in ('EUR', 'USD') then 'currency'
				when a.untold then 'agreed' when o.without > 0 then 'rate' end as missing,
			jsonb_build_object('budget', b.stated, 'agreed', a.stated, 'other', o.amount::text) as about, false as gone
		from budget b join agreed a using (project_id) left join other o using (project_id)`,
	sides: ({ subject, about, slice }) => {
		const own = { kind: 'check', check: 'budget_equals_agreements', subject, slice } as const;
		return {
			left: statedLines(listOf(about, 'budget'), 'stated_budget', own),
			right: [
				...statedLines(listOf(about, 'agreed'), 'agreed', own),
				...sliceLine('committed_without_agreement', 1, about, 'other', {
					...slice,
					measure: 'contribution_committed',
					agreement: NONE
				})
			]
		};
	},
	touches: () => ({ money: counted('budget', 'contribution_committed') }),
	deciding: ({ slice }) => ({ ...slice, measure: 'contribution_committed' })
};
