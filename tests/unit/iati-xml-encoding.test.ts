import { describe, expect, it } from 'vitest';
import { asBytes, eventsOf, latin1, problemOf, textOf, utf16 } from '../support/xml-reading.ts';

const MARK = [0xef, 0xbb, 0xbf];
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
const withBytes = (before: string, bytes: readonly number[], after: string) =>
	Uint8Array.from([...asBytes(before), ...bytes, ...asBytes(after)]);

async function readAs(content: Uint8Array | string): Promise<string> {
	const last = (await eventsOf(content)).at(-1);
	return last?.kind === 'end' ? last.summary.encoding : `refused: ${last?.kind}`;
}

async function warningsOf(content: Uint8Array) {
	return (await eventsOf(content)).flatMap((event) => (event.kind === 'warning' ? [event.problem] : []));
}

describe('the encoding of an XML file', () => {
	it.each([
		['UTF-8 without a word', asBytes('<a>é–字🙂</a>'), 'utf-8'],
		['UTF-8 declared', asBytes(`${declared('utf-8')}<a>é–字🙂</a>`), 'utf-8'],
		['UTF-8 with a mark', Uint8Array.from([...MARK, ...asBytes('<a>é–字🙂</a>')]), 'utf-8'],
		['UTF-16LE with a mark', utf16('<a>é–字🙂</a>', 'le'), 'utf-16le'],
		['UTF-16BE with a mark', utf16('<a>é–字🙂</a>', 'be'), 'utf-16be'],
		['UTF-16LE declared', utf16(`${declared('UTF-16')}<a>é–字🙂</a>`, 'le', false), 'utf-16le'],
		['UTF-16BE declared', utf16(`${declared('utf-16be')}<a>é–字🙂</a>`, 'be', false), 'utf-16be'],
		['UTF-16LE marked and declared', utf16(`${declared('UTF-16')}<a>é–字🙂</a>`, 'le'), 'utf-16le']
	])('is %s', async (_, bytes, encoding) => {
		expect(await readAs(bytes)).toBe(encoding);
		expect(await textOf(bytes)).toBe('é–字🙂');
	});

	it.each([
		['ISO-8859-1', [0xe9, 0xa4], 'é¤'],
		['latin1', [0xe9, 0xa4], 'é¤'],
		['windows-1252', [0x80, 0x93, 0x96, 0x94, 0xe9], '€“–”é'],
		['cp1252', [0x92], '’'],
		['ISO-8859-15', [0xa4], '€'],
		['iso-8859-9', [0xf0, 0xde], 'ğŞ'],
		['iso-8859-2', [0xb1], 'ą'],
		['windows-1251', [0xcf, 0xf0], 'Пр'],
		['KOI8-R', [0xf0, 0xd2], 'Пр'],
		['Shift_JIS', [0x93, 0xfa, 0x96, 0x7b], '日本'],
		['EUC-JP', [0xc6, 0xfc, 0xcb, 0xdc], '日本'],
		['GB18030', [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x30], '中\u0080'],
		['Big5', [0xa4, 0xa4], '中'],
		['US-ASCII', [0x41], 'A']
	])('is %s where that is declared', async (encoding, bytes, text) => {
		expect(await textOf(withBytes(`${declared(encoding)}<a>`, bytes, '</a>'))).toBe(text);
	});

	it('reads ISO-8859-1 as XML means it, not as browsers do', async () => {
		const bytes = withBytes(`${declared('ISO-8859-1')}<a>`, [0x80, 0x93, 0x9f], '</a>');
		expect(await textOf(bytes)).toBe('\u0080\u0093\u009f');
		expect(await warningsOf(bytes)).toMatchObject([{ rule: 'xml.control-characters', byte: 46 }]);
	});

	it('says so when declared Latin-1 is really UTF-8, and reads on', async () => {
		const bytes = asBytes(`${declared('ISO-8859-1')}<a>Sécurité à Genève</a>`);
		expect(await textOf(bytes)).toBe('SÃ©curitÃ© Ã\u00a0 GenÃ¨ve');
		const [warning, ...others] = await warningsOf(bytes);
		expect(warning).toMatchObject({ rule: 'xml.mojibake', byte: 47 });
		expect(warning?.found).toMatch(/^Ã©curitÃ©/);
		expect(others).toEqual([]);
	});

	it('says nothing of Latin-1 that is Latin-1', async () => {
		expect(await warningsOf(latin1(`${declared('ISO-8859-1')}<a>Sécurité Ã©, à Genève</a>`))).toEqual([]);
		expect(await warningsOf(asBytes(`${declared('ISO-8859-1')}<a>Geneva</a>`))).toEqual([]);
	});
});

describe('bytes that are no text', () => {
	it.each([
		['Latin-1 where UTF-8 is declared', withBytes('<a>caf', [0xe9], '</a>'), 6, 'E9'],
		['an overlong sequence', withBytes('<a>', [0xc0, 0xaf], '</a>'), 3, 'C0'],
		['a surrogate in UTF-8', withBytes('<a>', [0xed, 0xa0, 0x80], '</a>'), 3, 'ED'],
		['beyond Unicode', withBytes('<a>', [0xf5, 0x80, 0x80, 0x80], '</a>'), 3, 'F5'],
		['a sequence cut short', withBytes('<a>', [0xe2, 0x82], '</a>'), 3, 'E2 82'],
		['a sequence at the end of the file', withBytes('<a/>', [0xe2, 0x82], ''), 4, 'E2 82'],
		['a high byte in US-ASCII', withBytes(`${declared('us-ascii')}<a>é`, [], '</a>'), 44, 'C3'],
		['half a pair in UTF-16', utf16('<a>\ud83dx</a>', 'le'), 8, '3D D8'],
		['an odd byte in UTF-16', utf16('<a/>', 'le').slice(0, -1), 8, '3E'],
		['no Shift_JIS', withBytes(`${declared('shift_jis')}<a>`, [0x81, 0x20], '</a>'), 45, '81']
	])('refuse the file: %s', async (_, bytes, byte, found) => {
		const problem = await problemOf(bytes);
		expect(problem).toMatchObject({ rule: 'xml.encoding-bytes', byte });
		expect(problem?.found.startsWith(found), problem?.found).toBe(true);
	});

	it('are told by line and column too, wherever a chunk ends', async () => {
		const bytes = withBytes('<a>\n  <b>caf', [0xe2, 0x82], '</b></a>');
		for (let length = 1; length <= bytes.length; length++) {
			const problem = (await eventsOf(bytes, {}, length)).at(-1);
			expect(problem).toMatchObject({
				kind: 'problem',
				problem: { line: 2, column: 9, byte: 12, path: '/a/b', found: 'E2 82 3C' }
			});
		}
	});

	it('come after what is wrong before them', async () => {
		expect(await problemOf(withBytes('<a>&nope; caf', [0xe9], '</a>'))).toMatchObject({ rule: 'xml.entity' });
	});
});

describe('what a file declares against what it is', () => {
	it.each([
		['UTF-16 bytes, UTF-8 declared', utf16(`${declared('UTF-8')}<a/>`, 'le', false)],
		['UTF-16 with a mark, UTF-8 declared', utf16(`${declared('UTF-8')}<a/>`, 'be')],
		['UTF-16 of the other order', utf16(`${declared('UTF-16BE')}<a/>`, 'le')],
		['UTF-16 with neither mark nor declaration', utf16('<a/>', 'le', false)],
		['UTF-16 declared without an encoding', utf16('<?xml version="1.0"?><a/>', 'be', false)],
		['UTF-8 bytes, UTF-16 declared', asBytes(`${declared('UTF-16')}<a/>`)],
		['UTF-8 bytes, UTF-32 declared', asBytes(`${declared('UTF-32')}<a/>`)],
		[
			'a UTF-8 mark, Latin-1 declared',
			Uint8Array.from([...MARK, ...asBytes(`${declared('ISO-8859-1')}<a/>`)])
		],
		['a UTF-8 mark, UTF-16 declared', Uint8Array.from([...MARK, ...asBytes(`${declared('UTF-16')}<a/>`)])]
	])('refuses the file: %s', async (_, bytes) => {
		expect(await problemOf(bytes)).toMatchObject({ rule: 'xml.encoding-contradiction' });
	});

	it.each([
		['UTF-32LE', [0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0], 'UTF-32'],
		['UTF-32BE', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c], 'UTF-32'],
		['UTF-32 without a mark', [0x3c, 0, 0, 0, 0x61, 0, 0, 0], 'UTF-32'],
		['EBCDIC', [0x4c, 0x6f, 0xa7, 0x94, 0x93], 'EBCDIC']
	])('refuses %s by name', async (_, bytes, name) => {
		const problem = await problemOf(Uint8Array.from(bytes));
		expect(problem).toMatchObject({ rule: 'xml.encoding-unsupported', line: null, column: null });
		expect(problem?.message).toContain(name);
	});

	it.each(['x-nonsense', 'utf-7', 'ISO-2022-KR', 'hz-gb-2312'])(
		'refuses the unknown %s',
		async (encoding) => {
			expect(await problemOf(`${declared(encoding)}<a/>`)).toMatchObject({
				rule: 'xml.encoding-unknown',
				found: encoding
			});
		}
	);

	it('refuses a second byte order mark', async () => {
		const bytes = Uint8Array.from([...MARK, ...MARK, ...asBytes('<a/>')]);
		expect(await problemOf(bytes)).toMatchObject({ rule: 'xml.not-xml', line: 1, column: 1 });
	});
});

describe('what is no XML at all', () => {
	it.each([
		['xml.empty', 'nothing', new Uint8Array(0)],
		['xml.blank', 'white space', asBytes(' \r\n\t ')],
		['xml.blank', 'nothing but a mark', Uint8Array.from(MARK)],
		['xml.json', 'a JSON object', asBytes('\n { "response": [] }')],
		['xml.json', 'a JSON list', asBytes('[1]')],
		['xml.zip', 'a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0])],
		['xml.gzip', 'a gzip file', Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0])],
		['xml.not-xml', 'a PDF', asBytes('%PDF-1.7\n')],
		['xml.not-xml', 'an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
		['xml.not-xml', 'a table', asBytes('identifier;title\n1;2\n')],
		['xml.truncated', 'one character', asBytes('<')]
	])('is %s for %s', async (rule, _, bytes) => {
		expect(await problemOf(bytes)).toMatchObject({ rule });
	});
});
