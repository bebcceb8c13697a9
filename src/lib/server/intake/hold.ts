import { createHash, randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { makeFolder } from '#lib/server/data-folder.ts';

/** A file whole, hashed and compressed, but in no database yet. */
export type HeldFile = {
	sha256: string;
	size: number;
	/** Its chunks in order, each compressed by itself. */
	chunks(): AsyncGenerator<Buffer>;
	drop(): Promise<void>;
};

export type HoldOptions = {
	/** Where a file waits that is too large for memory. */
	folder?: string;
	maxBytes?: number;
};

/** A file has more bytes than are taken in. */
export class TooLargeError extends Error {
	override name = 'TooLargeError';
}

const CHUNK_BYTES = 1 << 20;
/** Compressed bytes kept in memory; beyond them a file waits on disk. */
const MOST_IN_MEMORY = 4 << 20;
const compress = promisify(gzip);

/**
 * Takes a file's bytes as they come, however slowly, with the database left alone and memory flat. A transfer that
 * breaks leaves nothing behind, nor does the end of the process.
 * @throws TooLargeError, and what the transfer or the disk throws
 */
export async function holdFile(
	bytes: AsyncIterable<Uint8Array>,
	{ folder = tmpdir(), maxBytes = Infinity }: HoldOptions = {}
): Promise<HeldFile> {
	const hash = createHash('sha256');
	const store = new ChunkStore(folder);
	let size = 0;
	try {
		for await (const chunk of inPieces(bytes)) {
			size += chunk.length;
			if (size > maxBytes) throw new TooLargeError(`the file has more than ${maxBytes} bytes`);
			hash.update(chunk);
			await store.add(await compress(chunk, { level: 1 }));
		}
	} catch (error) {
		await store.drop();
		throw error;
	}
	return {
		sha256: hash.digest('hex'),
		size,
		chunks: () => store.read(),
		drop: () => store.drop()
	};
}

/** Chunks in memory, and in a file without a name once they are many: it goes with the process, however that ends. */
class ChunkStore {
	#folder: string;
	#inMemory: Buffer[] = [];
	#lengths: number[] = [];
	#bytes = 0;
	#file: FileHandle | null = null;

	constructor(folder: string) {
		this.#folder = folder;
	}

	async add(chunk: Buffer): Promise<void> {
		this.#lengths.push(chunk.length);
		this.#bytes += chunk.length;
		if (this.#file) return writeWhole(this.#file, chunk);
		this.#inMemory.push(chunk);
		if (this.#bytes <= MOST_IN_MEMORY) return;
		this.#file = await openNameless(this.#folder);
		for (const held of this.#inMemory.splice(0)) await writeWhole(this.#file, held);
	}

	async *read(): AsyncGenerator<Buffer> {
		if (!this.#file) return yield* this.#inMemory;
		let position = 0;
		for (const length of this.#lengths) {
			const chunk = Buffer.allocUnsafe(length);
			for (let got = 0; got < length;) {
				const { bytesRead } = await this.#file.read(chunk, got, length - got, position + got);
				if (bytesRead === 0) throw new Error('a file on its way in was cut short on disk');
				got += bytesRead;
			}
			position += length;
			yield chunk;
		}
	}

	async drop(): Promise<void> {
		this.#inMemory = [];
		await this.#file?.close();
		this.#file = null;
	}
}

async function openNameless(folder: string): Promise<FileHandle> {
	makeFolder(folder);
	const path = join(folder, `incoming-${randomBytes(8).toString('hex')}`);
	const file = await open(path, 'wx+', 0o600);
	await rm(path, { force: true });
	return file;
}

async function writeWhole(file: FileHandle, chunk: Buffer): Promise<void> {
	for (let written = 0; written < chunk.length;)
		written += (await file.write(chunk, written, chunk.length - written)).bytesWritten;
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
