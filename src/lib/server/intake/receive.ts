import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { holdFile, type HeldFile, type HoldOptions } from './hold.ts';
import { inflated } from './inflate.ts';

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

const inflate = promisify(gunzip);

/**
 * Stores a file's bytes before anything looks at them, as they came: the hash is theirs. The same bytes are stored once.
 * All or nothing: a transfer that breaks leaves no source behind.
 * @throws TooLargeError, and what the transfer, the disk or the database throws
 */
export async function receive(
	db: Kysely<DB>,
	file: ReceivedFile,
	options: HoldOptions = {}
): Promise<StoredSource> {
	const held = await holdFile(file.bytes, options);
	try {
		return await storeHeld(db, file, held);
	} finally {
		await held.drop();
	}
}

/** Stores a file that was received whole, in one transaction. */
export async function storeHeld(
	db: Kysely<DB>,
	file: Omit<ReceivedFile, 'bytes'>,
	held: HeldFile
): Promise<StoredSource> {
	const { sha256, size } = held;
	return db.transaction().execute(async (transaction) => {
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
			// Known already, or arriving from someone else at this moment: then this waits for them.
			.onConflict((conflict) => conflict.column('sha256').doNothing())
			.returning('source_id')
			.executeTakeFirst();
		if (!made) {
			const known = await transaction
				.selectFrom('source')
				.select('source_id')
				.where('sha256', '=', sha256)
				.executeTakeFirstOrThrow();
			return { sourceId: known.source_id, sha256, size, alreadyKnown: true };
		}
		const { source_id } = made;
		let chunk_no = 0;
		for await (const bytes of held.chunks()) {
			await transaction
				.insertInto('source_chunk')
				.values({ source_id, chunk_no: chunk_no++, bytes })
				.execute();
		}
		return { sourceId: source_id, sha256, size, alreadyKnown: false };
	});
}

/** No stored file is larger; what a compressed one holds is limited when it is read. */
const MOST_BYTES = 4 * 2 ** 30;

/** What a stored file holds, unpacked where it is compressed, piece by piece. @throws UnreadableBytesError */
export const readInflated = (db: Kysely<DB>, sourceId: string): AsyncGenerator<Uint8Array> =>
	inflated(readSource(db, sourceId), MOST_BYTES);

/** A stored file's bytes as received, piece by piece; the next one is fetched while one is used. */
export async function* readSource(db: Kysely<DB>, sourceId: string): AsyncGenerator<Uint8Array> {
	const fetchChunk = (chunkNo: number) =>
		db
			.selectFrom('source_chunk')
			.select('bytes')
			.where('source_id', '=', sourceId)
			.where('chunk_no', '=', chunkNo)
			.executeTakeFirst();
	let coming = fetchChunk(0);
	for (let next = 1; ; next++) {
		const chunk = await coming;
		if (!chunk) return;
		coming = fetchChunk(next);
		// Who stops early never asks for it.
		coming.catch(() => {});
		yield await inflate(chunk.bytes);
	}
}
