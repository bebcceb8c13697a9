import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import { listMigrations } from '#lib/server/database/migrate.ts';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import {
	BackupError,
	FORMAT,
	TableSum,
	headerLine,
	tableLine,
	trailerLine,
	type Header,
	type Trailer
} from './backup-file.ts';
import { listTables, readRows } from './tables.ts';

/**
 * Writes all that the database holds, as it is at one moment, into one file that nobody but its owner may read: source
 * files may be private. The file appears when it is whole.
 * @returns what it holds
 * @throws BackupError when the file is there already, or the database is not migrated
 */
export async function backUp(database: Database, file: string): Promise<Trailer> {
	if (existsSync(file)) throw new BackupError(`${file} is there already; name another file`);
	const ran = (await listMigrations(database)).filter(({ executedAt }) => executedAt !== undefined);
	if (ran.length === 0) throw new BackupError('the database is empty; there is nothing to back up');
	const header: Header = { format: FORMAT, migrations: ran.map(({ name }) => name), engine: database.engine };

	const part = `${file}.part`;
	let trailer: Trailer | null = null;
	try {
		await database.owner
			.transaction()
			.setIsolationLevel('repeatable read')
			.setAccessMode('read only')
			.execute(async (transaction) => {
				const lines = writeLines(transaction, header, (whole) => (trailer = whole));
				await pipeline(
					Readable.from(lines, { objectMode: false }),
					createGzip(),
					createWriteStream(part, { mode: 0o600 })
				);
			});
		const handle = await open(part, 'r+');
		await handle.sync().finally(() => handle.close());
		await rename(part, file);
	} catch (error) {
		await rm(part, { force: true });
		throw error;
	}
	return trailer!;
}

/** The text of a backup in pieces of a batch of rows each. */
async function* writeLines(
	transaction: Kysely<DB>,
	header: Header,
	finish: (trailer: Trailer) => void
): AsyncGenerator<string> {
	const whole = createHash('sha256');
	const write = (text: string) => {
		whole.update(text);
		return text;
	};
	const tables: Trailer['tables'] = {};
	yield write(`${headerLine(header)}\n`);
	for (const table of await listTables(transaction)) {
		yield write(`${tableLine(table.name, table.columns)}\n`);
		const sum = new TableSum();
		for await (const lines of readRows(transaction, table)) {
			for (const line of lines) sum.add(line);
			yield write(`${lines.join('\n')}\n`);
		}
		tables[table.name] = sum.checksum();
	}
	const trailer: Trailer = { tables, sha256: whole.digest('hex') };
	finish(trailer);
	yield `${trailerLine(trailer)}\n`;
}
