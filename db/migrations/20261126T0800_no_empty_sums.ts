import { sql, type Kysely } from 'kysely';

/**
 * Takes away the sums of today that came to nothing. Earlier versions left them; now a project without any sum is taken for
 * one that has none in any table, and its first sums are added without looking for them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const name of SUMMARIES)
		await sql.raw(`delete from ledger_current_${name} where entries = 0`).execute(db);
}

const SUMMARIES = [
	'month',
	'country_month',
	'country_heading',
	'sector_year',
	'party',
	'heading',
	'activity_year',
	'party_country'
];
