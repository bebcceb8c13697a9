import { sql, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

/**
 * A row of a table with some columns changed, as a join that a query takes all columns of: `select rewritten.* from ...`.
 * Whatever columns the table has or gets, they are copied exactly.
 * @param row alias of the row; other columns that its query adds to it are left out
 * @param changed a jsonb object by column
 */
export function rewritten(table: keyof DB, row: string, changed: RawBuilder<unknown>): RawBuilder<unknown> {
	// Called once for each row in a join; in the list of columns it would be called once for each column.
	return sql`cross join lateral jsonb_populate_record(null::${sql.table(table)}, to_jsonb(${sql.ref(row)}) || ${changed}) rewritten`;
}
