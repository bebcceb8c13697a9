import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

export type SourceFile = {
	source_id: string;
	sha256: string;
	name: string;
	media_type: string;
	size: string;
	received_at: Date;
	received_by: string;
	origin_url: string | null;
	licence: string | null;
	released: boolean;
	/** The posting that put it into the books; null for one that was never posted. */
	nature: string | null;
	posting_no: number | null;
	known_at: Date | null;
	explanation: string | null;
};

/** A received file by its hash, with the latest posting of it. */
export async function findSource(db: Kysely<DB>, sha256: string): Promise<SourceFile | null> {
	const { rows } = await sql<SourceFile>`
		select source_id, sha256, name, source.media_type, size, received_at, received_by, origin_url, licence, released,
			posting.nature, posting.posting_no, posting.known_at, posting.explanation
		from source left join import using (source_id) left join posting using (import_id)
		where sha256 = ${sha256} order by posting.posting_no desc nulls last limit 1`.execute(db);
	return rows[0] ?? null;
}
