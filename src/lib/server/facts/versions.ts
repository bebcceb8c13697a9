import { sql, type RawBuilder } from 'kysely';
import type { FactsAt } from './posting.ts';

/** The row of a versioned table in force at a posting: the latest not after it. Aliased by the caller. */
export function inForce(
	table: string,
	key: readonly string[],
	{ posting }: Pick<FactsAt, 'posting'>
): RawBuilder<unknown> {
	const columns = sql.raw(key.join(', '));
	return sql`(select distinct on (${columns}) * from ${sql.table(table)}
		where nature = 'published' and posting_no <= ${posting}::integer order by ${columns}, posting_no desc)`;
}

/** Published activities in force: number, version, project, and what lists sort and search by. */
export function activitiesInForce(at: Pick<FactsAt, 'posting' | 'latest'>): RawBuilder<unknown> {
	if (at.latest) return sql`(select * from activity_current where nature = 'published' and not withdrawn)`;
	return sql`(
		select a.activity_id, a.activity_version_id, j.project_id, a.activity_type, coalesce(a.date_from, 'infinity'::date) as sort_date, c.search_text
		from ${inForce('activity_version', ['activity_id'], at)} a
		join ${inForce('project_activity', ['activity_id'], at)} j using (activity_id)
		join activity_current c using (activity_id)
		where not a.withdrawn)`;
}

/**
 * Whether a project has a published activity in force. Of today's the first one in the order of their index is looked for: the
 * database would otherwise go through those of all other projects, expecting to meet one of any project soon.
 */
export function hasActivity(
	project: RawBuilder<unknown>,
	at: Pick<FactsAt, 'posting' | 'latest'>
): RawBuilder<boolean> {
	const activities = activitiesInForce(at);
	return at.latest
		? sql<boolean>`(select a.activity_id from ${activities} a where a.project_id = ${project} order by a.sort_date, a.activity_id limit 1) is not null`
		: sql<boolean>`${project} in (select a.project_id from ${activities} a)`;
}

/** Of a version `v` of an `activity`: one that its file gives no title goes by its identifier. */
export const titleOf = sql`coalesce(nullif(v.title, '{}'), jsonb_build_object('und', activity.key))`;

/** What a version `v` of an organisation is searched by, as the index of them has it. */
export const organisationText = sql`folded(v.name || ' ' || coalesce(v.reference, ''))`;

/** The name an organisation has at a posting; one that only later or other postings name keeps that name. */
export function organisationName(id: RawBuilder<unknown>, { posting }: FactsAt): RawBuilder<string> {
	return sql<string>`(select v.name from organisation_version v where v.organisation_id = ${id}
		order by (v.nature = 'published' and v.posting_no <= ${posting}::integer) desc, v.nature desc, v.posting_no desc limit 1)`;
}
