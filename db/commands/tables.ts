import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

/** A table as a backup sees it. Generated columns are left out: the database makes them again. */
export type Table = {
	name: string;
	columns: string[];
	/** The primary key; texts among it are ordered by byte, so that every engine and language gives one order. */
	key: { name: string; isText: boolean }[];
	/** The column that is numbered by the database, if one is. */
	identity: string | null;
};

const DELTAS = 'ledger_delta_*';
/** References that triggers prove by statement and no constraint declares. */
const PROVED_BY_TRIGGER: Record<string, string[]> = {
	ledger_entry: ['posting', 'organisation', 'project', 'activity', 'agreement', 'objective', 'source'],
	entry_share: ['ledger_entry'],
	[DELTAS]: ['posting']
};

/** All tables but the record of migrations, each after those that it refers to; the same order on every engine. */
export async function listTables(db: Kysely<DB>): Promise<Table[]> {
	const { rows } = await sql<Table & { refers: string[] }>`
		select c.relname as name,
			array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
				order by attnum) as columns,
			(select coalesce(json_agg(json_build_object('name', a.attname, 'isText', t.typcategory = 'S') order by place), '[]')
				from pg_constraint p cross join unnest(p.conkey) with ordinality k(number, place)
				join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number join pg_type t on t.oid = a.atttypid
				where p.conrelid = c.oid and p.contype = 'p') as key,
			(select attname::text from pg_attribute where attrelid = c.oid and attidentity <> '') as identity,
			array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
				where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
			and c.relname not like 'kysely\\_%'`.execute(db);
	for (const { name, refers } of rows) {
		refers.push(...(PROVED_BY_TRIGGER[name.startsWith('ledger_delta_') ? DELTAS : name] ?? []));
	}
	const left = new Map(rows.map((row) => [row.name, row]));
	const sorted: Table[] = [];
	while (left.size > 0) {
		const ready = [...left.values()].filter(({ refers }) => !refers.some((name) => left.has(name)));
		if (ready.length === 0) throw new Error(`tables refer to each other: ${[...left.keys()].join(', ')}`);
		ready.sort((a, b) => (a.name < b.name ? -1 : 1));
		for (const { refers: _refers, ...table } of ready) {
			left.delete(table.name);
			sorted.push(table);
		}
	}
	return sorted;
}

/** About as many bytes of rows as are held at once. */
const BATCH_BYTES = 4 << 20;
const MOST_ROWS = 5000;

/**
 * The rows of a table in the order of its key, each as PostgreSQL's own JSON text: no number passes through JavaScript.
 * Inside a transaction, from which they are read batch by batch.
 */
export async function* readRows(transaction: Kysely<DB>, table: Table): AsyncGenerator<string[]> {
	const columns = sql.join(table.columns.map((name) => sql.id(name)));
	const order = sql.join(
		table.key.map(({ name, isText }) => (isText ? sql`${sql.ref(name)} collate "C"` : sql.ref(name)))
	);
	await sql`
		declare backup_rows no scroll cursor for
		select row_to_json(r)::text as line from (select ${columns} from ${sql.table(table.name)} order by ${order}) r`.execute(
		transaction
	);
	let size = 16;
	for (;;) {
		const { rows } = await sql
			.raw<{ line: string }>(`fetch forward ${size} from backup_rows`)
			.execute(transaction);
		if (rows.length === 0) break;
		const lines = rows.map(({ line }) => line);
		yield lines;
		const bytes = lines.reduce((sum, line) => sum + line.length, 0);
		size = Math.max(1, Math.min(MOST_ROWS, Math.floor((BATCH_BYTES * lines.length) / bytes)));
	}
	await sql`close backup_rows`.execute(transaction);
}
