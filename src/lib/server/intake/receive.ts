import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

/** A file as it arrives: its name, and its bytes as they come. */
export type ReceivedFile = {
	name: string;
	mediaType: string;
	bytes: AsyncIterable<Uint8Array>;
	receivedBy: 'seed' | 'upload' | 'command';
	originUrl?: string | null;
	licence?: string | null;
	/** Whether anyone may download it; a file may hold more than may be shown. */
	released: boolean;
};

export type StoredSource = { sourceId: string; sha256: string; size: number; alreadyKnown: boolean };

const CHUNK_BYTES = 1 << 20;
const compress = promisify(gzip);
const inflate = promisify(gunzip);

/**
 * Stores a file's bytes before anything looks at them. The same bytes are stored once.
 * All or nothing: a transfer that breaks leaves no source behind.
 */
export async function receive(db: Kysely<DB>, file: ReceivedFile): Promise<StoredSource> {
	return db.transaction().execute(async (transaction) => {
		const hash = createHash('sha256');
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of inPieces(file.bytes)) {
			hash.update(chunk);
			size += chunk.length;
			chunks.push(await compress(chunk));
		}
		const sha256 = hash.digest('hex');
		const known = await findSource(transaction, sha256);
		if (known) return { ...known, size, alreadyKnown: true };
		const made = await transaction
			.insertInto('source')
			.values({
				sha256,
				size,
				name: file.name,
				media_type: file.mediaType,
				received_by: file.receivedBy,
				origin_url: file.originUrl ?? null,
				licence: file.licence ?? null,
				released: file.released
			})
			// The same file may be arriving twice at this moment.
			.onConflict((conflict) => conflict.column('sha256').doNothing())
			.returning('source_id')
			.executeTakeFirst();
		if (!made) return { ...(await findSource(transaction, sha256))!, size, alreadyKnown: true };
		const { source_id } = made;
		for (const [chunk_no, bytes] of chunks.entries()) {
			await transaction.insertInto('source_chunk').values({ source_id, chunk_no, bytes }).execute();
		}
		return { sourceId: source_id, sha256, size, alreadyKnown: false };
	});
}

async function findSource(
	db: Kysely<DB>,
	sha256: string
): Promise<{ sourceId: string; sha256: string } | null> {
	const row = await db
		.selectFrom('source')
		.select('source_id')
		.where('sha256', '=', sha256)
		.executeTakeFirst();
	return row ? { sourceId: row.source_id, sha256 } : null;
}

/** A stored file's bytes as received, piece by piece. */
export async function* readSource(db: Kysely<DB>, sourceId: string): AsyncGenerator<Uint8Array> {
	for (let chunk_no = 0; ; chunk_no++) {
		const chunk = await db
			.selectFrom('source_chunk')
			.select('bytes')
			.where('source_id', '=', sourceId)
			.where('chunk_no', '=', chunk_no)
			.executeTakeFirst();
		if (!chunk) return;
		yield await inflate(chunk.bytes);
	}
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	let held: Uint8Array[] = [];
	let length = 0;
	for await (const piece of bytes) {
		held.push(piece);
		length += piece.length;
		if (length < CHUNK_BYTES) continue;
		const joined = Buffer.concat(held);
		let start = 0;
		for (; joined.length - start >= CHUNK_BYTES; start += CHUNK_BYTES)
			yield joined.subarray(start, start + CHUNK_BYTES);
		held = [joined.subarray(start)];
		length = joined.length - start;
	}
	if (length > 0) yield Buffer.concat(held);
}
