import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import type { Origin } from './projects.ts';
import { organisationName, titleOf } from './versions.ts';

export type Activity = Origin & {
	activity_id: string;
	activity_version_id: string;
	key: string;
	reporter: { organisation_id: string; name: string } | null;
	nature: string;
	title: Record<string, string>;
	description: Record<string, string> | null;
	activity_type: string | null;
	status: string | null;
	date_from: string | null;
	date_to: string | null;
	date_precision: string;
	project_key: string;
	project_name: string;
	recipients: string[];
	participants_from: string[];
	hosts: string[];
	locations: {
		name: string;
		country: string | null;
		latitude: number | null;
		longitude: number | null;
		basis: string | null;
		coordinates_from: string | null;
	}[];
	objective_key: string | null;
	objective_name: string | null;
	objective_basis: string | null;
	parties: {
		organisation_id: string;
		name: string;
		role: number;
		capacity: string | null;
		note: string | null;
	}[];
	participants: number | null;
	qualifier: string | null;
	female: number | null;
	male: number | null;
	participant_kind: string | null;
	posting_no: number;
};

/** One activity, of either nature, by its number; null when there is none at that posting. */
export async function findActivity(
	db: Kysely<DB>,
	at: FactsAt,
	activityId: string
): Promise<Activity | null> {
	const countries = (relation: string) =>
		sql`array(select r.country::text from activity_country r where r.activity_version_id = v.activity_version_id and r.relation = ${relation} order by 1)`;
	const { rows } = await sql<Activity>`
		select activity.activity_id, v.activity_version_id, activity.key,
			case when said.id is null then null else json_build_object('organisation_id', said.id::text,
				'name', ${organisationName(sql`said.id`, at)}) end as reporter, activity.nature, ${titleOf} as title, v.description, v.activity_type, v.status, v.date_from, v.date_to, v.date_precision,
			project.key as project_key,
			(select coalesce(p.short_name, p.name) from project_version p where p.project_id = project.project_id order by posting_no desc limit 1) as project_name,
			${countries('recipient')} as recipients, ${countries('participant')} as participants_from, ${countries('host')} as hosts,
			coalesce((select json_agg(json_build_object('name', l.name, 'country', l.country, 'latitude', l.latitude, 'longitude', l.longitude,
				'basis', l.basis, 'coordinates_from', l.coordinates_from) order by location_no)
				from location l where l.activity_version_id = v.activity_version_id), '[]') as locations,
			objective.key as objective_key, (select o.name from objective_version o where o.objective_id = objective.objective_id order by posting_no desc limit 1) as objective_name,
			ao.basis as objective_basis,
			coalesce((select json_agg(json_build_object('organisation_id', p.organisation_id::text, 'name', ${organisationName(
				sql`p.organisation_id`,
				at
			)}, 'role', p.role, 'capacity', p.capacity, 'note', p.note) order by p.role desc, p.capacity, p.organisation_id)
				from participation p where p.activity_version_id = v.activity_version_id), '[]') as parties,
			e.participants, e.qualifier, e.female, e.male, e.participant_kind,
			v.origin_url, v.origin_title, v.evidence, v.confidence, source.sha256 as source_sha256, v.place, v.posting_no
		from activity
		join lateral (select * from activity_version a where a.activity_id = activity.activity_id
			and (a.nature = 'demonstration' or a.posting_no <= ${at.posting}::integer) order by posting_no desc limit 1) v on not v.withdrawn
		join lateral (select project_id from project_activity j where j.activity_id = activity.activity_id
			and (j.nature = 'demonstration' or j.posting_no <= ${at.posting}::integer) order by posting_no desc limit 1) j on true
		join project on project.project_id = j.project_id
		cross join lateral (select v.reporting_organisation_id as id) said
		left join event_detail e on e.activity_version_id = v.activity_version_id
		left join activity_objective ao on ao.activity_version_id = v.activity_version_id
		left join objective using (objective_id)
		left join source on source.source_id = v.source_id
		where activity.activity_id = ${activityId}::bigint limit 1`.execute(db);
	return rows[0] ?? null;
}
