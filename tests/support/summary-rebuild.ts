import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { COMMON, SUMMARIES, SUMS } from '#lib/server/ledger/summaries.ts';

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
		key: `case when agreement_id is null then 0 else agreement_id end as agreement_id, case when provider_id is null then 0 else provider_id end as provider_id,
			case when receiver_id is null then 0 else receiver_id end as receiver_id`
	},
	country_heading: {
		of: 'cells',
		key: `case when country is null then '' else country end as country, case when heading is null then '' else heading end as heading`
	},
	country_month: {
		of: 'cells',
		key: `case when country is null then '' else country end as country, first_month as period_from, last_month as period_to`
	},
	party_country: {
		of: 'cells',
		key: `case when country is null then '' else country end as country, case when provider_id is null then 0 else provider_id end as provider_id,
			case when receiver_id is null then 0 else receiver_id end as receiver_id`
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

/** A row as one text: the key, then the sums without trailing zeros. */
export function lineOf(key: readonly string[], sumOf: (sum: string) => string) {
	const sums = SUMS.map((sum) => `trim_scale(${sumOf(sum)}::numeric)`);
	return sql.raw(`concat_ws('|', ${[...key.map((column) => `${column}::text`), ...sums].join(', ')})`);
}

/** The columns that tell one row of a summary from another. */
export function keyOf(name: SummaryName): string[] {
	const { columns } = SUMMARIES.find((summary) => summary.name === name)!;
	return ['nature', 'reporting_organisation_id', ...COMMON, ...Object.keys(columns)];
}

/** How many rows a summary holds, and how many of those or of the rebuilt ones the other has not. */
export async function countDiffering(
	db: Kysely<DB>,
	name: SummaryName
): Promise<{ cells: number; differing: number }> {
	const line = lineOf(keyOf(name), (sum) => sum);
	const { rows } = await sql<{ cells: number; differing: number }>`
		with kept as (select ${line} as line from ${sql.table(`ledger_current_${name}`)} where entries <> 0),
			rebuilt as (select ${line} as line from (${rebuiltSummary(name)}) made)
		select (select count(*) from kept)::integer as cells, (
			(select count(*) from (select line from kept except all select line from rebuilt) more)
			+ (select count(*) from (select line from rebuilt except all select line from kept) less))::integer as differing`.execute(
		db
	);
	return rows[0]!;
}
