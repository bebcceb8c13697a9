import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { writeCsvLine } from '#lib/server/outlet/csv.ts';
import { openExtract } from '#lib/server/outlet/extract.ts';
import { writeTransactionsCsv } from '#lib/server/outlet/transactions-csv.ts';
import { writeTransactionsJson, writeTransactionsMetadata } from '#lib/server/outlet/transactions-json.ts';
import { writeTransactionsXlsx } from '#lib/server/outlet/transactions-xlsx.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anEntry, postRecords } from '../support/ledger-factory.ts';
import { liveLedger } from '../support/ledger-life.ts';
import { wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { piecesOf, readAll } from '../support/sheet-reading.ts';

const SITE = { origin: 'https://portfolio.example.org', portfolio: 'gloact' };
/** Texts that a spreadsheet, a line of CSV or an XML file could take for something else. */
const STRANGE = [
	'=HYPERLINK("http://example.org";"x")',
	'+1+1',
	'-2+3',
	'@SUM(A1)',
	'\tTab first',
	'\rReturn first',
	"'apostrophe",
	"'=both",
	'a, "quoted", line\r\nand\nmore',
	' blanks around ',
	'\u00a0hard blank',
	'مرحبا \u202eturned\u202c',
	'_x0041_ and \u0001',
	'<b>&amp;</b> ]]>',
	'=',
	'x'.repeat(500)
];

type JsonFile = {
	rows: Record<string, string | null>[];
	row_count: number;
	control_total: { amount: string | null };
	sources: unknown[];
};

describeOnBothEngines('downloads of a slice', (_engine, fresh) => {
	let database: Database;
	let world: World;
	const extractOf = (slice: Slice) => openExtract(database.db, slice, SITE);
	const rowsOfWorkbook = async (slice: Slice) => {
		const bytes = new Uint8Array(await writeTransactionsXlsx(await extractOf(slice)).arrayBuffer());
		const read = await readAll(piecesOf(bytes), 'f.xlsx');
		expect(read.findings).toEqual([]);
		return read;
	};

	beforeAll(async () => {
		database = await fresh();
		world = await createWorld(database.db);
		await liveLedger(database.db, world, 20_171_024);
	});

	const strange = () => ({
		reporter: world.reporters[0]!,
		activity: world.activities[1]!.key,
		project: world.projects[0]!
	});

	test('texts of every kind come back as they were, and never as a formula', async () => {
		await postRecords(
			database.db,
			'published',
			STRANGE.map((description, index) =>
				anEntry(
					{ ...strange(), reference: `strange-${index}` },
					{ description, dateFrom: '2018-01-01', dateTo: '2018-01-01', amount: '-3.10' }
				)
			)
		);
		const slice = wholeOf(world, { measure: 'expenditure', from: '2018-01-01', to: '2018-01-01' });
		const isStrange = (reference: string | undefined | null) => reference?.startsWith('strange-');
		const csv = await writeTransactionsCsv(await extractOf(slice)).text();
		const read = readCsvFile(csv).filter(({ reference }) => isStrange(reference));
		expect(read.map(({ description }) => description)).toEqual(STRANGE);
		expect(new Set(read.map(({ amount }) => amount))).toEqual(new Set(['-3.10']));

		const json = (await writeTransactionsJson(await extractOf(slice)).json()) as JsonFile;
		const rows = json.rows.filter(({ reference }) => isStrange(reference));
		expect(rows.map(({ description }) => description)).toEqual(STRANGE);

		// What whole batches are written as is what the writer of one line would.
		const lines = rows.map((row) =>
			writeCsvLine(
				ENTRY_COLUMNS.map(({ name, kind }) =>
					kind === 'text' ? { text: row[name]! } : { plain: row[name]! }
				)
			)
		);
		for (const line of lines) expect(csv).toContain(line);

		const workbook = await rowsOfWorkbook(slice);
		const column = ENTRY_COLUMNS.findIndex(({ name }) => name === 'description') + 1;
		const cells = workbook.rows.flatMap((row) => row.cells.filter((cell) => cell.column === column));
		const texts = cells.filter(({ text }) => STRANGE.includes(text));
		expect(new Set(texts.map(({ text }) => text))).toEqual(new Set(STRANGE));
		expect(texts.every(({ type, formula }) => type === 'text' && formula === undefined)).toBe(true);
	});

	test('a text that holds the mark between two fields comes back as it was, with the rows beside it', async () => {
		const texts = ['one\x1ftwo', '\x1f', '=1, "2"', 'plain'];
		const day = '2018-01-02';
		await postRecords(
			database.db,
			'published',
			texts.map((description, index) =>
				anEntry(
					{ ...strange(), reference: `marked-${index}` },
					{ description, dateFrom: day, dateTo: day, amount: '-3.10' }
				)
			)
		);
		const slice = wholeOf(world, { measure: 'expenditure', from: day, to: day });
		const csv = readCsvFile(await writeTransactionsCsv(await extractOf(slice)).text());
		expect(csv.map(({ description }) => description)).toEqual(texts);
		const json = (await writeTransactionsJson(await extractOf(slice)).json()) as JsonFile;
		const blank = (row: Record<string, string | null>) => Object.values(row).map((value) => value ?? '');
		expect(csv.map(blank)).toEqual(json.rows.map(blank));
	});

	test('days are dates and amounts are numbers in the workbook; what a spreadsheet would round is text', async () => {
		const long = '123456789012345.67';
		await postRecords(database.db, 'published', [
			anEntry(
				{ ...strange(), reference: 'long' },
				{ amount: long, dateFrom: '2015-02-03', dateTo: '2015-02-03' }
			),
			anEntry(
				{ ...strange(), reference: 'short' },
				{ amount: '1234.50', dateFrom: '2015-02-03', dateTo: '2015-02-03' }
			)
		]);
		const { sheets, rows } = await rowsOfWorkbook(
			wholeOf(world, { measure: 'expenditure', from: '2015-02-03', to: '2015-02-03' })
		);
		expect(sheets).toEqual(['data', 'filters and totals', 'sources', 'rates', 'dictionary']);
		const cell = (reference: string, name: string) => {
			const at = (wanted: string) => ENTRY_COLUMNS.findIndex((column) => column.name === wanted) + 1;
			const row = rows.find(({ cells }) =>
				cells.some(({ column, text }) => column === at('reference') && text === reference)
			)!;
			return row.cells.find(({ column }) => column === at(name));
		};
		expect(cell('short', 'date_from')).toMatchObject({ type: 'date', day: '2015-02-03' });
		expect(cell('short', 'amount')).toMatchObject({ type: 'number', decimal: '1234.50' });
		expect(cell('long', 'amount')).toMatchObject({ type: 'text', text: long });
		const totals = rows
			.filter(({ sheet }) => sheet === 'filters and totals')
			.map(({ cells }) => cells.map(({ text }) => text));
		expect(totals).toContainEqual(['Rows', '2']);
		expect(rows.filter(({ sheet }) => sheet === 'dictionary').length).toBeGreaterThan(ENTRY_COLUMNS.length);
	});

	test('a posting that lands while a download is under way is not in it, nor in its totals', async () => {
		const slice = wholeOf(world, { measure: 'expenditure' });
		const extract = await extractOf(slice);
		const before = await writeTransactionsCsv(await extractOf(slice)).text();
		await postRecords(database.db, 'published', [
			anEntry({ ...strange(), reference: 'late' }, { amount: '77.00' })
		]);
		expect(await writeTransactionsCsv(extract).text()).toBe(before);
		const after = await writeTransactionsCsv(await extractOf(slice)).text();
		expect(readCsvFile(after).length).toBe(readCsvFile(before).length + 1);
	});

	test('the same slice gives the same bytes, however fast it is read', async () => {
		const slice = wholeOf(world, { measure: 'spent' });
		const hashes = new Set<string>();
		for (let run = 0; run < 10; run++) {
			const extract = await extractOf(slice);
			const hash = createHash('sha256');
			for (const write of [
				writeTransactionsCsv,
				writeTransactionsJson,
				writeTransactionsXlsx,
				writeTransactionsMetadata
			]) {
				for await (const chunk of write(extract).body!) {
					hash.update(chunk);
					if (run % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
				}
			}
			hashes.add(hash.digest('hex'));
		}
		expect(hashes.size).toBe(1);
	});

	test('a slice with no rows is a whole file with its headers and no total', async () => {
		const slice = wholeOf(world, { from: '1990-01-01', to: '1990-12-31' });
		const csv = writeTransactionsCsv(await extractOf(slice));
		expect(await csv.text()).toBe(writeCsvLine(ENTRY_COLUMNS.map(({ name }) => ({ plain: name }))));
		expect([csv.headers.get('x-row-count'), csv.headers.get('x-control-total')]).toEqual(['0', '']);
		const json = (await writeTransactionsJson(await extractOf(slice)).json()) as JsonFile;
		expect([json.rows, json.row_count, json.sources]).toEqual([[], 0, []]);
		const { sheets, rows } = await rowsOfWorkbook(slice);
		expect(rows.filter(({ sheet }) => sheet === sheets[0]).length).toBe(1);
	});

	test('invented rows say so in their name, at the top of their JSON and in their sheets', async () => {
		const slice = wholeOf(world, { nature: 'demonstration' });
		const json = writeTransactionsJson(await extractOf(slice));
		expect(json.headers.get('x-robots-tag')).toBe('noindex');
		expect(json.headers.get('content-disposition')).toContain('filename="DEMONSTRATION-');
		expect(Object.keys((await json.json()) as JsonFile)[0]).toBe('DEMONSTRATION');
		expect((await rowsOfWorkbook(slice)).sheets[0]).toBe('DEMONSTRATION data');
	});

	test('a reader that goes away ends the rows and holds no connection', async () => {
		const extract = await extractOf(wholeOf(world, { measure: 'spent' }));
		const lines = extract.lines();
		let ended = false;
		const watched = {
			...extract,
			lines: async function* () {
				try {
					yield* lines;
				} finally {
					ended = true;
				}
			}
		};
		const reader = writeTransactionsCsv(watched).body!.getReader();
		await reader.read();
		await reader.read();
		await reader.cancel();
		expect(ended).toBe(true);
		expect((await lines.next()).done).toBe(true);
	});

	test('an error breaks the transfer', async () => {
		const extract = await extractOf(wholeOf(world, { measure: 'spent' }));
		const broken = {
			...extract,
			rows: async function* () {
				yield [['published']];
				throw new Error('the database has gone');
			},
			lines: async function* () {
				yield { lines: ['published'] };
				throw new Error('the database has gone');
			}
		};
		for (const write of [writeTransactionsCsv, writeTransactionsJson]) {
			await expect(write(broken).text()).rejects.toThrow('the database has gone');
		}
		const workbook = writeTransactionsXlsx(broken);
		await expect(workbook.arrayBuffer()).rejects.toThrow('the database has gone');
	});
});
