import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZero } from '#lib/money/decimal.ts';
import { isExact, writeCell } from '#lib/server/outlet/xlsx/cells.ts';
import { writeWorkbook, type Sheet } from '#lib/server/outlet/xlsx/workbook.ts';
import { writeZip } from '#lib/server/outlet/zip.ts';
import { streamPieces } from '#lib/server/outlet/stream.ts';
import type { ColumnKind } from '#lib/words/entry-column.ts';
import { piecesOf, readAll } from '../support/sheet-reading.ts';

const RUNS = 60;

async function* given<T>(...items: T[]): AsyncGenerator<T> {
	yield* items;
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}

const sheetOf = (kinds: readonly ColumnKind[], rows: readonly (string | null)[][]): Sheet => ({
	name: 'data',
	columns: kinds.map((kind) => ({ title: kind, kind })),
	rows: given(rows)
});

async function readBack(sheets: readonly Sheet[]) {
	const bytes = await bytesOf(
		writeWorkbook({ title: 'A "title" & more', created: '2026-11-26T00:00:00.000Z', sheets })
	);
	return readAll(piecesOf(bytes), 'f.xlsx');
}

describe('a workbook', () => {
	it('gives every text back as it was, and takes none for a formula', async () => {
		const texts = fc
			.tuple(
				fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', "'", '_x0041_', ' ', '\u0001', '\n', '<', ']]>'),
				fc.string({ unit: 'binary', maxLength: 30 })
			)
			.map((parts) => parts.join(''))
			// What is blank to the reader is no cell; a database holds no NUL.
			.filter((text) => text.trim() !== '' && !text.includes('\u0000'));
		await fc.assert(
			fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 20 }), async (column) => {
				const { rows } = await readBack([
					sheetOf(
						['text'],
						column.map((text) => [text])
					)
				]);
				expect(rows.slice(1).map(({ cells }) => cells[0]!.text)).toEqual(column);
				expect(rows.every(({ cells }) => cells[0]!.type === 'text' && !cells[0]!.formula)).toBe(true);
			}),
			{ numRuns: RUNS }
		);
	});

	it('holds numbers and days with all their digits, and as text what it would round', async () => {
		const decimals = fc
			.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 6 }))
			.map(([units, scale]) => {
				const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
				const sign = units < 0n ? '-' : '';
				return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
			});
		await fc.assert(
			fc.asyncProperty(fc.array(decimals, { minLength: 1, maxLength: 20 }), async (column) => {
				const { rows } = await readBack([
					sheetOf(
						['decimal'],
						column.map((decimal) => [decimal])
					)
				]);
				for (const [index, row] of rows.slice(1).entries()) {
					expect(row.cells[0]).toMatchObject(
						isExact(column[index]!)
							? // A zero is a zero to the reader, whatever its scale.
								{ type: 'number', decimal: isZero(column[index]!) ? '0' : column[index], noise: false }
							: { type: 'text', text: column[index] }
					);
				}
			}),
			{ numRuns: RUNS }
		);
	});

	it('knows days from March 1900 on, and leaves older ones as text', async () => {
		const days = ['1900-02-28', '1900-03-01', '2016-02-29', '9999-12-31', '0999-01-01'];
		const { rows } = await readBack([
			sheetOf(
				['date'],
				days.map((day) => [day])
			)
		]);
		expect(rows.slice(1).map(({ cells }) => [cells[0]!.type, cells[0]!.text])).toEqual([
			['text', '1900-02-28'],
			['date', '1900-03-01'],
			['date', '2016-02-29'],
			['date', '9999-12-31'],
			['text', '0999-01-01']
		]);
	});

	it('goes on in a further sheet of the same columns after 1 048 576 rows', async () => {
		const MANY = 1_048_576;
		const batch = Array.from({ length: 65_536 }, () => ['1']);
		const many = async function* () {
			for (let made = 0; made < MANY; made += batch.length) yield batch;
			yield [['last']];
		};
		const sheets = [{ name: 'data', columns: [{ title: 'n', kind: 'integer' as const }], rows: many() }];
		let size = 0;
		const chunks: Uint8Array[] = [];
		for await (const chunk of writeWorkbook({ title: 't', created: null, sheets })) {
			size += chunk.length;
			chunks.push(chunk);
		}
		const rows = await readAll(piecesOf(Buffer.concat(chunks)), 'f.xlsx', ['data 2']);
		expect(rows.texts).toEqual([['n'], ['1'], ['last']]);
		expect(size).toBeGreaterThan(0);
	}, 120_000);

	it('cuts what is longer than a cell, never in the middle of a character, and says so', () => {
		const cell = writeCell('A1', 'text', '\u{1f600}'.repeat(20_000));
		expect(cell).toMatch(/\u{1f600} \[…\]<\/t>/u);
		expect(cell.length).toBeLessThan(33_000);
	});
});

describe('a ZIP file', () => {
	it('has the same bytes however its parts are handed over', async () => {
		const content = Array.from({ length: 40_000 }, (_, index) => `line ${index * 7919}\n`).join('');
		const whole = await bytesOf(writeZip(given({ name: 'a.txt', pieces: given(content) })));
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 30 }), async (lengths) => {
				const pieces: string[] = [];
				let at = 0;
				for (const length of lengths) pieces.push(content.slice(at, (at += length)));
				pieces.push(content.slice(at));
				const bytes = await bytesOf(writeZip(given({ name: 'a.txt', pieces: given(...pieces) })));
				expect(Buffer.compare(bytes, whole)).toBe(0);
			}),
			{ numRuns: 20 }
		);
	});

	it('breaks where one of its parts does, and ends its source when the reader goes away', async () => {
		const broken = async function* () {
			yield 'some';
			throw new Error('gone');
		};
		await expect(bytesOf(writeZip(given({ name: 'a', pieces: broken() })))).rejects.toThrow('gone');

		let ended = false;
		const endless = async function* () {
			try {
				for (;;) yield Math.random().toString(36).repeat(5000);
			} finally {
				ended = true;
			}
		};
		const reader = streamPieces(writeZip(given({ name: 'a', pieces: endless() }))).getReader();
		await reader.read();
		await reader.read();
		await reader.cancel();
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(ended).toBe(true);
	});
});
