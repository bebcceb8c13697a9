import { gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { emptyMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { readSourceLines } from '#lib/server/page/source-lines.ts';
import { readPlaceInSource, readSourceRow } from '#lib/server/page/source.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { piecesOf } from '../support/sheet-reading.ts';
import { workbookOf } from '../support/workbook-file.ts';

const FILE = 'report';

describeOnBothEngines('a place in a stored file', (_engine, fresh) => {
	let database: Database;
	let db: Kysely<DB>;

	beforeAll(async () => {
		database = await fresh();
		({ db } = database);
	});

	const store = async (...pieces: (string | Uint8Array)[]) => {
		const file = { name: FILE, mediaType: 'text/plain', receivedBy: 'upload', released: false } as const;
		return (await receive(db, { ...file, bytes: piecesOf(...pieces) })).sourceId;
	};
	const rowOf = async (
		sourceId: string,
		place: { row: number; sheet?: string },
		{ masked = [] as number[], headerRow = 1 } = {}
	) =>
		readSourceRow(
			db,
			{ sourceId, fileName: FILE, masked: new Set(masked), headerRow },
			{ sheet: null, ...place }
		);
	const textsOf = (shown: Awaited<ReturnType<typeof rowOf>>) =>
		shown?.cells.map(({ name, text }) => [name, text]);

	test('a row of a text file stands under its headings, with its neighbours', async () => {
		const id = await store('Date;;Amount\n', '1;a;x\n2;"b\nb";y;more\n3;c;z\n\n5;e;v\n');
		const shown = (await rowOf(id, { row: 3 }))!;
		expect(textsOf(shown)).toEqual([
			['Date', '2'],
			['B', 'b\nb'],
			['Amount', 'y'],
			['D', 'more']
		]);
		// The blank row 5 is counted, and is no neighbour.
		expect(shown.neighbours).toEqual([2, 4, 6]);
		expect(await rowOf(id, { row: 5 })).toBeNull();
		expect(await rowOf(id, { row: 7 })).toBeNull();
		expect(textsOf(await rowOf(id, { row: 1 }))![0]).toEqual(['Date', 'Date']);
	});

	test('masked columns are never shown, in no row and under no address', async () => {
		const id = await store('Title\nDate;Payee;Amount\n1;secret one;5\n2;secret two;6\n');
		const shown = await rowOf(id, { row: 3 }, { masked: [2], headerRow: 2 });
		expect(textsOf(shown)).toEqual([
			['Date', '1'],
			['Payee', null],
			['Amount', '5']
		]);
		const { sha256 } = await db
			.selectFrom('source')
			.select('sha256')
			.where('source_id', '=', id)
			.executeTakeFirstOrThrow();
		const source = (await findSource(db, sha256))!;
		const mappings: Mapping[] = [
			{ ...emptyMapping(''), headerRow: 2 },
			// An earlier reading hid what a later one does not.
			{ ...emptyMapping('another sheet'), masked: [{ column: 2, header: 'Payee' }] }
		];
		const ask = (place: { row?: string; sheet?: string; line?: string }) =>
			readPlaceInSource(db, source, { row: null, sheet: null, line: null, q: null, ...place }, mappings);
		for (const row of ['1', '2', '3', '4'])
			expect(JSON.stringify(await ask({ row }))).not.toContain('secret');
		await expect(ask({ line: '3' })).rejects.toMatchObject({ status: 404 });
		await expect(ask({ row: '99' })).rejects.toMatchObject({ status: 404 });
		expect(await ask({})).toBeNull();
	});

	test('a row of a workbook is one of its sheet, whose name may end with a blank', async () => {
		const rows = (word: string) => [['Head'], [`${word} 2`], [`${word} 3`]];
		const id = await store(
			workbookOf({
				sheets: [
					{ name: 'One', rows: rows('one') },
					{ name: 'Two & more ', rows: rows('two') }
				]
			})
		);
		expect(textsOf(await rowOf(id, { row: 2, sheet: 'Two & more' }))).toEqual([['Head', 'two 2']]);
		expect(textsOf(await rowOf(id, { row: 3, sheet: 'One' }))).toEqual([['Head', 'one 3']]);
		// Without a name it is the first sheet, never a mixture.
		expect(textsOf(await rowOf(id, { row: 3 }))).toEqual([['Head', 'one 3']]);
		expect(await rowOf(id, { row: 2, sheet: 'Three' })).toBeNull();
	});

	test('a row that cannot be read says why in place of its cells', async () => {
		const id = await store('Date;Amount\n1;2\n3;4\0\n5;6\n');
		const shown = (await rowOf(id, { row: 3 }))!;
		expect(shown.fault).toContain('NUL');
		expect(shown.neighbours).toEqual([2, 4]);
	});

	test.each([
		['line feeds', '\n'],
		['carriage returns and line feeds', '\r\n'],
		['carriage returns', '\r']
	])('lines end with %s, wherever the file is cut into pieces', async (_, end) => {
		const text = ['one', '', 'three', 'four'].join(end);
		for (const pieces of [[text], [...text]]) {
			const id = await store(
				...pieces.map((piece) => Buffer.from(piece)),
				Buffer.from(`${end}${pieces.length}`)
			);
			const lines = (await readSourceLines(db, id, 3))!;
			expect(lines.map(({ number, text: line }) => [number, line])).toEqual([
				[1, 'one'],
				[2, ''],
				[3, 'three'],
				[4, 'four'],
				[5, String(pieces.length)]
			]);
			expect(await readSourceLines(db, id, 6)).toBeNull();
		}
	});

	test('a long line is cut, and the lines after it keep their numbers', async () => {
		const long = 'é'.repeat(3_000_000);
		const id = await store(`<a>\n${long}\r\n<b/>\n${'x\n'.repeat(100)}`);
		const second = (await readSourceLines(db, id, 2))!;
		expect(second.find(({ number }) => number === 2)!.text).toMatch(/^é{2000} …$/);
		expect(second.find(({ number }) => number === 3)!.text).toBe('<b/>');
		const later = (await readSourceLines(db, id, 50))!;
		expect([later[0]!.number, later.at(-1)!.number]).toEqual([46, 80]);
	});

	test('of a line that holds a whole file, the part is shown where the element begins', async () => {
		const activity = (id: string, count: number) =>
			`<iati-activity><iati-identifier> ${id} </iati-identifier>${Array.from(
				{ length: count },
				(_, index) =>
					`<transaction ref="${id}-${index + 1}"><transaction-type code="3"/>${' '.repeat(3000)}</transaction>`
			).join('')}</iati-activity>`;
		const text = `<iati-activities>${['A-1', 'A-10', 'B&amp;B', 'A-2'].map((id) => activity(id, 3)).join('')}</iati-activities>`;
		const whole = await store(text);
		const pieces = await store(...Array.from(text.match(/[^]{1,997}/g)!));
		for (const id of [whole, pieces]) {
			const partOf = async (element: string) => (await readSourceLines(db, id, 1, element))![0]!.text;
			expect(await partOf('iati-activity[A-10]/transaction[2]')).toMatch(
				/^… .{60}<transaction ref="A-10-2">/
			);
			expect(await partOf('iati-activity[A-1]/transaction[3]/value')).toMatch(
				/<transaction ref="A-1-3">.* …$/
			);
			expect(await partOf('iati-activity[B&B]/transaction[1]')).toContain('<transaction ref="B&amp;B-1">');
			expect(await partOf('iati-activity[A-2]')).toMatch(/^… .{60}<iati-identifier> A-2 <\/iati-identifier>/);
			for (const none of ['iati-activity[A-1]/transaction[4]', 'iati-activity[C]', 'somewhere'])
				expect(await partOf(none)).toMatch(/^<iati-activities>.* …$/);
		}
		// A line that can be shown whole is.
		const short = await store('<a/>\n<iati-identifier>A-1</iati-identifier>\n');
		expect((await readSourceLines(db, short, 2, 'iati-activity[A-1]'))![1]!.text).toBe(
			'<iati-identifier>A-1</iati-identifier>'
		);
	});

	test('what is written in UTF-16, or compressed, is read as it is meant', async () => {
		const text = '<?xml version="1.0" encoding="UTF-16"?>\r\n<a>žluťoučký</a>\r\n';
		const wide = await store(Buffer.from(`\ufeff${text}`, 'utf16le'));
		expect((await readSourceLines(db, wide, 2))![1]).toEqual({ number: 2, text: '<a>žluťoučký</a>' });
		const packed = await store(gzipSync('<a>\n<b/>\n</a>\n'));
		expect((await readSourceLines(db, packed, 2))![1]).toEqual({ number: 2, text: '<b/>' });
		const rows = await store(gzipSync('Head\nunder it\n'));
		expect(textsOf(await rowOf(rows, { row: 2 }))).toEqual([['Head', 'under it']]);
	});

	test('bytes that are no text end what is shown, and nothing fails', async () => {
		const id = await store(Buffer.from('<a>\n<b/>\n<c>'), Buffer.of(0xff, 0xfe, 0xff), Buffer.from('</c>\n'));
		expect((await readSourceLines(db, id, 2))!.find(({ number }) => number === 2)!.text).toBe('<b/>');
		const cut = await store(gzipSync('<a>\n'.repeat(5000)).subarray(0, -9));
		expect((await readSourceLines(db, cut, 2))![0]).toEqual({ number: 1, text: '<a>' });
	});
});
