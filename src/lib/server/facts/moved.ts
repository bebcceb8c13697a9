import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce } from './versions.ts';

const NUMBER = /^[1-9]\d{0,17}$/;

/**
 * Where an activity is that no address leads to any more: the one of that identifier; else the one in force that names the
 * identifier (or that of the number) as its earlier one (IATI OtherIdentifierType A3), as happens when a reporting
 * organisation gets another reference. Null where nothing says so.
 */
export async function findMovedActivity(db: Kysely<DB>, at: FactsAt, id: string): Promise<string | null> {
	const numbered = NUMBER.test(id);
	const { rows } = await sql<{ activity_id: string }>`
		with earlier as (
			select case when ${numbered} then (select key from activity where activity_id = ${numbered ? id : null}::bigint) else ${id} end as key
		)
		select activity_id from (
			select c.activity_id, 1 as preference, v.posting_no
			from ${activitiesInForce(at)} c join activity using (activity_id) join activity_version v using (activity_version_id), earlier
			where activity.key = earlier.key
			union all
			select c.activity_id, 2, v.posting_no
			from ${activitiesInForce(at)} c join activity_version v using (activity_version_id), earlier
			where v.further -> 'otherIdentifiers' @> jsonb_build_array(jsonb_build_object('reference', earlier.key, 'type', 'A3'))
		) found
		where ${numbered ? sql`activity_id <> ${id}::bigint` : sql`true`}
		order by preference, posting_no desc, activity_id limit 1`.execute(db);
	return rows[0]?.activity_id ?? null;
}

/**
 * The number of an organisation by its reference or the key it goes by here. Organisations are never merged in the books: a
 * reference that several versions gave to different ones leads to the one that has it now.
 */
export async function findOrganisationNumber(db: Kysely<DB>, id: string): Promise<string | null> {
	if (NUMBER.test(id)) return null;
	const { rows } = await sql<{ organisation_id: string }>`
		select organisation_id from (
			select organisation_id, 1 as preference, 0 as posting_no from organisation where key = ${id}
			union all
			select organisation_id, 2, posting_no from organisation_version where reference = ${id}
		) found
		order by preference, posting_no desc, organisation_id limit 1`.execute(db);
	return rows[0]?.organisation_id ?? null;
}
