import { contradictionOf, decideEncoding, type Encoding, type EncodingFault } from './xml-encoding.ts';
import { codesOf, decodeByTable, NO_CODE } from './xml-code-pages.ts';
import { Suspicion } from './xml-suspicion.ts';

const NOTHING = new Uint8Array(0);
/** Longer than any character in any encoding: within so many bytes, at least one is complete. */
const LONGEST = 8;

/** The bytes of an XML file as text, piece by piece, and never a guess: bytes that are no text are a fault. */
export interface XmlDecoder {
	/** The text of the next bytes, up to the first that are none; then `fault` says so and no more is read. */
	write(bytes: Uint8Array): string;
	/** The text that the end of the file sets free. */
	end(): string;
	/** Why reading cannot go on; `null` as long as it can. */
	readonly fault: EncodingFault | null;
	/** Bytes taken so far. */
	readonly bytes: number;
	/** The name of the encoding; empty until it is known. */
	readonly encoding: string;
	/** Checks what the declaration says against what the bytes say. */
	contradiction(declared: string | undefined): EncodingFault | null;
	/** After the end: what was read, but probably not as it was meant. */
	doubts(): EncodingFault[];
}

export function createDecoder(): XmlDecoder {
	let head: Uint8Array = NOTHING;
	let encoding: Encoding | null = null;
	let decoding: Decoding | null = null;
	let suspicion: Suspicion | null = null;
	let fault: EncodingFault | null = null;
	let bytes = 0;

	/** Decides by the first bytes as soon as they suffice; what is left of them is to be decoded. */
	function begin(more: Uint8Array, whole: boolean): Uint8Array {
		head = joined(head, more);
		const decided = decideEncoding(head, whole);
		if (decided === null) return NOTHING;
		if (!('name' in decided)) {
			fault = decided;
			return NOTHING;
		}
		encoding = decided;
		decoding = decodingOf(decided.name, decided.mark);
		suspicion = /^utf-/.test(decided.name) ? null : new Suspicion();
		const rest = head.subarray(decided.mark);
		head = NOTHING;
		return rest;
	}

	function decode(part: Uint8Array, last: boolean): string {
		if (!decoding || fault) return '';
		suspicion?.see(part);
		const decoded = decoding(part, last);
		if (decoded.bad === null || encoding === null) return decoded.text;
		fault = {
			rule: 'xml.encoding-bytes',
			message: `The bytes ${decoded.shown} are no character of ${encoding.name.toUpperCase()}, in which the file is ${encoding.told}. Save it anew as UTF-8.`,
			byte: decoded.bad,
			found: decoded.shown
		};
		return decoded.text;
	}

	return {
		write(more) {
			bytes += more.length;
			return decode(decoding || fault ? more : begin(more, false), false);
		},
		end() {
			return decode(decoding || fault ? NOTHING : begin(NOTHING, true), true);
		},
		get fault() {
			return fault;
		},
		get bytes() {
			return bytes;
		},
		get encoding() {
			return encoding?.name ?? '';
		},
		contradiction: (declared) => (encoding === null ? null : contradictionOf(encoding, declared)),
		doubts: () => (encoding === null ? [] : (suspicion?.doubts(encoding) ?? []))
	};
}

interface Decoded {
	text: string;
	/** Where in the file the first bytes are that are no text; `null` when all are. */
	bad: number | null;
	/** Those bytes, as hexadecimal numbers. */
	shown: string;
}

type Decoding = (part: Uint8Array, last: boolean) => Decoded;

function decodingOf(name: string, start: number): Decoding {
	const codes = codesOf(name);
	return codes ? byTable(codes, start) : byDecoder(name, start);
}

function byTable(codes: Uint16Array, start: number): Decoding {
	let before = start;
	return (part) => {
		const wrong = part.findIndex((byte) => codes[byte] === NO_CODE);
		const bad = wrong < 0 ? null : before + wrong;
		before += part.length;
		return {
			text: decodeByTable(codes, wrong < 0 ? part : part.subarray(0, wrong)),
			bad,
			shown: wrong < 0 ? '' : hexadecimal(part.subarray(wrong, wrong + 1))
		};
	};
}

/**
 * TextDecoder says that bytes are wrong, but not which. So a second one follows a piece behind; when the first stops, the
 * second goes through the same piece byte by byte.
 */
function byDecoder(name: string, start: number): Decoding {
	const options = { fatal: true, ignoreBOM: true };
	const ahead = new TextDecoder(name, options);
	const behind = new TextDecoder(name, options);
	let before = start;
	let previous: Uint8Array = NOTHING;
	/** The bytes of a character that is not complete yet. */
	let open: number[] = [];

	function step(part: Uint8Array): string {
		let text = '';
		for (const byte of part) {
			open.push(byte);
			const more = behind.decode(Uint8Array.of(byte), { stream: true });
			if (more === '') continue;
			text += more;
			open = [];
		}
		return text;
	}

	function catchUp(): void {
		const whole = Math.max(0, previous.length - LONGEST);
		if (whole > 0) {
			behind.decode(previous.subarray(0, whole), { stream: true });
			open = [];
		}
		step(previous.subarray(whole));
	}

	function locate(part: Uint8Array): Decoded {
		let text = '';
		let at = 0;
		try {
			for (; at < part.length; at++) text += step(part.subarray(at, at + 1));
			behind.decode();
		} catch {
			// The text before it is all there; the bytes of the character that failed stand in `open`.
		}
		const end = before + Math.min(at + 1, part.length);
		return { text, bad: end - open.length, shown: hexadecimal(open) };
	}

	return (part, last) => {
		if (part.length === 0 && !last) return { text: '', bad: null, shown: '' };
		catchUp();
		try {
			const text = ahead.decode(part, { stream: !last });
			before += part.length;
			previous = part.slice();
			return { text, bad: null, shown: '' };
		} catch {
			return locate(part);
		}
	};
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	const both = new Uint8Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both;
}

function hexadecimal(bytes: Iterable<number>): string {
	return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
