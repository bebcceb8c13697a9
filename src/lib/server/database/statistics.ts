import { sql, type Kysely } from 'kysely';
import { logError } from '#lib/server/log.ts';
import type { DB } from './schema.ts';

/** A table of so many pages is looked at again every time: it is read whole in no time, and a few rows may have become many. */
const SMALL_PAGES = 16;

/**
 * Has the database look at how much its tables hold and of what, where that may have changed since it last looked: a plan made
 * for an empty table is slow on a full one. PGlite never looks by itself, and PostgreSQL not at tables of a few dozen rows.
 * What keeps it from looking is logged; the books answer without it, more slowly. Staging is left out: what it holds of one
 * import says nothing of the next.
 * @param owner tables of others are left as they are
 */
export async function refreshStatistics(owner: Kysely<DB>): Promise<void> {
	try {
		const names = await listOutdated(owner);
		if (names.length > 0) await sql`analyze ${sql.raw(names.join(', '))}`.execute(owner);
	} catch (error) {
		logError(error, { part: 'statistics' });
	}
}

async function listOutdated(owner: Kysely<DB>): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select c.oid::regclass::text as name
		from pg_class c cross join lateral (select pg_relation_size(c.oid) / current_setting('block_size')::integer as pages) there
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_has_role(c.relowner, 'usage')
			and c.relname not like 'staged\\_%' and there.pages > 0
			and (c.reltuples < 0 or there.pages <= ${SMALL_PAGES} or there.pages not between 0.8 * c.relpages and 1.2 * c.relpages)
		order by 1`.execute(owner);
	return rows.map(({ name }) => name);
}
