import { sql, type Kysely } from 'kysely';

/** Countries, sectors and documents belong to a version of an activity: whose it is today is found by it, without reading all. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create unique index activity_current_version on activity_current (activity_version_id)`.execute(
		db
	);
}
