import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { MOST_PARTS, MOST_RATIO, MOST_UNPACKED_BYTES, SMALL_PART_BYTES } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';

/** The parts of a ZIP file by name. Names are only ever looked up: nothing is written, and nothing outside is reached. */
export type Container = {
	/** In lower case, as parts are told apart without regard to case. */
	names: ReadonlySet<string>;
	/** The bytes of a part, unpacked as they are asked for and checked at their end; null where there is none. */
	part(name: string): AsyncGenerator<Uint8Array> | null;
	close(): void;
};

/**
 * Opens a ZIP file by its table of contents, after looking at it as a whole: too many parts, two of one name, parts that
 * lie over each other, names that climb out and encrypted parts are refused (Unreadable) before anything is unpacked.
 */
export async function openContainer(path: string): Promise<Container> {
	const zip = await told(
		openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true })
	);
	// Its parts are streams of their own that report; what the file itself reports after opening has no other listener.
	zip.on('error', () => {});
	try {
		const entries = await listEntries(zip);
		let budget = MOST_UNPACKED_BYTES;
		return {
			names: new Set(entries.keys()),
			part(name) {
				const entry = entries.get(name.toLowerCase());
				if (entry === undefined) return null;
				refuseBomb(name, entry, budget);
				budget -= entry.uncompressedSize;
				return unpack(zip, name, entry);
			},
			close: () => zip.close()
		};
	} catch (error) {
		zip.close();
		throw error;
	}
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
	if (zip.entryCount > MOST_PARTS) throw new Unreadable('zip-too-many-parts', `${zip.entryCount} parts`);
	const entries = new Map<string, Entry>();
	const iterator = zip.eachEntry()[Symbol.asyncIterator]();
	for (let next = await told(iterator.next()); !next.done; next = await told(iterator.next())) {
		const entry = next.value;
		const name = getFileNameLowLevel(
			entry.generalPurposeBitFlag,
			entry.fileNameRaw,
			entry.extraFields,
			false
		);
		if (validateFileName(name) !== null || isLink(entry)) throw new Unreadable('zip-name', shown(name));
		if (entry.isEncrypted()) throw new Unreadable('workbook-encrypted', 'a workbook with a password');
		const key = name.toLowerCase();
		if (entries.has(key)) throw new Unreadable('zip-name-twice', shown(name));
		entries.set(key, entry);
	}
	refuseOverlap([...entries.values()]);
	return entries;
}

/** A symbolic link holds a path in place of content. */
function isLink(entry: Entry): boolean {
	return ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000;
}

const LOCAL_HEADER_BYTES = 30;

/** Parts that share bytes unpack to many times what the file could hold. */
function refuseOverlap(entries: readonly Entry[]): void {
	const spans = entries
		.map((entry) => ({
			from: entry.relativeOffsetOfLocalHeader,
			to: entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize
		}))
		.sort((a, b) => a.from - b.from);
	for (const [index, span] of spans.entries()) {
		if (index > 0 && span.from < spans[index - 1]!.to)
			throw new Unreadable('zip-overlap', `parts that share bytes at ${span.from}`);
	}
}

function refuseBomb(name: string, { compressedSize, uncompressedSize }: Entry, budget: number): void {
	const ratio = uncompressedSize / Math.max(1, compressedSize);
	const read = `${shown(name)}: ${compressedSize} bytes that unpack to ${uncompressedSize}`;
	if (uncompressedSize > SMALL_PART_BYTES && ratio > MOST_RATIO) throw new Unreadable('zip-bomb', read);
	if (uncompressedSize > budget) throw new Unreadable('workbook-too-large', read);
}

async function* unpack(zip: ZipFile, name: string, entry: Entry): AsyncGenerator<Uint8Array> {
	const stream = await told(zip.openReadStreamPromise(entry));
	let checksum = 0;
	const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	try {
		for (let next = await told(chunks.next()); !next.done; next = await told(chunks.next())) {
			checksum = crc32(next.value, checksum);
			yield next.value;
		}
	} finally {
		stream.destroy();
	}
	if (checksum !== entry.crc32)
		throw new Unreadable('zip-checksum', `${shown(name)} is not as it was packed`);
}

/** What the library says of a malformed file is a fault of the file; what the system says is not. */
async function told<T>(step: Promise<T>): Promise<T> {
	try {
		return await step;
	} catch (error) {
		if (!(error instanceof Error) || 'syscall' in error) throw error;
		if (/encrypt/i.test(error.message))
			throw new Unreadable('workbook-encrypted', 'a workbook with a password');
		throw new Unreadable('zip-damaged', shown(error.message));
	}
}

function shown(text: string): string {
	return text.length > 120 ? `${text.slice(0, 120)} ...` : text;
}
