import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { StageInput } from './stage.ts';
import { readers } from './readers/index.ts';
import { isUndone } from './undo/undone.ts';

/**
 * The posting that already holds exactly this: the same bytes, read by the same reader in the same version with the
 * same options. Null when there is none, or it was undone.
 */
export async function findIdentical(
	db: Kysely<DB>,
	input: StageInput
): Promise<{ importId: string; postingNo: number } | null> {
	const { rows } = await sql<{ importId: string; postingNo: number }>`
		select import.import_id as "importId", posting.posting_no as "postingNo" from import join posting using (import_id)
		where ${isSame(input)} and import.state = 'posted' and not ${isUndone()}
		order by posting.posting_no desc limit 1`.execute(db);
	return rows[0] ?? null;
}

/**
 * As {@link findIdentical}, but the books have not moved on since: no other file of one of its reporters was posted later,
 * or only one that added something and spoke for no more than itself. Posting such a file again would change nothing.
 */
export async function findStanding(db: Kysely<DB>, input: StageInput): Promise<{ importId: string } | null> {
	const found = await findIdentical(db, input);
	if (!found) return null;
	const { rows } = await sql<{ moved: boolean }>`
		select exists (
			select from import earlier, import later join posting using (import_id)
			where earlier.import_id = ${found.importId}::bigint and later.nature = earlier.nature
				and posting.posting_no > ${found.postingNo}::integer and later.source_id <> earlier.source_id
				and exists (select from jsonb_array_elements_text(coalesce(later.coverage -> 'reporters', '[]')) as reporter
					where earlier.coverage -> 'reporters' ? reporter)
				and not (later.reader like 'ledger-%' and not (earlier.coverage ->> 'complete')::boolean
					and later.counts -> 'posted' ->> 'changed' = '0' and later.counts -> 'posted' ->> 'retired' = '0')
		) as moved`.execute(db);
	return rows[0]!.moved ? null : { importId: found.importId };
}

/** The import of exactly this that is being read, waits as a preview, or is about to be posted. */
export async function findPending(db: Kysely<DB>, input: StageInput): Promise<{ importId: string } | null> {
	const { rows } = await sql<{ importId: string }>`
		select import_id as "importId" from import
		where ${isSame(input)} and state in ('reading', 'staged', 'accepted') order by import_id desc limit 1`.execute(
		db
	);
	return rows[0] ?? null;
}

function isSame({ sourceId, nature, format, options }: StageInput) {
	const reader = readers[format];
	return sql`import.source_id = ${sourceId}::bigint and import.nature = ${nature} and reader = ${reader.name}
		and reader_version = ${reader.version} and options = ${JSON.stringify(options)}::jsonb`;
}
