import { sql } from 'kysely';
import type { Slice } from '#lib/slice/slice.ts';
import { sumIn, isWithoutRate, termsInForce } from './agreed.ts';
import { counted, listOf, ofChecked, sliceLine, type Check } from './check.ts';
import { statedLines } from './headings-equal-budget.ts';

/** The instalments that an agreement says arrived are the money received under it. */
export const instalmentsEqualReceipts: Check = {
	code: 'instalments_equal_receipts',
	outcomes: (scope) => sql`
		with arrived as (
			select project_id, agreement_id, agreement, min(currency) as currency, min(currency) <> max(currency) as mixed,
				sum(amount) filter (where received_on is not null) as amount,
				jsonb_agg(jsonb_build_object('key', instalment_no::text, 'amount', amount::text, 'sha256', sha256, 'place', place) order by instalment_no)
					filter (where received_on is not null) as stated
			from ${termsInForce('instalment', ['instalment_no'], scope)} instalment group by 1, 2, 3
		), received as (
			select e.project_id, e.agreement_id, sum(${sumIn(sql`arrived.currency`)}) as amount, sum(${isWithoutRate(sql`arrived.currency`)}) as without
			from ledger_current_heading e join arrived using (project_id, agreement_id)
			where ${ofChecked(scope)} and e.kind = '1' and not e.returned and e.counting = 'counted' group by 1, 2
		)
		select a.project_id, a.agreement as subject, a.amount as left_side, r.amount as right_side, a.currency::text as unit, 0 as tolerance,
			null::boolean as fault,
			case when a.mixed or a.currency not in ('EUR', 'USD') then 'currency' when a.amount is null then 'instalments'
				when r.amount is null then 'receipts' when r.without > 0 then 'rate' end as missing,
			jsonb_build_object('stated', a.stated, 'received', r.amount::text) as about, false as gone
		from arrived a left join received r using (project_id, agreement_id)`,
	sides: ({ subject, about, slice }) => ({
		left: statedLines(listOf(about, 'stated'), 'instalment', {
			kind: 'check',
			check: 'instalments_equal_receipts',
			subject,
			slice
		}),
		right: sliceLine('received', 1, about, 'received', receiptsOf(slice, subject))
	}),
	touches: () => ({ money: counted('received') }),
	deciding: ({ subject, slice }) => receiptsOf(slice, subject)
};

const receiptsOf = (slice: Slice, agreement: string): Slice => ({ ...slice, measure: 'received', agreement });
