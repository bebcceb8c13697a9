import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const OLDEST = 15;

/** Folders under which systems keep one folder per PostgreSQL version, as `<folder>/<version>/bin`. */
const VERSIONED = [
	'/usr/lib/postgresql',
	'/opt/postgresql',
	'/Library/PostgreSQL',
	'/Applications/Postgres.app/Contents/Versions'
];
const PLAIN = [
	'/usr/pgsql-18/bin',
	'/usr/pgsql-17/bin',
	'/usr/pgsql-16/bin',
	'/usr/pgsql-15/bin',
	'/usr/local/pgsql/bin'
];
const HOMEBREW = ['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt'];

function listFolder(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function holdsServer(folder: string): boolean {
	try {
		for (const program of ['initdb', 'pg_ctl', 'postgres']) accessSync(join(folder, program), constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The folder of a PostgreSQL server's programs: on PATH, or the newest in a usual system folder; null where there is none. */
export function findPostgresBinaries(path = process.env.PATH ?? ''): string | null {
	const newestFirst = (a: string, b: string) => parseInt(b) - parseInt(a);
	const versioned = VERSIONED.flatMap((folder) =>
		listFolder(folder)
			.filter((version) => parseInt(version) >= OLDEST)
			.sort(newestFirst)
			.map((version) => join(folder, version, 'bin'))
	);
	const brewed = HOMEBREW.flatMap((folder) =>
		listFolder(folder)
			.filter((name) => /^postgresql(@\d+)?$/.test(name))
			.map((name) => join(folder, name, 'bin'))
	);
	return (
		[...path.split(delimiter).filter(Boolean), ...versioned, ...PLAIN, ...brewed].find(holdsServer) ?? null
	);
}
