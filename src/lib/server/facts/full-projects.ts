import { sql, type Kysely } from 'kysely';
import type { WrittenActivity } from '#lib/iati/write/content.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { organisationJson, resultsJson } from './full-activities.ts';
import type { FactsAt } from './posting.ts';
import { resultsInForce } from './results.ts';
import { inForce } from './versions.ts';

/**
 * Published projects that are no activity themselves, as activities of the first level: what they are, who takes part,
 * where, and their results. Of several countries no shares are published, so they are places, and no recipients.
 */
export async function readFullProjects(
	db: Kysely<DB>,
	at: FactsAt,
	keys: readonly string[]
): Promise<WrittenActivity[]> {
	const { rows } = await sql<{ project: WrittenActivity }>`
		select (select row_to_json(written) from (
			select project.key, null as reporter, json_build_object('en', v.name) as title,
				case when v.description <> '' then json_build_object('en', v.description) end as description, null as status,
				null as "plannedStart", v.start_date as "actualStart", null as "plannedEnd", v.end_date as "actualEnd", 1 as hierarchy,
				coalesce((select json_agg(json_build_object('type', '2', 'key', activity.key, 'held', true) order by activity.activity_id)
					from activity join ${inForce('project_activity', ['activity_id'], at)} j using (activity_id)
					where j.project_id = v.project_id and activity.nature = 'published'), '[]') as related,
				coalesce((select json_agg(json_build_object('organisation', ${organisationJson(sql`p.organisation_id`, at)}, 'role', p.role, 'activity', null)
					order by p.role, p.organisation_id) from project_participation p where p.project_version_id = v.project_version_id), '[]') as participations,
				coalesce((select json_agg(json_build_object('country', c.country, 'percentage', '100')) from project_country c
					where c.project_version_id = v.project_version_id having count(*) = 1), '[]') as countries,
				'[]'::json as regions, '[]'::json as sectors, '[]'::json as "policyMarkers", null as humanitarian, null as scope,
				null as "collaborationType", null as "defaultCurrency", 'en' as "defaultLanguage", null as "defaultFlowType",
				null as "defaultFinanceType", null as "defaultAidTypes", null as "defaultTiedStatus", null as "capitalSpend",
				coalesce((select json_agg(json_build_object('codes', json_build_array(json_build_object('vocabulary', 'A4', 'code', c.country, 'level', null)),
					'name', null, 'description', null, 'latitude', null, 'longitude', null, 'reach', null, 'exactness', null, 'class', null, 'feature', null)
					order by c.country) from project_country c where c.project_version_id = v.project_version_id having count(*) > 1), '[]') as locations,
				case when v.origin_url is null then '[]'::json else json_build_array(json_build_object('url', v.origin_url, 'format', 'text/html',
					'titles', case when v.origin_title is not null then json_build_object('en', v.origin_title) end, 'descriptions', null,
					'categories', '[]'::json, 'languages', '[]'::json, 'date', null)) end as documents,
				null as further,
				${resultsJson(sql`r.project_id = v.project_id and r.activity_id is null`, resultsInForce(at))} as results
		) written) as project
		from ${inForce('project_version', ['project_id'], at)} v join project using (project_id)
		where project.key = any(${keys}::text[])
			and not exists (select from activity where activity.nature = 'published' and activity.key = project.key)
		order by project.project_id`.execute(db);
	return rows.map(({ project }) => project);
}

/** Reference, name and type of whoever publishes, as far as the books know them. */
export async function findPublisher(
	db: Kysely<DB>,
	at: FactsAt,
	reference: string
): Promise<{ reference: string; name: string | null; type: string | null }> {
	const { rows } = await sql<{ name: string; type: string | null }>`
		select v.name, v.type_code as type from ${inForce('organisation_version', ['organisation_id'], at)} v
		where v.reference = ${reference} order by v.organisation_id limit 1`.execute(db);
	return { reference, name: rows[0]?.name ?? null, type: rows[0]?.type ?? null };
}
