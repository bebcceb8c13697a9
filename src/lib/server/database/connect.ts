import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

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

/** A page answers within 5 seconds, also that the database is away. */
export const CONNECT_SECONDS = 4;

/** How PostgreSQL is connected to, whatever for. */
export const POSTGRES: pg.PoolConfig = {
	connectionTimeoutMillis: CONNECT_SECONDS * 1000,
	keepAlive: true,
	application_name: 'dashboard'
};

/** How PGlite is, over a stream of its wire protocol. */
export const PGLITE: pg.PoolConfig = {
	max: 1,
	// One connection for the process: closing it when idle would only cost.
	idleTimeoutMillis: 0,
	user: 'postgres',
	database: 'postgres'
};

/** Connections of which a lost one ends nothing but what it was used for. */
export function createPool(config: pg.PoolConfig): pg.Pool {
	// The pool waits for what it is given here, though its types do not say so.
	// eslint-disable-next-line @typescript-eslint/no-misused-promises -- see above
	const pool = new pg.Pool({ types, onConnect: setSession, ...config });
	// A client that loses its server emits on itself when checked out and on the pool when idle; unheard, either ends the process.
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}

export function queryBy(pool: PostgresPool): Kysely<DB> {
	return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Dates and times read the same whatever a server, database or role has set for itself. Compiling a query takes longer
 * than it saves with those of this application, which are wide and short.
 */
async function setSession(client: pg.ClientBase): Promise<void> {
	await client.query(
		`set datestyle to 'ISO, YMD'; set timezone to 'UTC'; set bytea_output to 'hex'; set jit to off`
	);
}
