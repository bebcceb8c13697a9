import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readRows } from '#lib/server/intake/spreadsheet/rows.ts';
import { inPieces, piecesOf, readAll } from '../support/sheet-reading.ts';
import { workbookOf, type SheetContent } from '../support/workbook-file.ts';
import { zipOf, type ZipPart } from '../support/zip-file.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const sheetXml = (data: string) => `<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`;

const workbook = (sheet: Partial<SheetContent>, parts: ZipPart[] = []) =>
	workbookOf({ sheets: [{ name: 'S', rows: [['a', { number: '1' }]], ...sheet }], parts });
const read = (bytes: Uint8Array) => readAll(piecesOf(bytes), 'f.xlsx');
const rulesOf = async (bytes: Uint8Array) =>
	(await read(bytes)).findings.map(({ severity, rule }) => `${severity} ${rule}`);

/** A part that says it unpacks to far more than it should. */
const bomb = (name: string, packed: number, size: number): ZipPart => ({
	name,
	content: '',
	packed: { bytes: new Uint8Array(packed), size, crc: 0 }
});

describe('containers made to break', () => {
	test.each<[string, () => Uint8Array, string]>([
		['900 MB in 2.9 MB', () => workbook({}, [bomb(SHEET, 2_900_000, 900_000_000)]), 'zip-bomb'],
		[
			'900 MB of shared texts',
			() => workbook({}, [bomb('xl/sharedStrings.xml', 2_900_000, 900_000_000)]),
			'zip-bomb'
		],
		[
			'more than any workbook holds',
			() => workbook({}, [bomb(SHEET, 30_000_000, 3_000_000_000)]),
			'workbook-too-large'
		],
		[
			'a size that lies',
			() => workbook({}, [{ name: SHEET, content: ' '.repeat(20_000_000), size: 1000 }]),
			'zip-damaged'
		],
		[
			'a wrong checksum',
			() => workbook({}, [{ name: SHEET, content: sheetXml('<row><c><v>1</v></c></row>'), crc: 7 }]),
			'zip-checksum'
		],
		[
			'parts that share bytes',
			() =>
				workbook({}, [
					{ name: 'x', content: 'x' },
					...Array.from({ length: 3 }, (_, part) => ({ name: `y${part}`, content: 'x', over: 0 }))
				]),
			'zip-overlap'
		],
		[
			'one name twice',
			() =>
				workbook({}, [
					{ name: 'A.xml', content: '1' },
					{ name: 'a.xml', content: '2' }
				]),
			'zip-name-twice'
		],
		['a name that climbs out', () => workbook({}, [{ name: '../../etc/passwd', content: 'x' }]), 'zip-name'],
		['an absolute name', () => workbook({}, [{ name: '/etc/passwd', content: 'x' }]), 'zip-name'],
		[
			'a symbolic link',
			() => workbook({}, [{ name: 'link', content: '/etc/passwd', mode: 0o120777 }]),
			'zip-name'
		],
		[
			'an encrypted part',
			() => workbook({}, [{ name: SHEET, content: sheetXml(''), flags: 1 }]),
			'workbook-encrypted'
		],
		[
			'sixty thousand parts',
			() =>
				zipOf(
					Array.from({ length: 60_000 }, (_, part) => ({
						name: `p${part}`,
						content: '',
						packed: stored(Buffer.alloc(0))
					}))
				),
			'zip-too-many-parts'
		],
		[
			'a workbook inside an archive',
			() => zipOf([{ name: 'report.xlsx', content: workbook({}) }]),
			'not-a-workbook'
		],
		['a text document', () => zipOf([{ name: 'word/document.xml', content: '<x/>' }]), 'not-a-workbook'],
		[
			'an OpenDocument sheet',
			() =>
				zipOf([
					{ name: 'mimetype', content: '' },
					{ name: 'content.xml', content: '' }
				]),
			'workbook-unsupported'
		],
		[
			'a binary workbook',
			() =>
				workbook({}, [
					{
						name: '_rels/.rels',
						content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`
					}
				]),
			'workbook-unsupported'
		],
		['an empty archive', () => zipOf([]), 'not-a-workbook'],
		['a cut archive', () => workbook({}).subarray(0, 1500), 'zip-damaged'],
		['only the first letters of one', () => Buffer.from('PK\u0003\u0004 and no more'), 'zip-damaged']
	])('%s', async (_, make, rule) => {
		expect(await rulesOf(make())).toEqual([`critical ${rule}`]);
	});

	test('nothing is left on disk, whether read to the end, refused or left in the middle', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'spreadsheet-hostile-'));
		vi.stubEnv('TMPDIR', folder);
		try {
			await read(workbook({}));
			await read(workbook({}, [bomb(SHEET, 2_900_000, 900_000_000)]));
			const rows = readRows(piecesOf(workbook({})), 'f.xlsx');
			expect(await rows.next()).toMatchObject({ value: { kind: 'sheet' } });
			await rows.return(undefined);
			expect(readdirSync(folder)).toEqual([]);
		} finally {
			vi.unstubAllEnvs();
			rmSync(folder, { recursive: true });
		}
	});
});

describe('parts made to break', () => {
	test.each<[string, Partial<SheetContent>, string]>([
		['a DOCTYPE', { prolog: '<!DOCTYPE worksheet [<!ENTITY a "b">]>' }, 'doctype-refused'],
		[
			'an entity to a file',
			{
				prolog: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
				data: '<row><c t="str"><v>&a;</v></c></row>'
			},
			'doctype-refused'
		],
		['broken XML', { data: '<row><c></row>' }, 'workbook-malformed'],
		['a million elements inside each other', { data: '<row>'.repeat(100_000) }, 'workbook-malformed'],
		['an attribute of megabytes', { data: `<row x="${'y'.repeat(3_000_000)}"/>` }, 'workbook-malformed'],
		[
			'a text of megabytes',
			{ data: `<row><c t="str"><v>${'y'.repeat(3_000_000)}</v></c></row>` },
			'workbook-malformed'
		],
		['a row off the sheet', { data: '<row r="1048577"/>' }, 'sheet-too-large'],
		[
			'a row with a number of a thousand digits',
			{ data: `<row r="${'9'.repeat(1000)}"/>` },
			'sheet-too-large'
		],
		['a column off the sheet', { data: '<row r="1"><c r="XFE1"><v>1</v></c></row>' }, 'sheet-too-large'],
		['rows that run backwards', { data: '<row r="2"/><row r="1"/>' }, 'sheet-malformed'],
		['a row twice', { data: '<row r="2"/><row r="2"/>' }, 'sheet-malformed'],
		[
			'a cell twice',
			{ data: '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>' },
			'sheet-malformed'
		],
		['a row that is none', { data: '<row r="x"/>' }, 'sheet-malformed']
	])('%s', async (_, sheet, rule) => {
		expect(await rulesOf(workbook(sheet))).toEqual([`critical ${rule}`]);
	});

	test('two sheets of one name are no workbook', async () => {
		const sheet = { name: 'S', rows: [['a']] };
		expect(await rulesOf(workbookOf({ sheets: [sheet, sheet] }))).toEqual(['critical workbook-malformed']);
	});

	test('the last row and column of a sheet are read, and cost no more than their cells', async () => {
		const { rows } = await read(workbook({ data: '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' }));
		expect(rows).toMatchObject([{ row: 1_048_576, cells: [{ column: 16_384, text: '1' }] }]);
	});

	test('a cell longer than a cell and one that is no text refuse their rows alone', async () => {
		const long = 'y'.repeat(32_768);
		const { rows, rules } = await read(
			workbook({ rows: [['a', long], ['b'], ['c', { inline: '_x0000_' }], [{ inline: '_xD800_' }], ['d']] })
		);
		expect(rows.map(({ row }) => row)).toEqual([2, 5]);
		expect(rules).toEqual([
			['error', 'cell-too-long', 'f.xlsx sheet S row 1 column B'],
			['error', 'character-unusable', 'f.xlsx sheet S row 3 column B'],
			['error', 'character-unusable', 'f.xlsx sheet S row 4 column A']
		]);
	});

	test('one long shared text in very many cells is given up before it fills a disk', async () => {
		const rows = Array.from({ length: 2_000 }, () => `<row>${'<c t="s"><v>0</v></c>'.repeat(20)}</row>`).join(
			''
		);
		const content = workbook({ data: rows }, [
			{
				name: 'xl/sharedStrings.xml',
				content: `<sst xmlns="${MAIN}"><si><t>${'y'.repeat(32_000)}</t></si></sst>`
			}
		]);
		expect(await rulesOf(content)).toEqual(['critical workbook-too-large']);
	});

	test('more shared texts than may be held in memory are refused', async () => {
		const item = Buffer.from(`<si><t>${'y'.repeat(32_000)}</t></si>`);
		const texts = Buffer.concat([
			Buffer.from(`<sst xmlns="${MAIN}">`),
			...Array.from({ length: 2_600 }, () => item),
			Buffer.from('</sst>')
		]);
		// Hardly packed at all: what is refused here is the text itself, not how much it was packed.
		const content = workbook({}, [{ name: 'xl/sharedStrings.xml', content: texts, packed: stored(texts) }]);
		expect(await rulesOf(content)).toEqual(['critical shared-texts-too-large']);
	});
});

describe('mutants', () => {
	const whole = workbook({
		rows: [
			['Date', 'Amount'],
			[{ date: '2017-03-08' }, { number: '5.25' }],
			['x', { formula: 'A1', result: '1' }]
		]
	});

	test('a workbook cut or with changed bytes is read or refused, and never throws', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(whole.length - 1),
				fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
				fc.boolean(),
				async (cut, changes, isCut) => {
					const bytes = Buffer.from(isCut ? whole.subarray(0, cut) : whole);
					for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
					const { findings, rows } = await read(bytes);
					expect(findings.filter(({ severity }) => severity === 'critical').length).toBeLessThanOrEqual(1);
					expect(rows.length).toBeLessThanOrEqual(3);
				}
			),
			{ numRuns: 300 }
		);
	});

	test('a sheet with changed XML is read or refused, and never throws', async () => {
		const xml = sheetXml(
			'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" s="1"><v>42802</v></c><c r="C1"><f>A1</f><v>5</v></c></row>'
		);
		const word = fc.constantFrom(
			'<c>',
			'</c>',
			'<row>',
			'</row>',
			'<v>',
			'</v>',
			'<is>',
			'<t>',
			'<f/>',
			'&#0;',
			'&amp;',
			' r="A1"',
			' t="s"',
			'<![CDATA[x]]>',
			'-',
			'9',
			'é'
		);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(fc.nat(xml.length), word), { maxLength: 5 }), async (changes) => {
				let changed = xml;
				for (const [at, text] of changes) changed = changed.slice(0, at) + text + changed.slice(at);
				const { sheets } = await read(workbook({}, [{ name: SHEET, content: changed }]));
				expect(sheets).toEqual(['S']);
			}),
			{ numRuns: 300 }
		);
	});

	test('any bytes as a text file are read or refused, and never throw', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({ maxLength: 400 }),
				fc.integer({ min: 1, max: 50 }),
				async (bytes, length) => {
					const read = await readAll(piecesOf(...inPieces(bytes, length)));
					const whole = await readAll(piecesOf(bytes));
					expect(read.texts).toEqual(whole.texts);
				}
			),
			{ numRuns: 500 }
		);
	});
});

const NOTHING = deflateRawSync(Buffer.alloc(0));

/** Packed at the lowest level, so that the ratio stays below what is suspicious. */
function stored(bytes: Uint8Array): NonNullable<ZipPart['packed']> {
	const packed = bytes.length === 0 ? NOTHING : deflateRawSync(bytes, { level: 0 });
	return { bytes: packed, size: bytes.length, crc: 0 };
}
