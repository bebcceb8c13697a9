import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import { readSource } from '#lib/server/intake/receive.ts';
import { streamPieces } from './stream.ts';

/** A stored file, byte for byte as received. Always a download, never shown: nobody knows what a received file holds. */
export function writeOriginal(db: Kysely<DB>, source: SourceFile): Response {
	const name = source.name.replace(/[^\w.-]+/g, '_');
	return new Response(streamPieces(readSource(db, source.source_id)), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': source.size,
			'content-disposition': `attachment; filename="${source.nature === 'demonstration' ? 'DEMONSTRATION-' : ''}${name}"`,
			etag: `"${source.sha256}"`,
			...(source.nature === 'demonstration' ? { 'x-robots-tag': 'noindex' } : {})
		}
	});
}
