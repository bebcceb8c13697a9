import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { ImportState } from '../desk.ts';
import type { Decisions, Preview } from '../preview.ts';

/** An import as the desk decides about it. */
export type ImportAtHand = {
	importId: string;
	fileName: string;
	state: ImportState;
	preview: Preview | null;
	decisions: Decisions | null;
};

export async function findImport(
	db: Kysely<DB>,
	importId: string,
	{ lock = false } = {}
): Promise<ImportAtHand | null> {
	if (!/^\d{1,18}$/.test(importId)) return null;
	const { rows } = await sql<ImportAtHand>`
		select import_id as "importId", source.name as "fileName", state, preview, decisions
		from import join source using (source_id) where import_id = ${importId}::bigint
		${lock ? sql`for update of import` : sql``}`.execute(db);
	return rows[0] ?? null;
}

/** Work that was begun or queued and not finished, in the order in which it came. */
export async function listUnfinished(
	db: Kysely<DB>
): Promise<{ importId: string; fileName: string; state: 'reading' | 'accepted' }[]> {
	const { rows } = await sql<{ importId: string; fileName: string; state: 'reading' | 'accepted' }>`
		select import_id as "importId", source.name as "fileName", state
		from import join source using (source_id) where state in ('reading', 'accepted') order by import_id`.execute(
		db
	);
	return rows;
}

/** Imports that are over and still hold staged records: a process ended before it had cleared up. */
export async function listUncleared(db: Kysely<DB>): Promise<string[]> {
	const { rows } = await sql<{ importId: string }>`
		select import_id as "importId" from import where state in ('rejected', 'cancelled', 'posted')
			and exists (select from staged_record where staged_record.import_id = import.import_id)`.execute(db);
	return rows.map(({ importId }) => importId);
}

/** Moves an import from one state to another; false when it is not in the first (any more). */
export async function move(
	db: Kysely<DB>,
	importId: string,
	from: ImportState,
	to: ImportState,
	problem: string | null = null
): Promise<boolean> {
	const isDecided = to === 'posted' || to === 'rejected' || to === 'cancelled';
	const { numUpdatedRows } = await db
		.updateTable('import')
		.set({ state: to, problem, decided_at: isDecided ? new Date() : null })
		.where('import_id', '=', importId)
		.where('state', '=', from)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Counts one more beginning of an import's work, and answers how many there were. */
export async function countBeginning(db: Kysely<DB>, importId: string): Promise<number> {
	const { rows } = await sql<{ begun: number }>`
		update import set counts = counts || jsonb_build_object('begun', coalesce((counts ->> 'begun')::integer, 0) + 1)
		where import_id = ${importId}::bigint returning (counts ->> 'begun')::integer as begun`.execute(db);
	return rows[0]?.begun ?? 0;
}
