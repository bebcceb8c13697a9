import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { previewUndo, type UndoPreview } from '#lib/server/intake/undo.ts';
import type { ImportLine } from './import.ts';

/** What undoing an import's posting would do. Null where there is none (left) to undo. */
export async function readUndo(
	db: Kysely<DB>,
	{ nature, posting_no, undone_by }: ImportLine
): Promise<UndoPreview | null> {
	return posting_no === null || undone_by !== null ? null : previewUndo(db, nature, posting_no);
}
