import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type pg from 'pg';
import { makeFolder } from '#lib/server/data-folder.ts';
import { CONNECT_SECONDS, PGLITE, POSTGRES, createPool, queryBy } from './connect.ts';
import { lockFolder } from './folder-lock.ts';
import { OnlyConnection, type Lender } from './only-connection.ts';
import { startPglite, type PgliteThread } from './pglite-thread.ts';
import type { DB } from './schema.ts';

export type Engine = 'postgresql' | 'pglite';

/** An open database: `db` has the application's rights, `owner` may migrate (the same connection where there is one role). */
export type Database = {
	db: Kysely<DB>;
	owner: Kysely<DB>;
	/** Exports have a small pool of their own, so that slow downloads cannot starve pages. With PGlite it is `db`. */
	exports: Kysely<DB>;
	/** Postings take as long as they take: no time limit here. With PGlite it is `db`. */
	intake: Kysely<DB>;
	engine: Engine;
	/** True when history is protected by rights and not by triggers alone. */
	twoRoles: boolean;
	/** PostgreSQL only: the address that the application's role connects to. */
	url: string | null;
	/** PGlite only: lends its one connection to another thread. */
	lender: Lender | null;
	/** PGlite only: the whole folder as a tar. */
	dump: (() => Promise<Uint8Array<ArrayBuffer>>) | null;
	close(): Promise<void>;
};

/** The database cannot be used: one line that says why and what to do. */
export class DatabaseError extends Error {
	override name = 'DatabaseError';
}

type Options = {
	databaseUrl: string | null;
	databaseOwnerUrl: string | null;
	dataDir: string;
	queryTimeoutSeconds: number;
	/** Where this process will answer requests; written into the folder's lock, so that commands find it. */
	serverAddress?: string;
	/** A PGlite folder's tar to begin with (tests). */
	loadDataDir?: Uint8Array<ArrayBuffer>;
};

const OLDEST_POSTGRESQL = 150000;
/** Downloads at the same time; one more waits its turn, as a posting does. */
export const EXPORTS_AT_ONCE = 6;
const TURN_SECONDS = 60;
/** Why a data folder cannot be used. On a read-only file system Node says ENOENT where it should make one. */
const NOT_WRITABLE = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC']);

/**
 * Opens PostgreSQL when an address is given, else PGlite in the data folder (`memory://` for none).
 * @throws DatabaseError, FolderInUseError
 */
export async function openDatabase(options: Options): Promise<Database> {
	return options.databaseUrl === null ? openPglite(options) : openPostgres(options, options.databaseUrl);
}

async function openPostgres(options: Options, url: string): Promise<Database> {
	const connect = (connectionString: string, config: pg.PoolConfig) =>
		queryBy(createPool({ ...POSTGRES, connectionString, ...config }));
	const timeout = options.queryTimeoutSeconds * 1000;
	const db = connect(url, { max: 10, statement_timeout: timeout, query_timeout: timeout + 1000 });
	const exports = connect(url, { max: EXPORTS_AT_ONCE, connectionTimeoutMillis: TURN_SECONDS * 1000 });
	const intake = connect(url, { max: 2, connectionTimeoutMillis: TURN_SECONDS * 1000 });
	const ownerUrl = options.databaseOwnerUrl ?? url;
	const twoRoles = new URL(ownerUrl).username !== new URL(url).username;
	const owner = connect(ownerUrl, { max: 2 });
	const close = async () => {
		await Promise.all([db, exports, intake, owner].map((each) => each.destroy()));
	};
	try {
		await checkVersion(db, 'DATABASE_URL');
		if (ownerUrl !== url) await checkVersion(owner, 'DATABASE_OWNER_URL');
	} catch (error) {
		await close();
		throw error;
	}
	return { db, owner, exports, intake, engine: 'postgresql', twoRoles, url, lender: null, dump: null, close };
}

async function checkVersion(db: Kysely<DB>, variable: string): Promise<void> {
	let version: string | undefined;
	try {
		const { rows } = await sql<{
			version: string;
		}>`select current_setting('server_version_num') as version`.execute(db);
		version = rows[0]?.version;
	} catch (error) {
		throw new DatabaseError(`${variable} cannot be used: ${reasonOf(error as pg.DatabaseError)}`);
	}
	if (Number(version) < OLDEST_POSTGRESQL) {
		throw new DatabaseError(`${variable} leads to PostgreSQL ${version}; version 15 or later is needed`);
	}
}

/** PostgreSQL's own words are kept; what they leave unclear is said in ours. Never the password. */
function reasonOf(error: pg.DatabaseError & { errors?: Error[] }): string {
	const code = error.code ?? (error.errors?.[0] as NodeJS.ErrnoException | undefined)?.code;
	if (code === 'ECONNREFUSED') return 'no server answers at that host and port';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not known';
	if (/timeout/.test(error.message) && code === undefined)
		return `the server did not answer within ${CONNECT_SECONDS} seconds`;
	return error.message || String(code);
}

async function openPglite(options: Options): Promise<Database> {
	const inMemory = options.dataDir === 'memory://';
	let unlock = () => {};
	let folder = options.dataDir;
	if (!inMemory) {
		try {
			makeFolder(options.dataDir);
			unlock = lockFolder(options.dataDir, options.serverAddress);
		} catch (error) {
			const { code = '' } = error as NodeJS.ErrnoException;
			if (NOT_WRITABLE.has(code)) {
				throw new DatabaseError(
					`the data folder ${options.dataDir} cannot be written (${code}); set DATA_DIR to a folder that can`
				);
			}
			throw error;
		}
		folder = join(options.dataDir, 'pglite');
	}
	let thread: PgliteThread;
	try {
		thread = await startPglite(folder, options.loadDataDir ?? null);
	} catch (error) {
		unlock();
		throw new DatabaseError(`PGlite cannot open ${folder}: ${(error as Error).message}`);
	}
	const pool = createPool({ ...PGLITE, stream: () => thread.socket() as never });
	const connection = new OnlyConnection(pool, () => thread.channel(), options.queryTimeoutSeconds);
	const db = queryBy(connection);
	return {
		db,
		owner: db,
		exports: db,
		intake: db,
		engine: 'pglite',
		twoRoles: false,
		url: null,
		lender: connection,
		dump: () => thread.dump(),
		close: async () => {
			await db.destroy();
			await thread.close();
			unlock();
		}
	};
}
