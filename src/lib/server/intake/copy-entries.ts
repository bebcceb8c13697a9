import { sql, type RawBuilder } from 'kysely';
import type { PostingContext } from './directory.ts';
import { ENTRY_COLUMNS } from './write-entries.ts';

/**
 * Adds copies of versions of entries, cells and all, and ends the versions whose places they take.
 * @param chosen a query that gives `reporting_organisation_id` and `entry_id` of the version to copy, `retires` (the entry_id of
 *   the version of the same reporter that the copy replaces, or null), and the columns named in `changed`
 * @param changed columns of the entry that the copy takes from `chosen`
 * @returns how many copies
 */
export async function copyEntries(
	{ db, postingNo, nature }: Pick<PostingContext, 'db' | 'nature' | 'postingNo'>,
	chosen: RawBuilder<unknown>,
	{ changed, cause }: { changed: readonly string[]; cause: 'correction' | 'allocation' | 'counting' }
): Promise<number> {
	const from = (name: string) => `${changed.includes(name) ? 'a' : 'e'}.${name}`;
	const { rows } = await sql<{ copied: string }>`
		with affected as materialized (
			select chosen.*, nextval(pg_get_serial_sequence('ledger_entry', 'entry_id')) as new_id from (${chosen}) chosen
		), entries as (
			insert into ledger_entry (entry_id, added_by, ${list(ENTRY_COLUMNS)})
			select a.new_id, ${postingNo}::integer, ${list(ENTRY_COLUMNS.map(from))}
			from affected a join ledger_entry e using (reporting_organisation_id, entry_id)
		), cells as (
			insert into entry_share (entry_id, ${list(CELL_COLUMNS)})
			select a.new_id, ${list(CELL_COLUMNS.map((name) => `s.${name}`))}
			from affected a join entry_share s using (reporting_organisation_id, entry_id)
		), retired as (
			insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, replaced_by, cause)
			select reporting_organisation_id, retires, ${nature}, ${postingNo}::integer, new_id, ${cause}
			from affected where retires is not null
		)
		select count(*) as copied from affected`.execute(db);
	return Number.parseInt(rows[0]!.copied, 10);
}

const list = (names: readonly string[]) => sql.raw(names.join(', '));

/** What its cells take over. */
export const CELL_COLUMNS = [
	'reporting_organisation_id',
	'cell_no',
	'country',
	'region',
	'sector',
	'amount',
	'amount_eur',
	'amount_usd',
	'country_basis',
	'sector_basis',
	'sort_date'
];
