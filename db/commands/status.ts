import { sql } from 'kysely';
import type { Configuration } from '#lib/server/configuration.ts';
import { listMigrations } from '#lib/server/database/migrate.ts';
import type { Database } from '#lib/server/database/open.ts';
import { NATURES } from '#lib/slice/slice.ts';

/** Where the database is, in words and without its password. */
export function nameOf({ databaseUrl, dataDir }: Configuration): string {
	if (databaseUrl === null) return `PGlite in ${dataDir}`;
	const { host, pathname } = new URL(databaseUrl);
	return `PostgreSQL at ${host}, database ${decodeURIComponent(pathname.slice(1))}`;
}

/** What there is to know of a database, one sentence a line. */
export async function describeDatabase(database: Database, configuration: Configuration): Promise<string[]> {
	const migrations = await listMigrations(database);
	const pending = migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
	const lines = [
		`The database is ${nameOf(configuration)}.`,
		rightsOf(database),
		`${migrations.length - pending.length} of ${migrations.length} migrations have run.`
	];
	if (pending.length > 0) {
		return [...lines, `To come: ${pending.join(', ')}. Run: npm run db -- migrate`];
	}
	for (const nature of NATURES) lines.push(await describeNature(database, nature));
	return lines;
}

function rightsOf({ engine, twoRoles }: Database): string {
	if (engine === 'pglite')
		return 'Triggers protect history. A power failure may cost data: keep real records in PostgreSQL.';
	return twoRoles
		? 'Two roles: the application has no right to change history.'
		: 'One role: triggers alone protect history. DATABASE_OWNER_URL gives the application a role of its own.';
}

async function describeNature({ db }: Database, nature: string): Promise<string> {
	const { rows } = await sql<{ postings: number; known: string | null; entries: string }>`
		select count(*)::integer as postings, to_char(max(known_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as known,
			(select coalesce(sum(entries), 0) from ledger_current_month where nature = ${nature})::text as entries
		from posting where nature = ${nature}`.execute(db);
	const { postings, known, entries } = rows[0]!;
	const what = nature === 'published' ? 'Published' : 'Demonstration';
	if (known === null) return `${what}: nothing has been posted.`;
	return `${what}: ${postings} postings, the last known at ${known} UTC; ${entries} entries in force.`;
}
