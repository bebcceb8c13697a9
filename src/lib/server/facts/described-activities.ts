import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce, titleOf } from './versions.ts';

/** An activity as other facts name it: its page, its title by language, its project. */
export type DescribedActivity = { activity_id: string; title: Record<string, string>; project_key: string };

/** Published activities by their keys; those not in force are left out. */
export async function describeActivities(
	db: Kysely<DB>,
	at: FactsAt,
	keys: readonly string[]
): Promise<Map<string, DescribedActivity>> {
	if (keys.length === 0) return new Map();
	const { rows } = await sql<DescribedActivity & { key: string }>`
		select activity.key, c.activity_id, project.key as project_key,
			${titleOf} as title
		from activity join ${activitiesInForce(at)} c using (activity_id)
		join activity_version v on v.activity_version_id = c.activity_version_id
		join project on project.project_id = c.project_id
		where activity.nature = 'published' and activity.key = any(${[...new Set(keys)]}::text[])`.execute(db);
	return new Map(rows.map(({ key, ...described }) => [key, described]));
}
