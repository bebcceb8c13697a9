import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

/** Whether a portfolio (`all` for every project) exists, and holds the project where one is named. */
export async function isInPortfolio(
	db: Kysely<DB>,
	portfolio: string,
	project: string | null
): Promise<boolean> {
	const held =
		portfolio === 'all'
			? sql`select from project where ${project}::text is null or key = ${project}`
			: sql`select from portfolio left join portfolio_project using (portfolio_id) left join project using (project_id)
				where portfolio.key = ${portfolio} and (${project}::text is null or project.key = ${project})`;
	const { rows } = await sql<{ held: boolean }>`select exists (${held}) as held`.execute(db);
	return rows[0]!.held;
}
