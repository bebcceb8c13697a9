import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { ImportState } from '#lib/server/intake/desk.ts';
import { isUndone } from '#lib/server/intake/undo/undone.ts';
import { CursorError } from '#lib/server/ledger/rows.ts';
import type { Nature } from '#lib/slice/slice.ts';

/** A received file as the list shows it, with the latest of its imports. */
export type SourceLine = {
	sha256: string;
	name: string;
	size: string;
	received_at: Date;
	received_by: string;
	released: boolean;
	import_id: string | null;
	nature: string | null;
	reader: string | null;
	state: ImportState | null;
	posting_no: number | null;
	/** The posting that undid it. */
	undone_by: number | null;
	errors: number;
	warnings: number;
};

const PAGE = 100;

const CURSOR = /^[1-9]\d{0,17}$/;

/**
 * Received files, the latest first; `all` also lists those that are not released, `only` those of one nature.
 * @throws CursorError for a place that no such list has
 */
export async function listSources(
	db: Kysely<DB>,
	{
		all,
		demonstration,
		after,
		only = null,
		limit = PAGE
	}: { all: boolean; demonstration: boolean; after: string | null; only?: Nature | null; limit?: number }
): Promise<{ sources: SourceLine[]; next: string | null }> {
	if (after !== null && !CURSOR.test(after)) throw new CursorError(`${after} is no place in the list`);
	const { rows } = await sql<SourceLine & { source_id: string }>`
		select source.source_id, sha256, name, size, received_at, received_by, released, i.import_id, i.nature, i.reader, i.state, posting.posting_no, case when ${isUndone()} then later.posting_no end as undone_by,
			coalesce((i.counts -> 'findings' ->> 'critical')::integer, 0) + coalesce((i.counts -> 'findings' ->> 'error')::integer, 0) as errors,
			coalesce((i.counts -> 'findings' ->> 'warning')::integer, 0) as warnings
		from source
		left join lateral (select * from import where import.source_id = source.source_id order by import_id desc limit 1) i on true
		left join posting on posting.import_id = i.import_id
		left join posting later on later.nature = posting.nature and later.undoes = posting.posting_no
		where (${all} or released) and (${demonstration} or i.nature is distinct from 'demonstration')
			and (${only}::text is null or i.nature = ${only})
			and (${after}::bigint is null or source.source_id < ${after}::bigint)
		order by source.source_id desc limit ${limit + 1}::integer`.execute(db);
	const page = rows.slice(0, limit);
	return { sources: page, next: rows.length > limit ? page.at(-1)!.source_id : null };
}

/** Makes a file public, or private again. */
export async function setReleased(db: Kysely<DB>, sha256: string, released: boolean): Promise<void> {
	await db.updateTable('source').set({ released }).where('sha256', '=', sha256).execute();
}
