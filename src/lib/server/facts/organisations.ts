import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import type { Origin } from './projects.ts';
import { activitiesInForce, inForce } from './versions.ts';

export type Organisation = Origin & {
	organisation_id: string;
	key: string;
	nature: string;
	name: string;
	reference: string | null;
	reference_basis: string | null;
	type_code: string | null;
	type_country_basis: string | null;
	country: string | null;
	parts_in_source: string[];
};

/** One organisation by its number. Published words come first; one that only the demonstration names says so by its nature. */
export async function findOrganisation(
	db: Kysely<DB>,
	at: FactsAt,
	organisationId: string
): Promise<Organisation | null> {
	const { rows } = await sql<Organisation>`
		select organisation.organisation_id, organisation.key, v.nature, v.name, v.reference, v.reference_basis, v.type_code, v.type_country_basis,
			v.country::text as country, v.parts_in_source, v.origin_url, v.origin_title, v.evidence, v.confidence, source.sha256 as source_sha256, v.place
		from organisation join organisation_version v using (organisation_id) left join source using (source_id)
		where organisation.organisation_id = ${organisationId}::bigint and (v.nature = 'demonstration' or v.posting_no <= ${at.posting}::integer)
		order by v.nature desc, v.posting_no desc limit 1`.execute(db);
	return rows[0] ?? null;
}

/** Names of organisations by their numbers, for breakdowns. */
export async function namesOfOrganisations(
	db: Kysely<DB>,
	ids: readonly string[]
): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const { rows } = await sql<{ organisation_id: string; name: string }>`
		select distinct on (organisation_id) organisation_id, name from organisation_version
		where organisation_id = any(${[...ids]}::bigint[]) order by organisation_id, nature desc, posting_no desc`.execute(
		db
	);
	return new Map(rows.map(({ organisation_id, name }) => [organisation_id, name]));
}

export type OrganisationLine = {
	organisation_id: string;
	name: string;
	type_code: string | null;
	role: number;
	activities: number;
};

/** Organisations of a project's published activities, by role, the most active first. */
export async function listOrganisations(
	db: Kysely<DB>,
	at: FactsAt,
	projectId: string
): Promise<OrganisationLine[]> {
	const { rows } = await sql<OrganisationLine>`
		select p.organisation_id, v.name, v.type_code, p.role, count(*)::integer as activities
		from ${activitiesInForce(at)} c join participation p using (activity_version_id)
		join ${inForce('organisation_version', ['organisation_id'], at)} v on v.organisation_id = p.organisation_id
		where c.project_id = ${projectId}::bigint
		group by 1, 2, 3, 4 order by count(*) desc, v.name`.execute(db);
	return rows;
}

/** The projects an organisation is a party to, with its role in each. */
export async function listProjectsOf(
	db: Kysely<DB>,
	at: FactsAt,
	organisationId: string
): Promise<{ project_key: string; name: string; role: number }[]> {
	const { rows } = await sql<{ project_key: string; name: string; role: number }>`
		select project.key as project_key, coalesce(v.short_name, v.name) as name, p.role
		from ${inForce('project_version', ['project_id'], at)} v join project using (project_id)
		join project_participation p using (project_version_id)
		where p.organisation_id = ${organisationId}::bigint order by v.start_date nulls last, project.key, p.role`.execute(
		db
	);
	return rows;
}
