import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Migrator, type Migration, type MigrationInfo, type MigrationProvider } from 'kysely/migration';
import { sql } from 'kysely';
import { DatabaseError, type Database } from './open.ts';
import { grantRights } from './rights.ts';

/** Migrations are files of `db/migrations`, frozen once released; Node runs them as they are. */
class FolderOfMigrations implements MigrationProvider {
	#folder: string;
	constructor(folder: string) {
		this.#folder = folder;
	}
	async getMigrations(): Promise<Record<string, Migration>> {
		const files = readdirSync(this.#folder).filter((file) => file.endsWith('.ts'));
		const entries = files.map(async (file): Promise<[string, Migration]> => [
			file.slice(0, -3),
			(await import(/* @vite-ignore */ pathToFileURL(join(this.#folder, file)).href)) as Migration
		]);
		return Object.fromEntries(await Promise.all(entries));
	}
}

const FOLDER = join(process.cwd(), 'db', 'migrations');

function migratorOf(database: Database, folder: string): Migrator {
	return new Migrator({ db: database.owner, provider: new FolderOfMigrations(folder) });
}

/**
 * Brings the schema up to date and, with two roles, grants the application its rights. Two processes may do it at once:
 * one waits for the other. Returns the names of what was run.
 * @throws DatabaseError naming the migration that failed; its changes are rolled back
 */
export async function migrateToLatest(database: Database, folder = FOLDER): Promise<string[]> {
	return run(database, (migrator) => migrator.migrateToLatest(), folder);
}

/** Brings the schema up to one migration, for tests that start from an earlier one. */
export async function migrateTo(database: Database, name: string, folder = FOLDER): Promise<string[]> {
	return run(database, (migrator) => migrator.migrateTo(name), folder);
}

async function run(
	database: Database,
	migrate: (migrator: Migrator) => ReturnType<Migrator['migrateToLatest']>,
	folder: string
): Promise<string[]> {
	const { error, results = [] } = await migrate(migratorOf(database, folder));
	if (error) {
		const failed = results.find(({ status }) => status === 'Error');
		throw new DatabaseError(`migration ${failed?.migrationName ?? ''} failed: ${(error as Error).message}`);
	}
	if (database.twoRoles) await grantRights(database);
	return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName);
}

/** Every known migration with the time it ran, if it did. */
export async function listMigrations(database: Database, folder = FOLDER): Promise<readonly MigrationInfo[]> {
	return migratorOf(database, folder).getMigrations();
}

/** Throws everything away: the schema goes and comes back empty, up to date or up to one migration. */
export async function resetSchema(database: Database, upTo?: string): Promise<void> {
	await database.owner.transaction().execute(async (owner) => {
		await sql`drop schema public cascade`.execute(owner);
		await sql`create schema public`.execute(owner);
	});
	if (upTo === undefined) await migrateToLatest(database);
	else await migrateTo(database, upTo);
}
