import { sql } from 'kysely';
import type { CheckLine } from '#lib/slice/check.ts';
import { negate, sum } from '#lib/money/decimal.ts';
import { joinValues, NONE } from '#lib/slice/parameter.ts';
import type { Slice } from '#lib/slice/slice.ts';
import {
	counted,
	listOf,
	ofChecked,
	openable,
	sliceLine,
	type About,
	type Check,
	type Kept
} from './check.ts';

/** The heading of indirect costs, which are the fees of who implements. */
const FEES = 'indirect';

/**
 * Receipts = direct expenditure + fees + what went back + what partners hold of what they were transferred + what who received
 * holds. Spending is counted by heading, balances by organisation: they agree where all that was spent was spent by someone who
 * was given money. An organisation that is not stated is the one that reports, as IATI has it.
 */
export const receiptsAccountedFor: Check = {
	code: 'receipts_accounted_for',
	outcomes: (scope) => sql`
		with party as materialized (
			select e.* from ledger_current_party e
			where ${ofChecked(scope)} and e.kind in ('1', '3', '4') and e.counting in ('counted', 'internal_transfer')
		), named as (
			select distinct project_id, receiver_id as id from party where kind = '1' and not returned and counting = 'counted'
		), lead as (
			select project_id, id from named
			union select p.project_id, 0 from party p join named l on l.project_id = p.project_id and l.id = p.reporting_organisation_id
		), partner as (
			select project_id, receiver_id as id from party
			where kind in ('3', '4') and not returned and counting = 'internal_transfer' and receiver_id <> 0
			except select project_id, id from lead
		), role as (
			select project_id, id, true as leads from lead union all select project_id, id, false from partner
		), held as (
			select p.project_id,
				sum(p.eur) filter (where p.kind = '1' and not p.returned and p.counting = 'counted') as received,
				sum(p.eur) filter (where p.kind <> '1' and not p.returned and p.counting = 'internal_transfer' and pays.leads and not takes.leads) as transferred,
				${sql.join(
					[true, false].flatMap((leads) => {
						const who = leads ? 'lead' : 'partners';
						const paying = leads ? sql`pays.leads` : sql`not pays.leads`;
						const taking = leads ? sql`takes.leads` : sql`not takes.leads`;
						return [
							sql`sum(p.eur) filter (where p.kind <> '1' and not p.returned and p.counting = 'counted' and ${paying}) as ${sql.raw(`spent_${who}`)}`,
							sql`sum(p.eur) filter (where p.kind <> '1' and p.returned and p.counting = 'counted' and ${paying}) as ${sql.raw(`paid_back_${who}`)}`,
							sql`sum(-p.eur) filter (where p.kind = '1' and p.returned and p.counting = 'counted' and ${taking}) as ${sql.raw(`returned_${who}`)}`
						];
					})
				)},
				sum(p.entries_without_eur) as without
			from party p left join role pays on pays.project_id = p.project_id and pays.id = p.provider_id
			left join role takes on takes.project_id = p.project_id and takes.id = p.receiver_id
			group by 1
		), spent as (
			select project_id, sum(eur) as spent, jsonb_agg(jsonb_build_object('heading', heading, 'amount', eur::text) order by heading) as headings
			from (
				select e.project_id, e.heading, sum(e.eur) as eur from ledger_current_heading e
				where ${ofChecked(scope)} and e.kind in ('3', '4') and not e.returned and e.counting = 'counted' group by 1, 2
			) by_heading group by 1
		), returned as (
			select e.project_id, sum(case when e.kind = '1' then -e.eur else e.eur end) as returned from ledger_current_month e
			where ${ofChecked(scope)} and e.kind in ('1', '3', '4') and e.returned and e.counting = 'counted' group by 1
		)
		select project_id, '' as subject, received as left_side,
			case when spent is not null then spent + coalesce(returned, 0)
				+ coalesce(transferred, 0) - coalesce(spent_partners, 0) - coalesce(paid_back_partners, 0) - coalesce(returned_partners, 0)
				+ received - coalesce(transferred, 0) - coalesce(spent_lead, 0) - coalesce(paid_back_lead, 0) - coalesce(returned_lead, 0)
			end as right_side,
			'EUR' as unit, 0 as tolerance, null::boolean as fault,
			case when received is null then 'receipts' when spent is null then 'spending' when without > 0 then 'rate' end as missing,
			jsonb_build_object('received', received::text, 'headings', headings, 'returned', returned::text, 'transferred', transferred::text,
				${sql.join(
					['lead', 'partners'].flatMap((who) =>
						['spent', 'paid_back', 'returned'].flatMap((term) => [
							sql.lit(`${term}_${who}`),
							sql.raw(`${term}_${who}::text`)
						])
					)
				)},
				'lead', (select jsonb_agg(id::text) from lead where lead.project_id = held.project_id),
				'partners', (select jsonb_agg(id::text) from partner where partner.project_id = held.project_id)) as about, false as gone
		from held left join spent using (project_id) left join returned using (project_id)
		where received is not null or spent is not null`,
	sides: (kept) => ({
		left: sliceLine('received', 1, kept.about, 'received', { ...kept.slice, measure: 'received' }),
		right: [
			...spending(kept),
			...sliceLine('returned', 1, kept.about, 'returned', { ...kept.slice, measure: 'returned' }),
			...balance(kept, 'partners'),
			...balance(kept, 'lead')
		]
	}),
	touches: () => ({ money: counted('received', 'spent', 'returned') }),
	deciding: ({ slice }) => ({ ...slice, measure: 'spent' })
};

function spending({ about, slice }: Kept): CheckLine[] {
	const headings = listOf<{ heading: string; amount: string }>(about, 'headings');
	return [
		...headings.filter(({ heading }) => heading !== FEES),
		...headings.filter(({ heading }) => heading === FEES)
	].map(({ heading, amount }): CheckLine => ({
		term: heading === FEES ? 'fees' : 'spent_under',
		name: heading || NONE,
		sign: 1,
		amount,
		origin: { kind: 'slice', slice: { ...slice, measure: 'spent', heading: heading || NONE } }
	}));
}

/** What a group of organisations still holds: what came in less what went out. */
function balance({ subject, about, slice }: Kept, who: 'lead' | 'partners'): CheckLine[] {
	const organisation = organisationsOf(about, who);
	if (organisation === null) return [];
	const own: Slice = { ...slice, organisation };
	const paying: Slice = { ...own, part: 'provider', measure: 'spent' };
	const taking: Slice = { ...own, part: 'receiver' };
	const moved: Slice = {
		...paying,
		counting: 'internal_transfer',
		organisation: organisationsOf(about, 'lead'),
		receiver: organisationsOf(about, 'partners')
	};
	const itself = { kind: 'check', check: 'receipts_accounted_for', subject, slice } as const;
	const of = [
		...(who === 'lead'
			? sliceLine('received_by', 1, about, 'received', { ...taking, measure: 'received' })
			: []),
		...sliceLine('transferred', who === 'lead' ? -1 : 1, about, 'transferred', moved),
		...sliceLine('spent_by', -1, about, `spent_${who}`, paying),
		...sliceLine('paid_back_by', -1, about, `paid_back_${who}`, { ...paying, measure: 'paid_back' }),
		...sliceLine('returned_by', -1, about, `returned_${who}`, { ...taking, measure: 'returned_receipts' })
	].map((line) => openable(line, itself));
	const amount = sum(of.map((line) => (line.sign === 1 ? line.amount! : negate(line.amount!))));
	const term = who === 'lead' ? 'held_by_receivers' : 'held_by_partners';
	return [{ term, sign: 1, amount, origin: itself, of }];
}

/** Numbers of organisations as an address takes them; 0 is who is not stated. */
function organisationsOf(about: About, who: 'lead' | 'partners'): string | null {
	const ids = listOf<string>(about, who).map((id) => (id === '0' ? NONE : id));
	return ids.length === 0 ? null : joinValues(ids);
}
