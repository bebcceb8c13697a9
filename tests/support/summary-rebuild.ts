import { sql, type RawBuilder } from 'kysely';

/** What each summary must hold, by columns of the entries and cells in force; written apart from the ledger's own definition. */
const COLUMNS = {
	month: { of: 'entries', key: `first_month as period_from, last_month as period_to` },
	heading: {
		of: 'entries',
		key: `case when agreement_id is null then 0 else agreement_id end as agreement_id, case when heading is null then '' else heading end as heading,
			case when objective_id is null then 0 else objective_id end as objective_id`
	},
	party: {
		of: 'entries',
		key: `case when provider_id is null then 0 else provider_id end as provider_id, case when receiver_id is null then 0 else receiver_id end as receiver_id`
	},
	country_heading: {
		of: 'cells',
		key: `case when country is null then '' else country end as country, case when heading is null then '' else heading end as heading`
	},
	country_month: {
		of: 'cells',
		key: `case when country is null then '' else country end as country, first_month as period_from, last_month as period_to`
	},
	sector_year: {
		of: 'cells',
		key: `case when sector is null then '' else sector end as sector, first_year as period_from, last_year as period_to`
	},
	activity_year: { of: 'entries', key: `activity_id, first_year as period_from, last_year as period_to` }
} as const;

export type SummaryName = keyof typeof COLUMNS;

/** A summary made anew from all entries in force. */
export function rebuiltSummary(name: SummaryName): RawBuilder<unknown> {
	const { of, key } = COLUMNS[name];
	const names = key.replaceAll(/case when .*? end as |\w+ as /g, '').replaceAll(/\s+/g, ' ');
	const cells = of === 'cells';
	return sql`
		with in_force as (
			select e.*,
				case when date_from is null then '-infinity' else make_date(extract(year from date_from)::int, extract(month from date_from)::int, 1) end as first_month,
				case when date_to is null then 'infinity' else (make_date(extract(year from date_to)::int, extract(month from date_to)::int, 1) + interval '1 month')::date - 1 end as last_month,
				case when date_from is null then '-infinity' else make_date(extract(year from date_from)::int, 1, 1) end as first_year,
				case when date_to is null then 'infinity' else make_date(extract(year from date_to)::int, 12, 31) end as last_year
			from ledger_entry e where entry_id not in (select entry_id from ledger_retirement)
		), part as (
			select nature, e.reporting_organisation_id, project_id, kind, returned, counting, state, currency, e.entry_id, ${sql.raw(key)},
				${sql.raw(cells ? 's.amount, s.amount_eur, s.amount_usd' : 'e.amount, e.amount_eur, e.amount_usd')}
			from in_force e ${sql.raw(cells ? 'join entry_share s on s.entry_id = e.entry_id' : '')}
		)
		select nature, reporting_organisation_id, project_id, kind, returned, counting, state, currency, ${sql.raw(names)},
			sum(amount) as booked, coalesce(sum(amount_eur), 0) as eur, coalesce(sum(amount_usd), 0) as usd,
			coalesce(sum(amount) filter (where amount_eur is null), 0) as booked_without_eur,
			coalesce(sum(amount) filter (where amount_usd is null), 0) as booked_without_usd,
			count(distinct entry_id) as entries,
			count(distinct entry_id) filter (where amount_eur is null) as entries_without_eur,
			count(distinct entry_id) filter (where amount_usd is null) as entries_without_usd
		from part group by nature, reporting_organisation_id, project_id, kind, returned, counting, state, currency, ${sql.raw(names)}`;
}
