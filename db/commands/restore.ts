import { sql, type Kysely } from 'kysely';
import { listMigrations, migrateTo, migrateToLatest, resetSchema } from '#lib/server/database/migrate.ts';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { BackupError, TableSum, readBackup, verifyBackup, type Header, type Trailer } from './backup-file.ts';
import { listTables, readRows, type Table } from './tables.ts';

/**
 * Puts a backup into an empty database, of either engine, and brings it up to date. The file is read to its end and checked
 * before anything is written; what was written is read back and held against the file before it counts.
 * @returns what was restored
 * @throws BackupError; then the database is as empty as before
 */
export async function restore(database: Database, file: string): Promise<Trailer> {
	const { header, trailer } = await verifyBackup(file);
	await refuseUnlessEmpty(database.owner);
	await migrateLike(database, header, file);
	await database.owner.transaction().execute(async (transaction) => {
		// Nobody posts in the meantime.
		await sql`select pg_advisory_xact_lock(hashtext('posting'), hashtext(nature))
			from unnest(array['published', 'demonstration']) nature`.execute(transaction);
		await refuseUnlessEmpty(transaction);
		const tables = await listTables(transaction);
		await load(transaction, tables, file);
		for (const table of tables) await setNumbering(transaction, table);
		await sql`analyze`.execute(transaction);
		await compare(transaction, tables, trailer);
	});
	await migrateToLatest(database);
	return trailer;
}

async function refuseUnlessEmpty(db: Kysely<DB>): Promise<void> {
	for (const { name } of await listTables(db)) {
		const { rows } = await sql<{
			filled: boolean;
		}>`select exists (select from ${sql.table(name)}) as filled`.execute(db);
		if (rows[0]!.filled) {
			throw new BackupError(
				`the database is not empty: ${name} has rows. A backup goes into an empty one only`
			);
		}
	}
}

/** Makes the schema the one that the backup was made from. The database is empty, so nothing is lost. */
async function migrateLike(database: Database, { migrations }: Header, file: string): Promise<void> {
	const known = await listMigrations(database);
	const unknown = migrations.find((name, index) => known[index]?.name !== name);
	if (unknown !== undefined || migrations.length === 0) {
		throw new BackupError(
			`${file} was made by another version: it has the migration ${unknown}, which this one does not have`
		);
	}
	const ran = known.filter(({ executedAt }) => executedAt !== undefined).length;
	const last = migrations.at(-1)!;
	if (ran > migrations.length) await resetSchema(database, last);
	else if (ran < migrations.length) await migrateTo(database, last);
}

const BATCH_CHARACTERS = 4 << 20;
const MOST_ROWS = 5000;

async function load(transaction: Kysely<DB>, tables: readonly Table[], file: string): Promise<void> {
	let table: Table | undefined;
	let held: string[] = [];
	let characters = 0;
	const write = async () => {
		if (held.length === 0) return;
		const name = sql.table(table!.name);
		const columns = sql.join(table!.columns.map((column) => sql.id(column)));
		await sql`
			insert into ${name} (${columns}) overriding system value
			select ${columns} from json_populate_recordset(null::${name}, ${`[${held.join(',')}]`}::json)`.execute(
			transaction
		);
		held = [];
		characters = 0;
	};
	for await (const part of readBackup(file)) {
		if (part.kind === 'table') {
			await write();
			table = tables.find(({ name }) => name === part.name);
			if (!table || table.columns.join() !== part.columns.join()) {
				throw new BackupError(`${file} has a table ${part.name} that this version does not have so`);
			}
			continue;
		}
		held.push(part.line);
		characters += part.line.length;
		if (held.length >= MOST_ROWS || characters >= BATCH_CHARACTERS) await write();
	}
	await write();
}

/** New rows are numbered after those restored. */
async function setNumbering(transaction: Kysely<DB>, { name, identity }: Table): Promise<void> {
	if (identity === null) return;
	await sql`
		select setval(pg_get_serial_sequence(${name}, ${identity}), coalesce(max(${sql.ref(identity)}), 1), max(${sql.ref(identity)}) is not null)
		from ${sql.table(name)}`.execute(transaction);
}

async function compare(transaction: Kysely<DB>, tables: readonly Table[], trailer: Trailer): Promise<void> {
	for (const table of tables) {
		const sum = new TableSum();
		for await (const lines of readRows(transaction, table)) for (const line of lines) sum.add(line);
		const found = sum.checksum();
		const expected = trailer.tables[table.name];
		if (found.rows !== expected?.rows || found.sha256 !== expected.sha256) {
			throw new BackupError(
				`what was restored into ${table.name} is not what the backup holds; nothing was kept`
			);
		}
	}
}
