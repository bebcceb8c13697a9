import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import { resultsInForce } from './results.ts';
import { activitiesInForce } from './versions.ts';

/**
 * How many figures on results are published of each country, by ISO alpha-2 code. A figure for several countries counts in
 * each; one that names none counts in the recipient countries of its activity. Those that repeat an activity's
 * participants are left out. Figures are counted and never added: they are of different units.
 */
export async function countResultsByCountry(
	db: Kysely<DB>,
	at: FactsAt,
	projectIds: readonly string[]
): Promise<Map<string, number>> {
	if (projectIds.length === 0) return new Map();
	const { rows } = await sql<{ country: string; results: number }>`
		select named.country, count(*)::integer as results
		from (
			select case when cardinality(p.countries) > 0 then p.countries
				else array(select r.country::text from activity_country r
					where r.activity_version_id = a.activity_version_id and r.relation = 'recipient') end as countries
			from result r join indicator i using (result_id) join indicator_period p using (indicator_id)
			left join ${activitiesInForce(at)} a on a.activity_id = r.activity_id
			where ${resultsInForce(at)} and not p.repeats_activity
				and (r.activity_id is null and r.project_id = any(${projectIds}::bigint[]) or a.project_id = any(${projectIds}::bigint[]))
		) figures cross join lateral unnest(figures.countries) named (country)
		group by 1`.execute(db);
	return new Map(rows.map(({ country, results }) => [country, results]));
}
