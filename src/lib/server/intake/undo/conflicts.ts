import { sql } from 'kysely';
import { isInForce } from '../compare/book-entries.ts';
import type { PlainPosting } from '../in-posting.ts';
import { replacedBy } from './entries.ts';
import { cancelledAfter } from './undone.ts';

/** What stands against undoing a posting, by the later postings that changed the same. */
export type Conflicts = { postings: number[]; what: string[] };

/**
 * Finds what later postings changed of what a posting brought or took away. Those that were undone since changed nothing in
 * the end, nor did their undoing.
 */
export async function findConflicts(
	{ db, nature }: Pick<PlainPosting, 'db' | 'nature'>,
	undoes: number
): Promise<Conflicts> {
	const undone = { nature, undoes };
	const { rows } = await sql<{ what: string; posting_no: number }>`
		with cancelled as materialized ${cancelledAfter(nature, undoes)},
		replaced as materialized ${replacedBy(undone)},
		later as (
			select 'entries' as what, r.posting_no
			from ledger_entry e join ledger_retirement r using (reporting_organisation_id, entry_id)
			where e.nature = ${nature} and e.added_by = ${undoes}::integer and r.posting_no > ${undoes}::integer
			union
			-- a movement that came back under its own key, by other than the undoing of a later posting
			select 'entries', e.added_by
			from replaced join ledger_entry o using (reporting_organisation_id, entry_id)
			join ledger_entry e on e.activity_id = o.activity_id and e.kind = o.kind and e.entry_key = o.entry_key
				and e.reporting_organisation_id = o.reporting_organisation_id
			where e.added_by > ${undoes}::integer and ${isInForce} and e.entry_id is distinct from replaced.tip
			union
			select 'activities', later.posting_no
			from activity_version v join activity_version later using (activity_id)
			where v.nature = ${nature} and v.posting_no = ${undoes}::integer and later.posting_no > v.posting_no
			union
			-- also of entries that would come back to a project that their activity has left
			select 'projects of activities', later.posting_no
			from project_activity later
			where later.nature = ${nature} and later.posting_no > ${undoes}::integer and later.activity_id in (
				select activity_id from project_activity where nature = ${nature} and posting_no = ${undoes}::integer
				union select o.activity_id from replaced join ledger_entry o using (reporting_organisation_id, entry_id))
			union
			select 'counting rules', later.posting_no
			from counting_rule r join counting_rule later using (nature, key)
			where r.nature = ${nature} and r.posting_no = ${undoes}::integer and later.posting_no > r.posting_no
		)
		select * from later where posting_no not in (select no from cancelled union all select by from cancelled)
		order by 2, 1`.execute(db);
	return {
		postings: [...new Set(rows.map(({ posting_no }) => posting_no))],
		what: [...new Set(rows.map(({ what }) => what))]
	};
}
