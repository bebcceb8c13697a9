import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { lockFolder } from './folder-lock.ts';
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
	/** A PGlite folder's tar to begin with (tests). */
	loadDataDir?: Uint8Array<ArrayBuffer>;
};

const OLDEST_POSTGRESQL = 150000;
/** A page answers within 5 seconds, also that the database is away. */
const CONNECT_SECONDS = 4;

/** Types that `pg` would turn into something inexact, by oid, with the type whose reading they get instead. */
const TEXT = 25;
const TEXT_ARRAY = 1009;
const READ_AS: Readonly<Record<number, number>> = {
	// Dates stay ISO text end to end: a JavaScript Date would be local midnight, the wrong day elsewhere.
	1082: TEXT,
	1182: TEXT_ARRAY,
	// Arrays of numeric and bigint would be floats, where single ones are text.
	1231: TEXT_ARRAY,
	1016: TEXT_ARRAY
};

const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
		pg.types.getTypeParser(READ_AS[oid] ?? oid, format)) as typeof pg.types.getTypeParser
};

/**
 * Opens PostgreSQL when an address is given, else PGlite in the data folder (`memory://` for none).
 * @throws DatabaseError, FolderInUseError
 */
export async function openDatabase(options: Options): Promise<Database> {
	return options.databaseUrl === null ? openPglite(options) : openPostgres(options, options.databaseUrl);
}

function createKysely(config: pg.PoolConfig): { db: Kysely<DB>; pool: pg.Pool } {
	// The pool waits for what it is given here, though its types do not say so.
	// eslint-disable-next-line @typescript-eslint/no-misused-promises -- see above
	const pool = new pg.Pool({ types, onConnect: setSession, ...config });
	// A client that loses its server emits on itself when checked out and on the pool when idle; unheard, either ends the process.
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	return { db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/** Dates and times read the same whatever a server, database or role has set for itself. */
async function setSession(client: pg.ClientBase): Promise<void> {
	await client.query(`set datestyle to 'ISO, YMD'; set timezone to 'UTC'; set bytea_output to 'hex'`);
}

async function openPostgres(options: Options, url: string): Promise<Database> {
	const common: pg.PoolConfig = {
		connectionTimeoutMillis: CONNECT_SECONDS * 1000,
		keepAlive: true,
		application_name: 'dashboard'
	};
	const timeout = options.queryTimeoutSeconds * 1000;
	const { db } = createKysely({
		...common,
		connectionString: url,
		max: 10,
		statement_timeout: timeout,
		query_timeout: timeout + 1000
	});
	const exports = createKysely({ ...common, connectionString: url, max: 3 }).db;
	const intake = createKysely({ ...common, connectionString: url, max: 2 }).db;
	const ownerUrl = options.databaseOwnerUrl ?? url;
	const twoRoles = new URL(ownerUrl).username !== new URL(url).username;
	const owner = createKysely({ ...common, connectionString: ownerUrl, max: 2 }).db;
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
	return { db, owner, exports, intake, engine: 'postgresql', twoRoles, dump: null, close };
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
			mkdirSync(options.dataDir, { recursive: true });
			unlock = lockFolder(options.dataDir);
		} catch (error) {
			const code = (error as NodeJS.ErrnoException).code;
			if (
				code === 'EACCES' ||
				code === 'EROFS' ||
				code === 'EPERM' ||
				code === 'ENOTDIR' ||
				code === 'EEXIST'
			) {
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
	const { db } = createKysely({
		stream: () => thread.socket() as never,
		max: 1,
		// One connection for the process: closing it when idle would only cost.
		idleTimeoutMillis: 0,
		user: 'postgres',
		database: 'postgres'
	} as pg.PoolConfig);
	return {
		db,
		owner: db,
		exports: db,
		intake: db,
		engine: 'pglite',
		twoRoles: false,
		dump: () => thread.dump(),
		close: async () => {
			await db.destroy();
			await thread.close();
			unlock();
		}
	};
}
