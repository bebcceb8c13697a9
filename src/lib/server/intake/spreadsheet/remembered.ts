import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { parseMapping, type Mapping } from './mapping.ts';

const READER = 'ledger-sheet';

/** Remembers a reporter's layout. Earlier ones stay: what an import was read with is kept with the import. */
export async function saveMapping(db: Kysely<DB>, reporter: string, mapping: Mapping): Promise<void> {
	await db
		.insertInto('reader_mapping')
		.values({ reporter, reader: READER, mapping: JSON.stringify(mapping) })
		.execute();
}

/** The reporter's latest layout; null when there is none, or none that this version still understands. */
export async function findMapping(db: Kysely<DB>, reporter: string): Promise<Mapping | null> {
	const row = await db
		.selectFrom('reader_mapping')
		.select('mapping')
		.where('reporter', '=', reporter)
		.where('reader', '=', READER)
		.orderBy('saved_at', 'desc')
		.orderBy('reader_mapping_id', 'desc')
		.executeTakeFirst();
	const parsed = row ? parseMapping(row.mapping) : null;
	return parsed !== null && 'mapping' in parsed ? parsed.mapping : null;
}

/** Reporters with a remembered layout, the latest first. */
export async function listMappedReporters(db: Kysely<DB>): Promise<string[]> {
	const rows = await db
		.selectFrom('reader_mapping')
		.select((select) => ['reporter', select.fn.max('saved_at').as('saved_at')])
		.where('reader', '=', READER)
		.groupBy('reporter')
		.orderBy('saved_at', 'desc')
		.execute();
	return rows.map(({ reporter }) => reporter);
}
