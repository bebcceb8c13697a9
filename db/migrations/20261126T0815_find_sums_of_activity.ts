import { sql, type Kysely } from 'kysely';

/** Today's sums of an activity are found by it, without reading those of every project: pages ask for one or for fifty. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create index ledger_current_activity_year_activity on ledger_current_activity_year (activity_id)`.execute(
		db
	);
}
