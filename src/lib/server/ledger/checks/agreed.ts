import { sql, type RawBuilder } from 'kysely';
import type { Scope } from './check.ts';

/** The terms of a table of agreements in force, one row for each agreement (and number), with the file that states them. */
export const termsInForce = (
	table: string,
	key: readonly string[],
	{ nature }: Scope
): RawBuilder<unknown> => {
	const columns = sql.raw(['t.agreement_id', ...key.map((name) => `t.${name}`)].join(', '));
	return sql`(
		select distinct on (${columns}) t.*, a.key as agreement, a.project_id, source.sha256
		from ${sql.table(table)} t join agreement a using (agreement_id) left join source on source.source_id = t.source_id
		where t.nature = ${sql.lit(nature)} and a.project_id in (select project_id from checked_project)
		order by ${columns}, t.posting_no desc)`;
};

/** The budget of each agreement in force: its latest version. */
export const budgetsInForce = (scope: Scope): RawBuilder<unknown> => sql`(
	select distinct on (agreement_id) * from ${termsInForce('budget_version', ['version_no'], scope)} version
	order by agreement_id, version_no desc)`;

/** A summary's sum in a currency that money is converted to; null for any other. */
export const sumIn = (currency: RawBuilder<unknown>): RawBuilder<unknown> =>
	sql`case ${currency}::text when 'EUR' then e.eur when 'USD' then e.usd end`;

/** Why a sum in a currency says less than all. */
export const isWithoutRate = (currency: RawBuilder<unknown>): RawBuilder<unknown> =>
	sql`case ${currency}::text when 'EUR' then e.entries_without_eur else e.entries_without_usd end`;
