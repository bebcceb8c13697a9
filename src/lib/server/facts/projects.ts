import { sql, type Kysely } from 'kysely';
import { askOnce } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import { hasActivity, inForce, organisationName } from './versions.ts';

export type Origin = {
	origin_url: string | null;
	origin_title: string | null;
	evidence: string | null;
	confidence: string | null;
	source_sha256: string | null;
	place: string | null;
};

export type Project = Origin & {
	project_id: string;
	key: string;
	code: string | null;
	name: string;
	short_name: string | null;
	description: string | null;
	start_date: string | null;
	start_precision: string;
	end_date: string | null;
	end_precision: string;
	status: string | null;
	relation: string | null;
	countries: string[];
	parties: { organisation_id: string; name: string; role: number }[];
};

/** Projects of a portfolio (`all` for every one), main project first, then by start. */
export function listProjects(db: Kysely<DB>, at: FactsAt, portfolio: string): Promise<Project[]> {
	return askOnce(db, ['projects of', at.posting, portfolio], () =>
		select(
			db,
			at,
			portfolio === 'all'
				? sql`true`
				: sql`v.project_id in (select project_id from portfolio_project join portfolio using (portfolio_id) where portfolio.key = ${portfolio})`
		)
	);
}

/** One project by its key or number, or null. */
export async function findProject(db: Kysely<DB>, at: FactsAt, key: string): Promise<Project | null> {
	return (await select(db, at, sql`(project.key = ${key} or v.project_id::text = ${key})`))[0] ?? null;
}

async function select(db: Kysely<DB>, at: FactsAt, condition: ReturnType<typeof sql>): Promise<Project[]> {
	const { rows } = await sql<Project>`
		select v.project_id, project.key, v.code, v.name, v.short_name, v.description, v.start_date, v.start_precision,
			v.end_date, v.end_precision, v.status, v.relation, v.origin_url, v.origin_title, v.evidence, v.confidence,
			source.sha256 as source_sha256, v.place,
			array(select country::text from project_country c where c.project_version_id = v.project_version_id order by country) as countries,
			coalesce((select json_agg(json_build_object('organisation_id', p.organisation_id::text, 'name', ${organisationName(
				sql`p.organisation_id`,
				at
			)}, 'role', p.role) order by p.role, p.organisation_id)
				from project_participation p where p.project_version_id = v.project_version_id), '[]') as parties
		from ${inForce('project_version', ['project_id'], at)} v
		join project using (project_id) left join source using (source_id)
		where ${condition}
			-- One whose activities have all left it, withdrawn or joined to another, is none any more.
			and (not exists (select from project_activity j where j.project_id = v.project_id and j.nature = 'published'
					and j.posting_no <= ${at.posting}::integer)
				or ${hasActivity(sql`v.project_id`, at)})
		order by v.relation = 'main' desc nulls last, v.start_date nulls last, project.key`.execute(db);
	return rows;
}

export type Objective = Origin & {
	key: string;
	objective_no: number | null;
	name: string;
	lead_agency: string | null;
	description: string | null;
};

/** The objectives of projects, project by project in their order; buckets that are none come last. */
export async function listObjectives(
	db: Kysely<DB>,
	at: FactsAt,
	projectIds: readonly string[]
): Promise<Objective[]> {
	const { rows } = await sql<Objective>`
		select objective.key, v.objective_no, v.name, v.lead_agency, v.description, v.origin_url, v.origin_title, v.evidence, v.confidence,
			source.sha256 as source_sha256, v.place
		from objective join ${inForce('objective_version', ['objective_id'], at)} v using (objective_id)
		left join source using (source_id)
		where objective.project_id = any(${[...projectIds]}::bigint[])
		order by array_position(${[...projectIds]}::bigint[], objective.project_id), v.objective_no nulls last, objective.key`.execute(
		db
	);
	return rows;
}

export type Coverage = Origin & {
	project_id: string;
	country: string;
	name_in_source: string;
	region: string | null;
	launch_date: string | null;
	launch_precision: string;
	assessment_from: string | null;
	assessment_to: string | null;
	counterpart: string | null;
	focus: string | null;
};

/** What projects say of each of their countries. */
export async function listCoverage(
	db: Kysely<DB>,
	at: FactsAt,
	projectIds: readonly string[]
): Promise<Coverage[]> {
	const { rows } = await sql<Coverage>`
		select v.project_id, v.country::text as country, v.name_in_source, v.region, v.launch_date, v.launch_precision, v.assessment_from, v.assessment_to,
			v.counterpart, v.focus, v.origin_url, v.origin_title, v.evidence, v.confidence, source.sha256 as source_sha256, v.place
		from ${inForce('country_coverage', ['project_id', 'country'], at)} v left join source using (source_id)
		where v.project_id = any(${[...projectIds]}::bigint[]) order by v.country`.execute(db);
	return rows;
}
