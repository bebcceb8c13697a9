import { sql, type RawBuilder } from 'kysely';
import { isInForce } from '../compare/book-entries.ts';
import { copyEntries } from '../copy-entries.ts';
import type { PlainPosting } from '../in-posting.ts';

export type Undone = { nature: string; undoes: number };

/**
 * What a posting did to movements that were there before it: the version before (`entry_id`), and the one that it left in
 * force in its place (`tip`), null where it left none. A posting may have replaced its own versions on the way.
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
		select reporting_organisation_id, entry_id, tip from chain
		where tip is null or not exists (select from ledger_retirement r
			where r.reporting_organisation_id = chain.reporting_organisation_id and r.entry_id = chain.tip
				and r.nature = ${nature} and r.posting_no = ${undoes}::integer)
	)`;
}

/** Entries that a posting added and left in force, which replaced nothing: `e`. */
export function newIn({ nature, undoes }: Undone): RawBuilder<unknown> {
	return sql`(
		select e.* from ledger_entry e
		where e.nature = ${nature} and e.added_by = ${undoes}::integer and ${isInForce}
			and not exists (select from ${replacedBy({ nature, undoes })} replaced
				where replaced.reporting_organisation_id = e.reporting_organisation_id and replaced.tip = e.entry_id)
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
