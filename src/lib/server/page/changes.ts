import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { ChangeShown, EntryShown } from '#lib/server/intake/preview.ts';

/** A version in the books, with the number of its page: `5-120`. */
type InBooks = EntryShown & { entry: string };

/**
 * As {@link ChangeShown}, what is in the books with its own page: its place is one of another file. `absent`: merely not in
 * the file, and withdrawn only if that is confirmed as complete.
 */
export type ChangeLine = {
	change_no: number;
	activity_key: string;
	kind: string;
	place: string | null;
	absent: boolean;
} & (
	| { change: 'changed'; before: InBooks; after: EntryShown }
	| { change: 'withdrawn'; before: InBooks; after: null }
	| { change: 'unclear'; before: InBooks[]; after: EntryShown }
);

/** Changes to entries that are there: unclear ones, which must be decided, first. */
export async function listChanges(db: Kysely<DB>, importId: string, limit: number): Promise<ChangeLine[]> {
	const { rows } = await sql<ChangeShown & Omit<ChangeLine, 'change' | 'before' | 'after'>>`
		select change_no, change, activity_key, kind, before, after, place, record_no is null as absent from staged_change where import_id = ${importId}::bigint
		order by change <> 'unclear', change_no limit ${limit}::integer`.execute(db);
	const reporters = await findOrganisations(
		db,
		rows.flatMap(({ before }) => (Array.isArray(before) ? before : [before])).map(({ reporter }) => reporter)
	);
	const inBooks = (shown: EntryShown): InBooks => ({
		...shown,
		entry: `${reporters.get(shown.reporter) ?? '0'}-${shown.entryId ?? '0'}`
	});
	return rows.map((row) =>
		row.change === 'unclear'
			? { ...row, before: row.before.map(inBooks) }
			: { ...row, before: inBooks(row.before) }
	) as ChangeLine[];
}

/** Numbers of organisations by their keys. */
export async function findOrganisations(
	db: Kysely<DB>,
	keys: readonly string[]
): Promise<Map<string, string>> {
	const found = await db
		.selectFrom('organisation')
		.select(['key', 'organisation_id'])
		.where('key', 'in', [...new Set(keys), ''])
		.execute();
	return new Map(found.map(({ key, organisation_id }) => [key, organisation_id]));
}
