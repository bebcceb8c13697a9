import { sql } from 'kysely';
import { isInForce } from '../compare/book-entries.ts';
import type { PlainPosting } from '../in-posting.ts';
import type { UndoneEntries } from './entries.ts';
import { listCancelled } from './undone.ts';

/** What stands against undoing a posting, by the later postings that changed the same. */
export type Conflicts = { postings: number[]; what: string[] };

/**
 * Finds what later postings changed of what a posting brought or took away. Those that were undone since changed nothing in
 * the end, nor did their undoing.
 */
export async function findConflicts(
	{ db, nature }: Pick<PlainPosting, 'db' | 'nature'>,
	undoes: number,
	{ replaced }: UndoneEntries
): Promise<Conflicts> {
	const { rows } = await sql<{ what: string; posting_no: number; entry_id: string | null }>`
		with ended as materialized (
			select o.* from ledger_retirement r join ledger_entry o using (reporting_organisation_id, entry_id)
			where r.nature = ${nature} and r.posting_no = ${undoes}::integer and o.added_by <> ${undoes}::integer
		), later as (
			select 'entries' as what, r.posting_no, null::bigint as entry_id
			from ledger_entry e join ledger_retirement r using (reporting_organisation_id, entry_id)
			where e.nature = ${nature} and e.added_by = ${undoes}::integer and r.posting_no > ${undoes}::integer
			union
			-- a movement that came back under its own key
			select 'entries', e.added_by, e.entry_id
			from ended o join ledger_entry e on e.activity_id = o.activity_id and e.kind = o.kind and e.entry_key = o.entry_key
				and e.reporting_organisation_id = o.reporting_organisation_id
			where e.added_by > ${undoes}::integer and ${isInForce}
			union
			select 'activities', later.posting_no, null
			from activity_version v join activity_version later using (activity_id)
			where v.nature = ${nature} and v.posting_no = ${undoes}::integer and later.posting_no > v.posting_no
			union
			-- also of entries that would come back to a project that their activity has left
			select 'projects of activities', later.posting_no, null
			from project_activity later
			where later.nature = ${nature} and later.posting_no > ${undoes}::integer and later.activity_id in (
				select activity_id from project_activity where nature = ${nature} and posting_no = ${undoes}::integer
				union select activity_id from ended)
			union
			select 'counting rules', later.posting_no, null
			from counting_rule r join counting_rule later using (nature, key)
			where r.nature = ${nature} and r.posting_no = ${undoes}::integer and later.posting_no > r.posting_no
		)
		select * from later where posting_no <> all(${await listCancelled(db, nature, undoes)}::integer[])
		order by posting_no, what`.execute(db);
	// What stands for the posting's own version is none of another's.
	const tips = new Set(replaced.map(({ tip }) => tip));
	const found = rows.filter(({ entry_id }) => entry_id === null || !tips.has(entry_id));
	return {
		postings: [...new Set(found.map(({ posting_no }) => posting_no))],
		what: [...new Set(found.map(({ what }) => what))]
	};
}
