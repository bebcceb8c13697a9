import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';

/** One posting: what came in, when, from which file, and how much of it. */
export type Change = {
	posting_no: number;
	known_at: Date;
	explanation: string;
	/** Null for a rule, a choice, a join or an undo, which come from no file. */
	source_sha256: string | null;
	source_name: string | null;
	/** Null where there is no file. */
	source_released: boolean | null;
	/** Records read from the file; null where there is none. */
	records: number | null;
	/** What the reader found wrong or doubtful in it. */
	findings: number | null;
};

/**
 * The latest postings of a nature that were known at the end of a day (UTC), the newest first.
 * @param since only those that became known after the end of this day
 */
export async function listChanges(
	db: Kysely<DB>,
	nature: Nature,
	asof: string | null,
	limit: number,
	since: string | null = null
): Promise<Change[]> {
	const { rows } = await sql<Change>`
		select posting.posting_no, posting.known_at, posting.explanation, source.sha256 as source_sha256, source.name as source_name,
			source.released as source_released,
			(select coalesce(sum(value::integer), 0)::integer from jsonb_each_text(import.counts->'records')) as records,
			(select count(*)::integer from finding where finding.import_id = import.import_id) as findings
		from posting left join import using (import_id) left join source using (source_id)
		where posting.nature = ${nature}
			and (${asof}::date is null or posting.known_at < (${asof}::date + 1)::timestamp at time zone 'UTC')
			and (${since}::date is null or posting.known_at >= (${since}::date + 1)::timestamp at time zone 'UTC')
		order by posting.posting_no desc limit ${limit}::integer`.execute(db);
	return rows;
}
