import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

/** Keys of projects, objectives or agreements by their numbers. */
export async function keysOfIds(
	db: Kysely<DB>,
	table: 'project' | 'objective' | 'agreement',
	ids: readonly string[]
): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const { rows } = await sql<{ id: string; key: string }>`
		select ${sql.id(`${table}_id`)} as id, key from ${sql.table(table)}
		where ${sql.id(`${table}_id`)} = any(${[...new Set(ids)]}::bigint[])`.execute(db);
	return new Map(rows.map(({ id, key }) => [id, key]));
}
