import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { matchingActivities, type ActivityFilter } from './activities.ts';
import type { FactsAt } from './posting.ts';
import { organisationName } from './versions.ts';

/** In how many activities an organisation has a part, by the objective they serve (null for none). */
export type PartyCount = {
	organisation_id: string;
	name: string;
	objective_key: string | null;
	activities: number;
};

/** Who does what: activities that match by organisation and objective. Each activity counts once for each pair. */
export async function countByParty(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter
): Promise<PartyCount[]> {
	const { rows } = await sql<PartyCount>`
		select counted.organisation_id, ${organisationName(sql`counted.organisation_id`, at)} as name, counted.objective_key, counted.activities
		from (
			select p.organisation_id, objective.key as objective_key, count(distinct c.activity_id)::integer as activities
			from ${await matchingActivities(db, at, filter)} c join participation p using (activity_version_id)
			left join activity_objective o on o.activity_version_id = c.activity_version_id
			left join objective using (objective_id)
			group by 1, 2
		) counted order by 2, 3`.execute(db);
	return rows;
}

/** What an organisation is in an activity: `lead`, `partner` or `co_funder`; null where a source names no capacity. */
export type Part = { activity_id: string; role: number; capacity: string | null };

/** The parts that an organisation has in the activities that match. */
export async function listPartsOf(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter & { organisation: string }
): Promise<Part[]> {
	const { rows } = await sql<Part>`
		select c.activity_id, p.role, p.capacity
		from ${await matchingActivities(db, at, filter)} c join participation p using (activity_version_id)
		where p.organisation_id = ${filter.organisation}::bigint
		order by c.activity_id, p.role desc`.execute(db);
	return rows;
}
