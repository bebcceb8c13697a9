import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import {
	ROLES,
	addressOf,
	createDatabase,
	startCluster,
	type Cluster,
	type ClusterAddress
} from './postgres-cluster.ts';

/** A running cluster and the name of its migrated, empty template. */
export type PostgresEngine = { cluster: ClusterAddress; template: string };

const QUERY_TIMEOUT_SECONDS = 60;

/** How tests open databases; the same for both engines but for where they are. */
export const TEST_OPTIONS = {
	databaseUrl: null,
	databaseOwnerUrl: null,
	dataDir: 'memory://',
	queryTimeoutSeconds: QUERY_TIMEOUT_SECONDS
} as const;

/**
 * Starts a cluster with a migrated template. Null, said loudly, where the machine has no PostgreSQL server.
 * @throws when there is none and `CI=true`: there the PostgreSQL half may not be missing
 */
export async function startPostgres(): Promise<{ engine: PostgresEngine; cluster: Cluster } | null> {
	const binaries = findPostgresBinaries();
	if (!binaries) {
		const line =
			'No PostgreSQL server programs were found (initdb, pg_ctl, postgres: on PATH or in the usual folders)';
		if (process.env.CI === 'true') throw new Error(`${line}, and CI=true forbids to skip that half.`);
		console.warn(
			`\n${'!'.repeat(100)}\n${line}.\nTHE POSTGRESQL HALF OF THE TESTS IS SKIPPED.\n${'!'.repeat(100)}\n`
		);
		return null;
	}
	const cluster = await startCluster(binaries);
	try {
		const template = await createDatabase(cluster.address);
		// With two roles, so that the rights of the application's role are in the template too.
		const database = await openDatabase({
			...TEST_OPTIONS,
			databaseUrl: addressOf(cluster.address, template, ROLES.application),
			databaseOwnerUrl: addressOf(cluster.address, template)
		});
		await migrateToLatest(database).finally(() => database.close());
		return { engine: { cluster: cluster.address, template }, cluster };
	} catch (error) {
		await cluster.stop();
		throw error;
	}
}

/** A migrated, empty PGlite folder as a tar file, made again only when migrations or PGlite change. */
export async function preparePglite(): Promise<string> {
	const hash = createHash('sha256').update(readFileSync('node_modules/@electric-sql/pglite/package.json'));
	for (const file of readdirSync('db/migrations').sort())
		hash.update(readFileSync(join('db/migrations', file)));
	const file = join('.cache', 'tests', `pglite-${hash.digest('hex').slice(0, 16)}.tar`);
	if (existsSync(file)) return file;

	const database = await openDatabase(TEST_OPTIONS);
	try {
		await migrateToLatest(database);
		mkdirSync(join('.cache', 'tests'), { recursive: true });
		await writeFolder(database, file);
		removeOld(file);
	} finally {
		await database.close();
	}
	return file;
}

const DAY_MILLISECONDS = 86_400_000;

/** Writes a PGlite folder as a tar, small and ready: nothing to recover from, and of the log only what a start needs. */
export async function writeFolder(database: Database, file: string): Promise<void> {
	await sql`set wal_recycle = off`.execute(database.db);
	await sql`checkpoint`.execute(database.db);
	writeFileSync(`${file}.${process.pid}`, await database.dump!());
	renameSync(`${file}.${process.pid}`, file);
}

/** Folders of migrations that have changed since are of no use, and large; another run may still read yesterday's. */
function removeOld(kept: string): void {
	for (const name of readdirSync(dirname(kept))) {
		const file = join(dirname(kept), name);
		if (!/^pglite-.*\.tar$/.test(name) || file === kept) continue;
		if (Date.now() - statSync(file).mtimeMs > DAY_MILLISECONDS) rmSync(file);
	}
}
