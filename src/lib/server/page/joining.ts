import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { JOINED_IN_PREVIEW } from '#lib/server/intake/join.ts';

/** A project by its key and the name that it has now. */
export type ProjectNamed = { key: string; name: string };

/** Where an activity belongs, and where it could. */
export type Joining = {
	id: string;
	key: string;
	title: Record<string, string>;
	/** The project that it is in, and whether a decision put it there: such a one can be taken back. */
	project: ProjectNamed;
	joined: boolean;
	/** Projects that it could join. */
	others: ProjectNamed[];
};

const MOST_PROJECTS = 500;

/** A published activity with its project. Null for a number that names none. */
export async function readJoining(db: Kysely<DB>, id: string): Promise<Joining | null> {
	if (!/^[1-9]\d{0,17}$/.test(id)) return null;
	const { rows } = await sql<Omit<Joining, 'project' | 'others'> & { projectKey: string }>`
		select activity.activity_id as id, activity.key, v.title, project.key as "projectKey",
			exists (select from project_activity j join posting using (nature, posting_no)
				where j.activity_id = c.activity_id and j.project_id = c.project_id and j.nature = 'published'
					and project.key <> activity.key and (posting.cause = 'join' or j.reason = ${JOINED_IN_PREVIEW})) as joined
		from activity join activity_current c using (activity_id) join activity_version v using (activity_version_id)
		join project on project.project_id = c.project_id
		where activity.activity_id = ${id}::bigint and activity.nature = 'published' and not c.withdrawn`.execute(db);
	const [found] = rows;
	if (!found) return null;
	const projects = await listProjects(db);
	const { projectKey, ...activity } = found;
	const own = projects.find(({ key }) => key === projectKey) ?? { key: projectKey, name: projectKey };
	return {
		...activity,
		project: own,
		others: projects.filter(({ key }) => key !== projectKey && key !== activity.key)
	};
}

/** Projects that hold published activities now, by name. */
async function listProjects(db: Kysely<DB>): Promise<ProjectNamed[]> {
	const { rows } = await sql<ProjectNamed>`
		select project.key, coalesce(latest.name, project.key) as name from project
		left join lateral (select name from project_version v where v.project_id = project.project_id and v.nature = 'published'
			order by posting_no desc limit 1) latest on true
		where latest.name is not null or exists (select from activity_current c where c.project_id = project.project_id
			and c.nature = 'published' and not c.withdrawn)
		order by 2, 1 limit ${MOST_PROJECTS}::integer`.execute(db);
	return rows;
}
