import { readFileSync } from 'node:fs';
import { afterAll, describe, inject, onTestFinished } from 'vitest';
import { openDatabase, type Database, type Engine } from '#lib/server/database/open.ts';
import { TEST_OPTIONS } from './engines.ts';
import { filledPglite, filledPostgres } from './filled.ts';
import { ROLES, addressOf, createDatabase, dropDatabase } from './postgres-cluster.ts';

export type FreshOptions = {
	/** Without it the schema is there and empty; with it there is nothing at all, for tests of migrations. */
	bare?: boolean;
	/** With the first portfolio and its demonstration in it. */
	filled?: boolean;
	/** PostgreSQL only: `db` has the application's rights and `owner` those of the migrating role. PGlite has one role. */
	twoRoles?: boolean;
};

/**
 * Opens a database of its own for the caller. One asked for inside a test goes when that test ends, one asked for in a
 * `beforeAll` when its block ends.
 */
export type Fresh = (options?: FreshOptions) => Promise<Database>;

/** Describes the same behaviour once per engine. The PostgreSQL half is skipped where there is no server to start. */
export function describeOnBothEngines(name: string, body: (engine: Engine, fresh: Fresh) => void): void {
	describe(`${name} [pglite]`, () => body('pglite', closing(openFreshPglite)));
	describe.skipIf(inject('postgres') === null)(`${name} [postgresql]`, () =>
		body('postgresql', closing(openFreshPostgres))
	);
}

function closing(open: Fresh): Fresh {
	const left: Database[] = [];
	afterAll(async () => {
		await Promise.all(left.splice(0).map((database) => database.close()));
	});
	return async (options) => {
		const database = await open(options);
		try {
			onTestFinished(() => database.close());
		} catch {
			// Not inside a test: the block's end closes it.
			left.push(database);
		}
		return database;
	};
}

const PROGRAM = 'node_modules/@electric-sql/pglite/dist/pglite.wasm';
/** The engine shares what it made of a program among its threads, for as long as one of them has it: held here for the next. */
let compiled: Promise<WebAssembly.Module> | undefined;

/** A migrated, empty PGlite in memory. Who opens it closes it; tests ask {@link describeOnBothEngines} instead. */
export async function openFreshPglite({
	bare = false,
	filled = false
}: FreshOptions = {}): Promise<Database> {
	compiled ??= WebAssembly.compile(readFileSync(PROGRAM));
	await compiled;
	if (bare) return openDatabase(TEST_OPTIONS);
	const file = filled ? await filledPglite() : inject('pglite');
	return openDatabase({ ...TEST_OPTIONS, loadDataDir: readFileSync(file) });
}

/** A migrated, empty database of the throw-away cluster; closing it removes it. */
export async function openFreshPostgres({
	bare = false,
	filled = false,
	twoRoles = false
}: FreshOptions = {}): Promise<Database> {
	const postgres = inject('postgres');
	if (!postgres) throw new Error('there is no PostgreSQL server on this machine');
	const { cluster, template } = postgres;
	const from = filled ? await filledPostgres(postgres) : template;
	const name = await createDatabase(cluster, bare ? undefined : from);
	const database = await openDatabase({
		...TEST_OPTIONS,
		databaseUrl: addressOf(cluster, name, twoRoles ? ROLES.application : ROLES.owner),
		databaseOwnerUrl: addressOf(cluster, name)
	});
	return {
		...database,
		close: async () => {
			await database.close();
			await dropDatabase(cluster, name);
		}
	};
}
