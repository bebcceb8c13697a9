import { sql } from 'kysely';
import type { Database } from './open.ts';

/** Tables that the application changes in place; everything else it may only read and add to. */
export const CHANGEABLE = [
	'source',
	'source_chunk',
	'import',
	'staged_record',
	'staged_change',
	'reader_mapping',
	'activity_current',
	'portfolio',
	'portfolio_project'
];

/**
 * Gives the application's role its rights: SELECT and INSERT on history, no UPDATE, DELETE or TRUNCATE there.
 * Run by the owner after every migration. A role's own revoke would break foreign keys, so two roles are needed for this.
 */
export async function grantRights(database: Database): Promise<void> {
	const { rows } = await sql<{ role: string }>`select current_user as role`.execute(database.db);
	const role = sql.id(rows[0]!.role);
	// All at once: between a revoke and its grant a running application would be refused.
	await database.owner.transaction().execute(async (owner) => {
		// One after the other: two grants on one table at once fail.
		await sql`select pg_advisory_xact_lock(hashtext('rights'))`.execute(owner);
		const { rows: tables } = await sql<{ name: string }>`
			select tablename as name from pg_tables where schemaname = 'public'`.execute(owner);
		await sql`grant usage on schema public to ${role}`.execute(owner);
		await sql`grant usage, select on all sequences in schema public to ${role}`.execute(owner);
		for (const { name } of tables) {
			const changeable = CHANGEABLE.includes(name) || name.startsWith('ledger_current_');
			const table = sql.id(name);
			await sql`revoke all on ${table} from ${role}`.execute(owner);
			if (name.startsWith('kysely_')) await sql`grant select on ${table} to ${role}`.execute(owner);
			else if (changeable)
				await sql`grant select, insert, update, delete on ${table} to ${role}`.execute(owner);
			else await sql`grant select, insert on ${table} to ${role}`.execute(owner);
		}
	});
}
