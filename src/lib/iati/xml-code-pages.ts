/** In a table of codes: the byte is no character. No character has this code itself. */
export const NO_CODE = 0xffff;

/** Windows-1252 where it differs from ISO-8859-1: bytes 0x80 to 0x9F. */
const WINDOWS_1252 = [
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
	0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
	0x0153, 0x9d, 0x017e, 0x0178
];

/**
 * The characters of a small character set, by byte, where TextDecoder is not to be had: it reads ASCII and ISO-8859-1, -9
 * and -11 as Microsoft's larger sets, as browsers must, so that a byte which XML calls a control character or an error
 * becomes a euro sign. And some versions of Node read windows-1252 as if it were ISO-8859-1. `null` for any other name.
 */
export function codesOf(name: string): Uint16Array | null {
	switch (name) {
		case 'us-ascii':
			return table((byte) => (byte < 0x80 ? byte : NO_CODE));
		case 'iso-8859-1':
			return table((byte) => byte);
		case 'windows-1252':
			return table((byte) => WINDOWS_1252[byte - 0x80] ?? byte);
		case 'iso-8859-9':
		case 'iso-8859-11': {
			const larger = new TextDecoder(name, { fatal: true });
			return table((byte) => (byte < 0xa0 ? byte : codeOf(larger, byte)));
		}
		default:
			return null;
	}
}

/** The text of bytes that all have a code. */
export function decodeByTable(codes: Uint16Array, bytes: Uint8Array): string {
	// Spread over arguments, of which a call takes only so many.
	const most = 8192;
	let text = '';
	for (let start = 0; start < bytes.length; start += most) {
		const part = Uint16Array.from(bytes.subarray(start, start + most), (byte) => codes[byte] ?? NO_CODE);
		text += String.fromCharCode(...part);
	}
	return text;
}

function table(code: (byte: number) => number): Uint16Array {
	return Uint16Array.from({ length: 256 }, (_, byte) => code(byte));
}

function codeOf(decoder: TextDecoder, byte: number): number {
	try {
		return decoder.decode(Uint8Array.of(byte)).charCodeAt(0);
	} catch {
		return NO_CODE;
	}
}
