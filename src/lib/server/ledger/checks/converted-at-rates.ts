import { sql } from 'kysely';
import { joinValues } from '#lib/slice/parameter.ts';
import type { Counting, Currency, Measure, Slice } from '#lib/slice/slice.ts';
import { carriedResults, listOf, measured, ofChecked, sliceLine, type Check } from './check.ts';

/** Half a cent, and what is lost where a cross rate is kept to 12 places. */
const IS_OFF = sql`abs(t.amount - e.amount / t.rate) > 0.005 + abs(t.amount) * 0.000000001`;
const COLUMNS = sql.raw(
	[
		...['project_id', 'reporting_organisation_id', 'entry_id', 'kind', 'returned', 'counting', 'currency'],
		...['amount', 'amount_eur', 'amount_usd', 'rate_eur', 'rate_usd']
	]
		.map((name) => `e.${name}`)
		.join(', ')
);
/** Entries that are off are named, and looked at again as long as they are in force. */
const MOST_NAMED = 1000;

/**
 * Every converted amount is the booked one at the rate that stands beside it, rounded once. What is booked in the currency
 * itself, exchange differences among it, needs no rate. New entries are worked out again, and those that were off before.
 */
export const convertedAtRates: Check = {
	code: 'converted_at_rates',
	outcomes: (scope) => sql`
		with known as materialized (
			select reporter, entry_id from (
				select distinct split_part(entry, '-', 1)::bigint as reporter, split_part(entry, '-', 2)::bigint as entry_id
				from (${carriedResults(scope, 'converted_at_rates')}) r
				cross join lateral jsonb_array_elements_text(coalesce(r.about -> 'entries', '[]')) entry
			) named where not exists (
				select from ledger_retirement r where r.reporting_organisation_id = named.reporter and r.entry_id = named.entry_id)
		), looked_at as (
			select ${COLUMNS} from changed_entry e join checked_project p using (project_id) where e.sign = 1 and not p.anew
			union all
			select ${COLUMNS} from known join ledger_entry e on e.reporting_organisation_id = known.reporter and e.entry_id = known.entry_id
			union all
			select ${COLUMNS} from checked_project p join ledger_entry e on e.project_id = p.project_id and e.nature = ${sql.lit(scope.nature)}
			where p.anew and not exists (
				select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
		), off as (
			select e.project_id, measure, e.counting, t.target, e.reporting_organisation_id || '-' || e.entry_id as entry,
				sign * (t.amount - coalesce(round(e.amount / t.rate, 2), t.amount)) as difference
			from looked_at e cross join lateral (values ('EUR', e.amount_eur, e.rate_eur), ('USD', e.amount_usd, e.rate_usd)) t(target, amount, rate)
			join ${measured()} on measured.kind = e.kind and measured.returned = e.returned
			where e.currency <> t.target and t.amount is not null and (t.rate is null or ${IS_OFF})
		), fault as (
			select project_id, measure, counting, target, sum(difference) as difference, count(*) as entries,
				(jsonb_agg(entry order by abs(difference) desc, entry) filter (where place <= ${sql.lit(MOST_NAMED)})) as named
			from (select *, row_number() over (partition by project_id, measure, counting, target order by abs(difference) desc, entry) as place from off) ranked
			group by 1, 2, 3, 4
		), whole as (
			select e.project_id, measure, e.counting, t.target, sum(sign * t.amount) as converted,
				sum(sign * t.amount) filter (where e.currency = t.target) as own,
				sum(sign * t.amount) filter (where e.currency <> t.target) as other,
				jsonb_agg(distinct e.currency::text) filter (where e.currency <> t.target and e.entries > t.without) as currencies
			from ledger_current_month e
			cross join lateral (values ('EUR', e.eur, e.entries_without_eur), ('USD', e.usd, e.entries_without_usd)) t(target, amount, without)
			join ${measured()} on measured.kind = e.kind and measured.returned = e.returned
			where ${ofChecked(scope)} group by 1, 2, 3, 4
		)
		select project_id, measure || ' ' || counting || ' ' || target as subject, converted as left_side,
			converted - coalesce(fault.difference, 0) as right_side, target as unit, 0 as tolerance, fault.entries is not null as fault,
			null::text as missing,
			jsonb_build_object('converted', converted::text, 'own', own::text, 'other', (other - coalesce(fault.difference, 0))::text,
				'currencies', currencies, 'entries', fault.named, 'count', fault.entries::text) as about, false as gone
		from whole left join fault using (project_id, measure, counting, target)
		where currencies is not null`,
	sides: ({ subject, about, slice }) => {
		const own = sliceOf(subject, slice);
		const currencies = listOf<string>(about, 'currencies');
		return {
			left: sliceLine('converted', 1, about, 'converted', own, own.currency),
			right: [
				...sliceLine('booked_in_currency', 1, about, 'own', { ...own, booked: own.currency }, own.currency),
				...sliceLine(
					'booked_at_rates',
					1,
					about,
					'other',
					{ ...own, booked: joinValues(currencies) },
					currencies.join(', ')
				)
			]
		};
	},
	touches: ({ subject, slice }) => {
		const { measure, counting } = sliceOf(subject, slice);
		return { money: [{ measure, counting }] };
	},
	deciding: ({ subject, about, slice }) => ({
		...sliceOf(subject, slice),
		booked: joinValues(listOf<string>(about, 'currencies'))
	})
};

function sliceOf(subject: string, slice: Slice): Slice {
	const [measure, counting, currency] = subject.split(' ') as [Measure, Counting, Currency];
	return { ...slice, measure, counting, currency };
}
