import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A part of a ZIP file: its name, and its content as it is made. */
export type ZipPart = { name: string; pieces: AsyncIterable<string | Uint8Array> };

/** Sizes stand in 32 bits: the old format, which everything reads. */
const MOST_BYTES = 0xffff_ffff;
const BLOCK_BYTES = 64 * 1024;
/** As small as with level 4 for tables, in half the time. */
const LEVEL = 2;
/** UTF-8 names; checksum and sizes after the content, because they are not known before. */
const FLAGS = 0x0808;
const VERSION = 20;
const DEFLATED = 8;
/** 1 January 1980, the first day the format has: the same content gives the same file at any hour. */
const DATE = 0x0021;

type Written = { name: Buffer; crc: number; packed: number; size: number; offset: number };

/**
 * A ZIP file, written part by part with no more than a block of it in memory.
 * @throws RangeError where a part or the file passes 4 GB
 */
export async function* writeZip(parts: AsyncIterable<ZipPart>): AsyncGenerator<Uint8Array> {
	const written: Written[] = [];
	let offset = 0;
	for await (const { name, pieces } of parts) {
		const part: Written = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, offset };
		const head = record(0x04034b50, [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DATE]);
		const local = Buffer.concat([
			head,
			fields([4, 0], [4, 0], [4, 0], [2, part.name.length], [2, 0]),
			part.name
		]);
		yield local;
		for await (const packed of deflate(pieces, part)) {
			part.packed += packed.length;
			yield packed;
		}
		const sums = record(0x08074b50, [4, part.crc], [4, checked(part.packed)], [4, checked(part.size)]);
		yield sums;
		offset = checked(offset + local.length + part.packed + sums.length);
		written.push(part);
	}
	const directory = Buffer.concat(written.map(directoryEntry));
	yield directory;
	yield record(
		0x06054b50,
		[2, 0],
		[2, 0],
		[2, written.length],
		[2, written.length],
		[4, directory.length],
		[4, offset],
		[2, 0]
	);
}

function directoryEntry({ name, crc, packed, size, offset }: Written): Buffer {
	return Buffer.concat([
		record(0x02014b50, [2, VERSION], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DATE]),
		fields(
			[4, crc],
			[4, packed],
			[4, size],
			[2, name.length],
			[2, 0],
			[2, 0],
			[2, 0],
			[2, 0],
			[4, 0],
			[4, offset]
		),
		name
	]);
}

async function* deflate(
	pieces: AsyncIterable<string | Uint8Array>,
	part: Written
): AsyncGenerator<Uint8Array> {
	const packer = createDeflateRaw({ level: LEVEL });
	// Ends both where either ends; what goes wrong at the source is thrown where the packed bytes are read.
	pipeline(Readable.from(inBlocks(pieces, part), { objectMode: true, highWaterMark: 1 }), packer, () => {});
	for await (const packed of packer) yield packed as Uint8Array;
}

/** Blocks of one size, so that how a part is handed over leaves no trace in its packed bytes; counted on the way. */
async function* inBlocks(pieces: AsyncIterable<string | Uint8Array>, part: Written): AsyncGenerator<Buffer> {
	let waiting: Buffer[] = [];
	let size = 0;
	for await (const piece of pieces) {
		const bytes =
			typeof piece === 'string'
				? Buffer.from(piece)
				: Buffer.from(piece.buffer, piece.byteOffset, piece.length);
		part.crc = crc32(bytes, part.crc);
		part.size += bytes.length;
		waiting.push(bytes);
		size += bytes.length;
		if (size < BLOCK_BYTES) continue;
		const all = waiting.length === 1 ? bytes : Buffer.concat(waiting);
		let start = 0;
		for (; size - start >= BLOCK_BYTES; start += BLOCK_BYTES) yield all.subarray(start, start + BLOCK_BYTES);
		waiting = [all.subarray(start)];
		size -= start;
	}
	if (size > 0) yield Buffer.concat(waiting);
}

function checked(bytes: number): number {
	if (bytes > MOST_BYTES) throw new RangeError('a ZIP file or a part of it would pass 4 GB');
	return bytes;
}

type Field = readonly [bytes: 2 | 4, value: number];

function record(signature: number, ...rest: Field[]): Buffer {
	return fields([4, signature], ...rest);
}

function fields(...all: readonly Field[]): Buffer {
	const buffer = Buffer.alloc(all.reduce((length, [bytes]) => length + bytes, 0));
	let at = 0;
	for (const [bytes, value] of all) at = buffer.writeUIntLE(value, at, bytes);
	return buffer;
}
