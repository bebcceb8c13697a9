import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Engine } from '#lib/server/database/open.ts';

/*
 * A backup is one gzip file of JSON lines. Lines of the file itself are arrays, rows are objects:
 *   ["dashboard-backup", { format, migrations, engine }]
 *   ["table", name, columns]      then one line per row, then the next table
 *   ["end", { tables: { name: { rows, sha256 } }, sha256 }]
 * A table's hash is over its row lines, the last one over every line before the end.
 */
export const FORMAT = 1;
const MARK = 'dashboard-backup';
const NEWLINE = 10;

export type Header = { format: number; migrations: string[]; engine: Engine };
export type Checksum = { rows: number; sha256: string };
export type Trailer = { tables: Record<string, Checksum>; sha256: string };

/** A backup that cannot be made or restored: one line that says why. */
export class BackupError extends Error {
	override name = 'BackupError';
}

export const headerLine = (header: Header) => JSON.stringify([MARK, header]);
export const tableLine = (name: string, columns: readonly string[]) =>
	JSON.stringify(['table', name, columns]);
export const trailerLine = (trailer: Trailer) => JSON.stringify(['end', trailer]);

/** Counts and hashes the rows of one table. */
export class TableSum {
	#rows = 0;
	#hash: Hash = createHash('sha256');
	add(line: string): void {
		this.#rows++;
		this.#hash.update(line).update('\n');
	}
	/** Can be asked once. */
	checksum(): Checksum {
		return { rows: this.#rows, sha256: this.#hash.digest('hex') };
	}
}

export type Part = { kind: 'table'; name: string; columns: string[] } | { kind: 'row'; line: string };

/**
 * The tables and rows of a backup, in order. The last thing it does is to hold what it read against the end of the file,
 * so whoever reads it to the end knows that it is whole.
 * @returns header and trailer
 * @throws BackupError when it is no backup, damaged or cut off
 */
export async function* readBackup(file: string): AsyncGenerator<Part, { header: Header; trailer: Trailer }> {
	const whole = createHash('sha256');
	const tables: Record<string, Checksum> = {};
	let header: Header | null = null;
	let current: { name: string; sum: TableSum } | null = null;
	let trailer: Trailer | null = null;
	for await (const line of readLines(file)) {
		if (trailer !== null) throw damaged(file, 'something follows its end');
		if (header === null) {
			header = parseHeader(file, line);
		} else if (line.startsWith('{')) {
			if (!current) throw damaged(file, 'a row stands outside a table');
			current.sum.add(line);
			yield { kind: 'row', line };
		} else {
			if (current) tables[current.name] = current.sum.checksum();
			current = null;
			const [mark, ...rest] = parseLine(file, line);
			if (mark === 'end') {
				trailer = rest[0] as Trailer;
				continue;
			}
			const [name, columns] = rest as [string, string[]];
			if (mark !== 'table' || name in tables) throw damaged(file, 'a table begins twice');
			current = { name, sum: new TableSum() };
			yield { kind: 'table', name, columns };
		}
		whole.update(line).update('\n');
	}
	if (header === null || trailer === null) throw new BackupError(`${file} is cut off: it has no end`);
	check(file, trailer, { tables, sha256: whole.digest('hex') });
	return { header, trailer };
}

/** Reads a backup to its end and writes nothing. Gives its header and what it holds. */
export async function verifyBackup(file: string): Promise<{ header: Header; trailer: Trailer }> {
	const parts = readBackup(file);
	for (;;) {
		const { done, value } = await parts.next();
		if (done) return value;
	}
}

function parseHeader(file: string, line: string): Header {
	const [mark, header] = line.startsWith('[') ? parseLine(file, line) : [];
	if (mark !== MARK) throw new BackupError(`${file} is not a backup of this dashboard`);
	const { format } = header as Header;
	if (format !== FORMAT)
		throw new BackupError(`${file} has format ${format}; this version reads format ${FORMAT}`);
	return header as Header;
}

function parseLine(file: string, line: string): unknown[] {
	try {
		return JSON.parse(line) as unknown[];
	} catch {
		throw damaged(file, 'a line cannot be read');
	}
}

function check(file: string, stated: Trailer, found: Trailer): void {
	for (const name of Object.keys({ ...stated?.tables, ...found.tables })) {
		const { rows, sha256 } = found.tables[name] ?? { rows: 0, sha256: '' };
		const expected = stated?.tables?.[name];
		if (expected?.rows !== rows)
			throw damaged(file, `${name} has ${rows} rows, not ${expected?.rows ?? 'any'}`);
		if (expected.sha256 !== sha256)
			throw damaged(file, `the rows of ${name} are not those that were written`);
	}
	if (stated?.sha256 !== found.sha256) throw damaged(file, 'its content is not what was written');
}

function damaged(file: string, what: string): BackupError {
	return new BackupError(`${file} is damaged: ${what}`);
}

async function* readLines(file: string): AsyncGenerator<string> {
	const packed = createReadStream(file);
	const unpacked = createGunzip();
	packed.once('error', (error) => unpacked.destroy(error));
	let held: Buffer[] = [];
	let begun = false;
	try {
		for await (const chunk of packed.pipe(unpacked)) {
			begun = true;
			let rest = chunk as Buffer;
			for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
				held.push(rest.subarray(0, end));
				yield Buffer.concat(held).toString('utf8');
				held = [];
				rest = rest.subarray(end + 1);
			}
			if (rest.length > 0) held.push(rest);
		}
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'Z_BUF_ERROR') throw new BackupError(`${file} is cut off`);
		if (code?.startsWith('Z_') && !begun) throw new BackupError(`${file} is not a backup of this dashboard`);
		if (code?.startsWith('Z_')) throw damaged(file, 'it cannot be unpacked');
		throw error;
	} finally {
		packed.destroy();
	}
	if (held.length > 0) throw new BackupError(`${file} is cut off`);
}
