import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce } from './versions.ts';

export type Neighbour = {
	activity_id: string;
	title: Record<string, string>;
	date_from: string | null;
	date_to: string | null;
	date_precision: string;
};

/** The activities of the same project just before and just after one, in the order of the list by date. */
export async function findNeighbours(
	db: Kysely<DB>,
	at: FactsAt,
	activityId: string
): Promise<{ previous: Neighbour | null; next: Neighbour | null }> {
	const find = async (earlier: boolean) => {
		const { rows } = await sql<Neighbour>`
			select c.activity_id, v.title, v.date_from, v.date_to, v.date_precision
			from ${activitiesInForce(at)} here
			join ${activitiesInForce(at)} c on c.project_id = here.project_id
				and (c.sort_date, c.activity_id) ${earlier ? sql`<` : sql`>`} (here.sort_date, here.activity_id)
			join activity_version v on v.activity_version_id = c.activity_version_id
			where here.activity_id = ${activityId}::bigint
			order by c.sort_date ${earlier ? sql`desc` : sql`asc`}, c.activity_id ${earlier ? sql`desc` : sql`asc`} limit 1`.execute(
			db
		);
		return rows[0] ?? null;
	};
	const [previous, next] = await Promise.all([find(true), find(false)]);
	return { previous, next };
}
