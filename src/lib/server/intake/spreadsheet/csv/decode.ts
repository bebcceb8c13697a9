import { isUtf8 } from 'node:buffer';
import { Unreadable } from '../unreadable.ts';

/** What a text file turned out to be written in. `assumed`: nothing in the file says so. */
export type Encoding = { name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'; assumed: boolean };

const SNIFFED_BYTES = 4096;

/**
 * Text from bytes, piece by piece. UTF-8 and UTF-16 are told by their byte order mark or their look; bytes that are not
 * UTF-8 switch to Windows-1252 as long as nothing but ASCII was read before, because then both read the same so far.
 * `onEncoding` is told once, when it is known. Throws Unreadable for text in two encodings.
 */
export async function* decodeText(
	bytes: AsyncIterable<Uint8Array>,
	onEncoding: (encoding: Encoding) => void
): AsyncGenerator<string> {
	let head: Uint8Array | null = new Uint8Array(0);
	let decoder: Decoder | null = null;
	for await (const chunk of bytes) {
		if (decoder !== null) {
			yield decoder.push(chunk);
			continue;
		}
		head = Buffer.concat([head ?? Buffer.alloc(0), chunk]);
		if (head.length < SNIFFED_BYTES) continue;
		decoder = decoderFor(head, onEncoding);
		yield decoder.push(head);
		head = null;
	}
	decoder ??= decoderFor(head ?? new Uint8Array(0), onEncoding);
	if (head !== null) yield decoder.push(head);
	yield decoder.end();
}

type Decoder = { push(chunk: Uint8Array): string; end(): string };

function decoderFor(head: Uint8Array, onEncoding: (encoding: Encoding) => void): Decoder {
	const wide = wideEncoding(head);
	if (wide === null) return eightBit(onEncoding);
	onEncoding(wide);
	const decoder = new TextDecoder(wide.name, { fatal: true });
	const decode = (chunk?: Uint8Array) => {
		try {
			return decoder.decode(chunk, { stream: chunk !== undefined });
		} catch {
			throw new Unreadable('not-text', `bytes that are not ${wide.name.toUpperCase()} text`);
		}
	};
	return { push: decode, end: () => decode() };
}

/** UTF-16 by its byte order mark, or by the zero byte that every second one is in Latin text. */
function wideEncoding(head: Uint8Array): Encoding | null {
	if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', assumed: false };
	if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', assumed: false };
	const zeros = [0, 0];
	for (const [index, byte] of head.subarray(0, SNIFFED_BYTES).entries()) if (byte === 0) zeros[index % 2]!++;
	const enough = Math.min(head.length, SNIFFED_BYTES) / 4;
	if (head.length < 4) return null;
	if (zeros[1]! > enough && zeros[0]! < enough / 8) return { name: 'utf-16le', assumed: true };
	if (zeros[0]! > enough && zeros[1]! < enough / 8) return { name: 'utf-16be', assumed: true };
	return null;
}

/** UTF-8 until proven otherwise, then Windows-1252. */
function eightBit(onEncoding: (encoding: Encoding) => void): Decoder {
	let decoder: TextDecoder | null = null;
	let pending: Uint8Array = new Uint8Array(0);
	let onlyAscii = true;
	const decide = (name: 'utf-8' | 'windows-1252', assumed: boolean) => {
		onEncoding({ name, assumed });
		return new TextDecoder(name);
	};
	const push = (chunk: Uint8Array, last: boolean): string => {
		if (decoder?.encoding === 'windows-1252') return decoder.decode(chunk, { stream: true });
		const joined = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
		const whole = last ? joined.length : wholeCharacters(joined);
		const text = joined.subarray(0, whole);
		if (isUtf8(text)) {
			pending = joined.slice(whole);
			if (onlyAscii && text.some((byte) => byte > 0x7f)) {
				onlyAscii = false;
				decoder = decide('utf-8', false);
			}
			return decoder === null
				? Buffer.from(text.buffer, text.byteOffset, text.length).toString('latin1')
				: decoder.decode(text, { stream: true });
		}
		if (!onlyAscii) throw new Unreadable('not-text', 'UTF-8 text with bytes in it that are not UTF-8');
		decoder = decide('windows-1252', true);
		pending = new Uint8Array(0);
		return decoder.decode(joined, { stream: true });
	};
	return { push: (chunk) => push(chunk, false), end: () => push(new Uint8Array(0), true) };
}

/** How many of the bytes end with a whole UTF-8 character: at most three belong to one that goes on in the next piece. */
function wholeCharacters(bytes: Uint8Array): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back]!;
		if (byte < 0x80) return bytes.length;
		if (byte < 0xc0) continue;
		const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
		return back < length ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}
