import { sql, type RawBuilder } from 'kysely';
import { isInForce } from '../compare/book-entries.ts';
import { copyEntries } from '../copy-entries.ts';
import type { PlainPosting } from '../in-posting.ts';
import { cancelledAfter } from './undone.ts';

export type Undone = { nature: string; undoes: number };

/**
 * The versions that a posting left in force (`entry_id`) and what stands for each today (`now`): itself, or the copy with
 * which the undoing of a later posting brought it back.
 */
function leftBy({ nature, undoes }: Undone): RawBuilder<unknown> {
	return sql`(
		with recursive cancelled as materialized ${cancelledAfter(nature, undoes)}, stand as (
			select e.reporting_organisation_id, e.entry_id, e.entry_id as now, e.activity_id, e.kind, e.entry_key
			from ledger_entry e where e.nature = ${nature} and e.added_by = ${undoes}::integer
				and not exists (select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id
					and r.entry_id = e.entry_id and r.posting_no = ${undoes}::integer)
			union all
			select stand.reporting_organisation_id, stand.entry_id, copy.entry_id, stand.activity_id, stand.kind, stand.entry_key
			from stand join ledger_retirement r
				on r.reporting_organisation_id = stand.reporting_organisation_id and r.entry_id = stand.now
			join cancelled on cancelled.no = r.posting_no
			join ledger_entry copy on copy.activity_id = stand.activity_id and copy.kind = stand.kind
				and copy.entry_key = stand.entry_key and copy.added_by = cancelled.by and copy.nature = ${nature}
				and copy.reporting_organisation_id = stand.reporting_organisation_id
		)
		select distinct on (reporting_organisation_id, entry_id) reporting_organisation_id, entry_id, now from stand
		order by reporting_organisation_id, entry_id, now desc)`;
}

/**
 * What a posting did to movements that were there before it: the version before (`entry_id`), and what stands today for the
 * one that it left in its place (`tip`), null where it left none. A posting may have replaced its own versions on the way.
 */
export function replacedBy({ nature, undoes }: Undone): RawBuilder<unknown> {
	return sql`(
		with recursive chain as (
			select r.reporting_organisation_id, r.entry_id, r.replaced_by as tip
			from ledger_retirement r join ledger_entry o using (reporting_organisation_id, entry_id)
			where r.nature = ${nature} and r.posting_no = ${undoes}::integer and o.added_by <> ${undoes}::integer
			union all
			select chain.reporting_organisation_id, chain.entry_id, r.replaced_by
			from chain join ledger_retirement r on r.reporting_organisation_id = chain.reporting_organisation_id
				and r.entry_id = chain.tip and r.nature = ${nature} and r.posting_no = ${undoes}::integer
		)
		select chain.reporting_organisation_id, chain.entry_id, chain.tip as left_in_place, last.now as tip
		from chain left join ${leftBy({ nature, undoes })} last
			on last.reporting_organisation_id = chain.reporting_organisation_id and last.entry_id = chain.tip
		where chain.tip is null or last.entry_id is not null
	)`;
}

/** What stands today for entries that a posting added and that replaced nothing: `e`. */
export function newIn(undone: Undone): RawBuilder<unknown> {
	return sql`(
		select e.* from ${leftBy(undone)} last join ledger_entry e
			on e.reporting_organisation_id = last.reporting_organisation_id and e.entry_id = last.now
		where ${isInForce} and not exists (select from ${replacedBy(undone)} replaced
			where replaced.reporting_organisation_id = last.reporting_organisation_id and replaced.left_in_place = last.entry_id)
	)`;
}

/** Puts back what a posting replaced or withdrew, as copies, and withdraws what it added. */
export async function undoEntries(
	posting: PlainPosting,
	undoes: number
): Promise<{ changed: number; added: number; retired: number }> {
	const { db, nature, postingNo } = posting;
	const undone = { nature, undoes };
	const { numAffectedRows } = await sql`
		insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, cause)
		select reporting_organisation_id, entry_id, ${nature}, ${postingNo}::integer, 'withdrawal' from ${newIn(undone)} added`.execute(
		db
	);
	const restore = (which: RawBuilder<boolean>) =>
		copyEntries(
			posting,
			sql`select reporting_organisation_id, entry_id, tip as retires from ${replacedBy(undone)} replaced where ${which}`,
			{ changed: [], cause: 'correction' }
		);
	const changed = await restore(sql`tip is not null`);
	const added = await restore(sql`tip is null`);
	return { changed, added, retired: Number(numAffectedRows ?? 0n) };
}
