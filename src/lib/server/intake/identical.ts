import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { StageInput } from './stage.ts';
import { readers } from './readers/index.ts';

/**
 * The posting that already holds exactly this: the same bytes, read by the same reader in the same version with the
 * same options. Null when there is none.
 */
export async function findIdentical(
	db: Kysely<DB>,
	{ sourceId, nature, format, options }: StageInput
): Promise<{ importId: string; postingNo: number } | null> {
	const reader = readers[format];
	const { rows } = await sql<{ importId: string; postingNo: number }>`
		select import.import_id as "importId", posting.posting_no as "postingNo" from import join posting using (import_id)
		where import.source_id = ${sourceId}::bigint and import.nature = ${nature} and import.state = 'posted'
			and reader = ${reader.name} and reader_version = ${reader.version} and options = ${JSON.stringify(options)}::jsonb
		order by posting.posting_no desc limit 1`.execute(db);
	return rows[0] ?? null;
}
