import { sql, type Kysely } from 'kysely';

/** Whether each value of an indicator holds those before it or stands for its own period, where a source says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`alter table indicator add column accumulation text check (accumulation in ('cumulative', 'periodic'))`
		)
		.execute(db);
}
