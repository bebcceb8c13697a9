import { sql, type Kysely } from 'kysely';

/** Rates that stand until a newer one, as the UN Treasury publishes them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table exchange_rate drop constraint exchange_rate_series_check`.execute(db);
	await sql`alter table exchange_rate add constraint exchange_rate_series_check
		check (series in ('monthly', 'daily', 'standing'))`.execute(db);
}
