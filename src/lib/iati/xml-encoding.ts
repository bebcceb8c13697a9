import type { XmlRule } from './xml-problem.ts';

/** What is wrong with the bytes of a file; the reader adds line and column. */
export interface EncodingFault {
	rule: XmlRule;
	message: string;
	byte: number | null;
	found: string;
}

/** How the bytes of a file become text. */
export interface Encoding {
	/** `utf-8`, `utf-16le`, `iso-8859-1`, or another name that TextDecoder knows. */
	name: string;
	/** Bytes of the byte order mark. */
	mark: number;
	/** What tells: `by its byte order mark`, `by its declaration`, ... */
	told: string;
}

/** A declaration longer than this is none; with fewer bytes, it cannot be told whether there is one. */
const HEAD = 1024;
const LEAST = '<?xml '.length;
const DECLARED =
	/^<\?xml[ \t\r\n](?:[^>]*?[ \t\r\n])?encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.:-]*)\1/;
/** Labels that leave the order of the bytes open. */
const EITHER_ORDER = /^(?:utf-16|ucs-2|iso-10646-ucs-2|csunicode|unicode)$/i;
/** Where a browser means Microsoft's set by ISO's name, the labels that do say Microsoft's. */
const MICROSOFT = /^(?:x-cp125\d|cp125\d|windows-\d+|dos-874)$/i;
const UTF_32 = /^(?:utf-?32|ucs-?4|iso-10646-ucs-4)/i;
const ASCII = /^(?:us-ascii|ascii|ansi_x3\.4-1968|iso-ir-6|iso646-us)$/i;

/** First bytes that are another kind of file. */
const OTHERS: readonly { bytes: readonly number[]; rule: XmlRule; message: string }[] = [
	{
		bytes: [0x1f, 0x8b],
		rule: 'xml.gzip',
		message: 'This is a gzip file, not XML. Unpack it first, or hand it over with its ending .gz.'
	},
	{
		bytes: [0x50, 0x4b],
		rule: 'xml.zip',
		message: 'This is a ZIP file, as a workbook (.xlsx) is too, not XML. Hand it over under its own name.'
	},
	{ bytes: [0x25, 0x50, 0x44, 0x46], rule: 'xml.not-xml', message: 'This is a PDF document, not XML.' },
	{
		bytes: [0xd0, 0xcf, 0x11, 0xe0],
		rule: 'xml.not-xml',
		message: 'This is an old Office document or one under a password, not XML.'
	}
];

/** First bytes of encodings that are refused: XML allows them, but nobody sends them in good faith. */
const REFUSED: readonly { bytes: readonly number[]; name: string }[] = [
	{ bytes: [0x00, 0x00, 0xfe, 0xff], name: 'UTF-32' },
	{ bytes: [0xff, 0xfe, 0x00, 0x00], name: 'UTF-32' },
	{ bytes: [0x00, 0x00, 0xff, 0xfe], name: 'UTF-32' },
	{ bytes: [0xfe, 0xff, 0x00, 0x00], name: 'UTF-32' },
	{ bytes: [0x00, 0x00, 0x00, 0x3c], name: 'UTF-32' },
	{ bytes: [0x3c, 0x00, 0x00, 0x00], name: 'UTF-32' },
	{ bytes: [0x4c, 0x6f, 0xa7, 0x94], name: 'EBCDIC' }
];

/** First bytes that tell the encoding by themselves. */
const TOLD: readonly { bytes: readonly number[]; encoding: Encoding }[] = [
	{ bytes: [0xef, 0xbb, 0xbf], encoding: { name: 'utf-8', mark: 3, told: 'by its byte order mark' } },
	{ bytes: [0xfe, 0xff], encoding: { name: 'utf-16be', mark: 2, told: 'by its byte order mark' } },
	{ bytes: [0xff, 0xfe], encoding: { name: 'utf-16le', mark: 2, told: 'by its byte order mark' } },
	{ bytes: [0x00, 0x3c], encoding: { name: 'utf-16be', mark: 0, told: 'by its bytes' } },
	{ bytes: [0x3c, 0x00], encoding: { name: 'utf-16le', mark: 0, told: 'by its bytes' } }
];

/**
 * The encoding of a file by its first bytes and its declaration (XML 1.0, appendix F), or why it is refused; `null`
 * while more bytes are needed, at most 1 KB. `whole`: these are all the bytes there are.
 */
export function decideEncoding(head: Uint8Array, whole: boolean): Encoding | EncodingFault | null {
	if (head.length < LEAST && !whole) return null;
	if (head.length === 0) return fault('xml.empty', 'The file is empty: it has no bytes at all.');
	const other = OTHERS.find(({ bytes }) => startsWith(head, bytes));
	if (other) return fault(other.rule, other.message);
	const refused = REFUSED.find(({ bytes }) => startsWith(head, bytes));
	if (refused) {
		return fault(
			'xml.encoding-unsupported',
			`The file is in ${refused.name}, which is not read here. Save it as UTF-8.`
		);
	}
	const told = TOLD.find(({ bytes }) => startsWith(head, bytes));
	if (told) return told.encoding;
	const start = String.fromCharCode(...head.subarray(0, HEAD));
	if (/^<\?xml[ \t\r\n]/.test(start) && !start.includes('?>') && head.length < HEAD && !whole) return null;
	const declared = DECLARED.exec(start)?.[2];
	if (declared === undefined) return { name: 'utf-8', mark: 0, told: 'without a declaration' };
	return encodingCalled(declared);
}

/** Whether what the file declares (`undefined`: nothing) is not what its bytes are; `null` when all is well. */
export function contradictionOf(encoding: Encoding, declared: string | undefined): EncodingFault | null {
	if (declared === undefined) {
		// UTF-16 without a byte order mark has to be declared (XML 1.0, 4.3.3).
		if (encoding.mark > 0 || !encoding.name.startsWith('utf-16')) return null;
		return contradiction(
			`The file looks like ${shown(encoding)}, but neither a byte order mark nor a declaration says so.`
		);
	}
	if (EITHER_ORDER.test(declared) && encoding.name.startsWith('utf-16')) return null;
	if (nameOf(declared) === encoding.name) return null;
	return contradiction(`The file declares ${declared}, but ${encoding.told} it is in ${shown(encoding)}.`);
}

/** The encoding of a file that declares it, and has one byte for each plain letter. */
function encodingCalled(label: string): Encoding | EncodingFault {
	const name = nameOf(label);
	if (/^utf-(?:16|32)/.test(name ?? '')) {
		return contradiction(`The file declares ${label}, but it has one byte for each plain letter.`);
	}
	if (name !== null) return { name, mark: 0, told: 'by its declaration' };
	const message = `The file declares the encoding ${label}, which is not known here. Save it as UTF-8.`;
	return fault('xml.encoding-unknown', message, label);
}

/** One name for all the labels of an encoding; `null` for what is none that can be read. */
function nameOf(label: string): string | null {
	if (ASCII.test(label)) return 'us-ascii';
	if (UTF_32.test(label)) return 'utf-32';
	try {
		const name = new TextDecoder(label).encoding;
		return MICROSOFT.test(label) ? name : (ISO_NAMES[name] ?? name);
	} catch {
		return null;
	}
}

/** TextDecoder reads these three by Microsoft's larger sets; XML means what it says. */
const ISO_NAMES: Readonly<Record<string, string>> = {
	'windows-1252': 'iso-8859-1',
	'windows-1254': 'iso-8859-9',
	'windows-874': 'iso-8859-11'
};

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
	return bytes.every((byte, index) => head[index] === byte);
}

function shown({ name }: Encoding): string {
	return name.toUpperCase();
}

function contradiction(message: string): EncodingFault {
	return fault('xml.encoding-contradiction', `${message} Save the file as UTF-8, and declare it so.`);
}

function fault(rule: XmlRule, message: string, found = ''): EncodingFault {
	return { rule, message, byte: null, found };
}
