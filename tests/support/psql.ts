import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgresBinaries } from './postgres-binaries.ts';

/** PostgreSQL's own program: beside the server's programs or on the PATH; null on a machine without it. */
function findPsql(): string | null {
	const folder = findPostgresBinaries();
	const places = [...(folder === null ? [] : [join(folder, 'psql')]), 'psql'];
	return places.find((place) => spawnSync(place, ['--version']).status === 0) ?? null;
}

const psql = findPsql();

/**
 * The first row of a query, asked over a connection of its own and by no code of the application: as psql prints it, or
 * where there is none as the server sends it. Texts by column, blank for null.
 */
export async function askElsewhere(address: string, query: string): Promise<string[]> {
	if (psql !== null) {
		const format = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--field-separator=|'];
		const printed = execFileSync(psql, [...format, '--command', query, address], { encoding: 'utf8' });
		return printed.trimEnd().split('\n')[0]!.split('|');
	}
	const client = new pg.Client(address);
	await client.connect();
	try {
		const { rows } = await client.query<(string | null)[]>({ text: query, rowMode: 'array' });
		return rows[0]!.map((value) => value ?? '');
	} finally {
		await client.end();
	}
}
