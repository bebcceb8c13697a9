import { sql } from 'kysely';
import { sliceOfTerm, type PartyTerm } from '#lib/slice/formula.ts';
import { counted, ofChecked, sliceLine, type Check } from './check.ts';

/** What a partner paid out: to others, on to partners, back. */
const OUT = [
	'spent_by',
	'transferred_by',
	'returned_by',
	'paid_back_by'
] as const satisfies readonly PartyTerm[];

/**
 * A partner pays out no more than it was advanced. What it says itself to have received comes first; where it says nothing,
 * what was sent to it.
 */
export const spentWithinAdvances: Check = {
	code: 'spent_within_advances',
	outcomes: (scope) => sql`
		select project_id, organisation::text as subject,
			case when coalesce(spent_by, transferred_by) is not null
				then coalesce(spent_by, 0) + coalesce(transferred_by, 0) + coalesce(returned_by, 0) + coalesce(paid_back_by, 0) end as left_side,
			coalesce(coalesce(received_by, receipt_within) + case when received_by is null then 0 else coalesce(receipt_within, 0) end,
				transferred_to) as right_side,
			'EUR' as unit, 0 as tolerance, null::boolean as fault,
			case when coalesce(spent_by, transferred_by) is null then 'partner_spending' when without > 0 then 'rate' end as missing,
			jsonb_build_object('spent_by', spent_by::text, 'transferred_by', transferred_by::text, 'returned_by', returned_by::text,
				'paid_back_by', paid_back_by::text, 'received_by', received_by::text, 'receipt_within', receipt_within::text,
				'transferred_to', case when coalesce(received_by, receipt_within) is null then transferred_to::text end) as about,
			false as gone
		from (
			select project_id, organisation, ${sql.join(
				[...OUT, 'received_by', 'receipt_within', 'transferred_to'].map(
					(term) => sql`sum(amount) filter (where term = ${sql.lit(term)}) as ${sql.raw(term)}`
				)
			)}, sum(without) as without
			from (
				select e.project_id, t.organisation, t.term, t.sign * e.eur as amount, e.entries_without_eur as without
				from ledger_current_party e cross join lateral (values
					(e.receiver_id, 'received_by', e.kind = '1' and not e.returned and e.counting = 'counted', 1),
					(e.receiver_id, 'receipt_within', e.kind = '1' and not e.returned and e.counting = 'internal_transfer', 1),
					(e.receiver_id, 'transferred_to', e.kind in ('3', '4') and not e.returned and e.counting = 'internal_transfer', 1),
					(e.provider_id, 'transferred_by', e.kind in ('3', '4') and not e.returned and e.counting = 'internal_transfer', 1),
					(e.provider_id, 'spent_by', e.kind in ('3', '4') and not e.returned and e.counting = 'counted', 1),
					(e.receiver_id, 'returned_by', e.kind = '1' and e.returned and e.counting = 'counted', -1),
					(e.provider_id, 'paid_back_by', e.kind in ('3', '4') and e.returned and e.counting = 'counted', 1)
				) t(organisation, term, applies, sign)
				where ${ofChecked(scope)} and t.applies and t.organisation <> 0
			) term
			group by 1, 2
		) sums
		where transferred_to is not null`,
	sides: ({ subject, about, slice }) => {
		const own = (term: PartyTerm) => sliceOfTerm(term, { ...slice, organisation: subject });
		return {
			left: [
				...sliceLine('spent_by', 1, about, 'spent_by', own('spent_by')),
				...sliceLine('transferred', 1, about, 'transferred_by', own('transferred_by')),
				...sliceLine('returned_by', 1, about, 'returned_by', own('returned_by')),
				...sliceLine('paid_back_by', 1, about, 'paid_back_by', own('paid_back_by'))
			],
			right: [
				...sliceLine('received_by', 1, about, 'received_by', own('received_by')),
				...sliceLine('receipt_within', 1, about, 'receipt_within', {
					...own('received_by'),
					counting: 'internal_transfer'
				}),
				...sliceLine('sent_within', 1, about, 'transferred_to', own('transferred_to'))
			]
		};
	},
	touches: ({ subject }) => ({
		money: [
			...counted('spent', 'received'),
			{ measure: 'spent', counting: 'internal_transfer' },
			{ measure: 'received', counting: 'internal_transfer' }
		],
		parties: [subject]
	}),
	deciding: ({ subject, slice }) => sliceOfTerm('spent_by', { ...slice, organisation: subject })
};
