import { sql } from 'kysely';
import { sliceOfTerm, type PartyTerm } from '#lib/slice/formula.ts';
import type { Touch } from '#lib/slice/check.ts';
import { ofChecked, sliceLine, textOf, type Check, type Kept } from './check.ts';

const TERMS = ['sent', 'sent_within', 'receipt', 'receipt_within'] as const satisfies readonly PartyTerm[];
/** In some books thousands of transfers are reported by one side only: the largest of each project are named. */
const MOST_ONE_SIDED = 20;

/**
 * What one organisation reports to have sent to another is what the other reports to have received from it. Amounts booked in
 * other currencies were rounded on each side, to half a cent an entry.
 */
export const sentEqualsReceived: Check = {
	code: 'sent_equals_received',
	outcomes: (scope) => sql`
		select project_id, provider_id || ' ' || receiver_id as subject, left_side, right_side, 'EUR' as unit, tolerance,
			null::boolean as fault,
			case when left_side is null then 'sender' when right_side is null then 'receiver' when without > 0 then 'rate' end as missing,
			jsonb_build_object(${sql.join(
				TERMS.flatMap((term) => [sql.lit(term), sql.raw(`${term}::text`)])
			)}, 'one_sided', one_sided::text) as about, false as gone
		from (
			select *, coalesce(sent + coalesce(sent_within, 0), sent_within) as left_side,
				coalesce(receipt + coalesce(receipt_within, 0), receipt_within) as right_side,
				count(*) filter (where is_one_sided) over (partition by project_id) as one_sided,
				row_number() over (partition by project_id, is_one_sided order by size desc, provider_id, receiver_id) as place
			from (
				select e.project_id, e.provider_id, e.receiver_id,
					sum(e.eur) filter (where e.kind = '3' and e.counting = 'counted') as sent,
					sum(e.eur) filter (where e.kind = '3' and e.counting = 'internal_transfer') as sent_within,
					sum(e.eur) filter (where e.kind = '1' and e.counting = 'counted') as receipt,
					sum(e.eur) filter (where e.kind = '1' and e.counting = 'internal_transfer') as receipt_within,
					min(e.kind) = max(e.kind) as is_one_sided, sum(e.eur) as size, sum(e.entries_without_eur) as without,
					0.01 * sum(e.entries) filter (where e.currency <> 'EUR') as foreign_cents
				from ledger_current_party e
				where ${ofChecked(scope)} and e.kind in ('1', '3') and not e.returned and e.counting in ('counted', 'internal_transfer')
					and e.provider_id <> 0 and e.receiver_id <> 0 and e.provider_id <> e.receiver_id
				group by 1, 2, 3
			) pair cross join lateral (select coalesce(foreign_cents, 0) as tolerance) rounding
		) ranked
		where not is_one_sided or place <= ${sql.lit(MOST_ONE_SIDED)}`,
	sides: (kept) => ({
		left: [...line(kept, 'sent'), ...line(kept, 'sent_within')],
		right: [...line(kept, 'receipt'), ...line(kept, 'receipt_within')]
	}),
	touches: ({ subject, about }) => ({
		money: TERMS.filter((term) => textOf(about, term) !== null).map((term): Touch => ({
			measure: term.startsWith('sent') ? 'disbursement' : 'received',
			counting: term.endsWith('within') ? 'internal_transfer' : 'counted'
		})),
		parties: subject.split(' ')
	})
};

function line({ subject, about, slice }: Kept, term: (typeof TERMS)[number]) {
	const [organisation = '', receiver = ''] = subject.split(' ');
	return sliceLine(term, 1, about, term, sliceOfTerm(term, { ...slice, organisation, receiver }));
}
