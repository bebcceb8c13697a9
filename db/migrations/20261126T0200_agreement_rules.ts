import { sql, type Kysely } from 'kysely';

/**
 * What a rule of an agreement measures, as data: which entries count, what its threshold is a part of, and whether it is
 * to be reached or not to be passed. A rule without a base is known by its text alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`alter table agreement_rule
				add column sense text check (sense in ('at_least', 'at_most')),
				add column base text check (base in ('last_instalment', 'instalments', 'agreement', 'other_headings', 'heading_budget', 'end_date')),
				-- bases of entries that count (cash, accrual, not_stated), and headings they must stand under; empty for any
				add column bases text[] not null default '{}',
				add column headings text[] not null default '{}'`
		)
		.execute(db);
	await sql
		.raw(
			`comment on column agreement_rule.base is 'What the threshold is a part of, or counted from; null where only the text is held'`
		)
		.execute(db);
}
