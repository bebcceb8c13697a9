import { sql, type Kysely } from 'kysely';
import { m } from '#lib/paraglide/messages.js';
import type { DB } from '#lib/server/database/schema.ts';

type TableName = keyof DB;
type ColumnName = { [T in TableName]: keyof DB[T] & string }[TableName];

// A table or column without a text does not compile.
const TABLES: Record<`dictionary_table_${TableName}`, () => string> = m;
const COLUMNS: Record<`dictionary_of_column_${ColumnName}`, () => string> = m;

export type DatabaseColumn = {
	table: string;
	/** What the table holds, and what the column means; null for one that nobody has described. */
	holds: string | null;
	name: string;
	meaning: string | null;
	type: string;
	nullable: boolean;
};

/** Every column of the database itself, as it stands there, with what it means in the language of the request. */
export async function listDatabaseColumns(db: Kysely<DB>): Promise<DatabaseColumn[]> {
	const { rows } = await sql<{ table: string; name: string; type: string; nullable: boolean }>`
		select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
			and c.relname not like 'kysely%' and a.attnum > 0 and not a.attisdropped
		order by c.relname collate "C", a.attnum`.execute(db);
	return rows.map((row) => ({
		...row,
		holds: TABLES[`dictionary_table_${row.table as TableName}`]?.() ?? null,
		meaning: COLUMNS[`dictionary_of_column_${row.name as ColumnName}`]?.() ?? null
	}));
}
