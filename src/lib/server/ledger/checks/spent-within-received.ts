import { sql } from 'kysely';
import { counted, ofChecked, sliceLine, type Check } from './check.ts';

/** Not more is spent and returned than was received. */
export const spentWithinReceived: Check = {
	code: 'spent_within_received',
	outcomes: (scope) => sql`
		select project_id, '' as subject, spent + coalesce(returned, 0) as left_side, received as right_side, 'EUR' as unit,
			0 as tolerance, null::boolean as fault,
			case when received is null then 'receipts' when spent is null then 'spending' when without > 0 then 'rate' end as missing,
			jsonb_build_object('spent', spent::text, 'returned', returned::text, 'received', received::text) as about, false as gone
		from (
			select e.project_id, sum(e.eur) filter (where e.kind = '1' and not e.returned) as received,
				sum(e.eur) filter (where e.kind in ('3', '4') and not e.returned) as spent,
				sum(case when e.kind = '1' then -e.eur else e.eur end) filter (where e.returned) as returned,
				sum(e.entries_without_eur) as without
			from ledger_current_month e
			where ${ofChecked(scope)} and e.counting = 'counted' and e.kind in ('1', '3', '4') group by 1
		) sums`,
	sides: ({ about, slice }) => ({
		left: [
			...sliceLine('spent', 1, about, 'spent', { ...slice, measure: 'spent' }),
			...sliceLine('returned', 1, about, 'returned', { ...slice, measure: 'returned' })
		],
		right: sliceLine('received', 1, about, 'received', { ...slice, measure: 'received' })
	}),
	touches: () => ({ money: counted('spent', 'returned', 'received') }),
	deciding: ({ slice }) => ({ ...slice, measure: 'spent' })
};
