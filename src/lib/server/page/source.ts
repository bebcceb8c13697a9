import { error } from '@sveltejs/kit';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { createDecoder } from '#lib/iati/xml-decoder.ts';
import { UnreadableBytesError, inflated } from '#lib/server/intake/inflate.ts';
import { readSource } from '#lib/server/intake/receive.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import type { PageFields } from '#lib/slice/view.ts';
import type { SheetRow } from '#lib/server/intake/spreadsheet/cell.ts';
import { readRows } from '#lib/server/intake/spreadsheet/rows.ts';

/** Rows shown on each side of the one asked for. */
const AROUND = 3;
const MOST_COLUMNS = 60;
/** Lines of an XML file shown before and after the one asked for: an element is rarely longer. */
const LINES_BEFORE = 4;
const LINES_AFTER = 30;
const LONGEST_LINE = 2000;
/** No stored file is larger; what a compressed one holds is limited when it is read. */
const MOST_BYTES = 4 * 2 ** 30;

export type SourceRow = { number: number; cells: string[] };
/** The row of a table with its neighbours, under the file's own first row. */
export type RowsAround = { header: string[]; rows: SourceRow[] };
export type LinesAround = { number: number; text: string }[];

/** What is looked up in a file: the source, and the columns that are never shown. */
export type LookedAt = { sourceId: string; fileName: string; masked: ReadonlySet<number>; headerRow: number };

/**
 * The row of a stored table (CSV or workbook) with its neighbours, numbered as a spreadsheet numbers them. Reads only as far
 * as it must. Null when the file has no such row.
 */
export async function readSourceRows(
	db: Kysely<DB>,
	{ sourceId, fileName, masked, headerRow }: LookedAt,
	{ row, sheet }: { row: number; sheet: string | null }
): Promise<RowsAround | null> {
	let header: string[] = [];
	const rows: SourceRow[] = [];
	const bytes = inflated(readSource(db, sourceId), MOST_BYTES);
	for await (const part of readRows(bytes, fileName, sheet === null ? undefined : [sheet])) {
		if (part.kind === 'finding' && part.severity === 'critical') break;
		if (part.kind !== 'row' || (sheet !== null && part.sheet !== sheet)) continue;
		if (part.row === headerRow) header = cellsOf(part, masked);
		if (part.row >= row - AROUND && part.row <= row + AROUND && part.row !== headerRow)
			rows.push({ number: part.row, cells: cellsOf(part, masked) });
		if (part.row > row + AROUND) break;
	}
	return rows.some(({ number }) => number === row) ? { header, rows } : null;
}

function cellsOf({ cells }: SheetRow, masked: ReadonlySet<number>): string[] {
	const texts: string[] = [];
	for (const { column, text } of cells) {
		if (column <= MOST_COLUMNS && !masked.has(column)) texts[column - 1] = text;
	}
	return Array.from(texts, (text) => text ?? '');
}

/** The line of a stored XML file with its neighbours; line breaks count as XML counts them. Null when there is no such line. */
export async function readSourceLines(
	db: Kysely<DB>,
	sourceId: string,
	line: number
): Promise<LinesAround | null> {
	const decoder = createDecoder();
	const lines: LinesAround = [];
	let number = 1;
	let open = '';
	const last = line + LINES_AFTER;
	const take = (text: string) => {
		const parts = (open + text).split(/\r\n|\n|\r(?!$)/);
		// A carriage return at the end may be half of a line break.
		open = parts.pop()!;
		for (const part of parts) {
			if (number >= line - LINES_BEFORE && number <= last)
				lines.push({ number, text: part.slice(0, LONGEST_LINE) });
			number++;
		}
		// A line without end is not held whole.
		if (open.length > 2 * LONGEST_LINE) open = open.slice(0, LONGEST_LINE) + open.slice(-1);
	};
	try {
		for await (const piece of inflated(readSource(db, sourceId), MOST_BYTES)) {
			take(decoder.write(piece));
			if (number > last || decoder.fault) break;
		}
	} catch (error) {
		if (!(error instanceof UnreadableBytesError)) throw error;
	}
	if (number <= last) take(`${decoder.end()}\n`);
	return lines.some((candidate) => candidate.number === line) ? lines : null;
}

/** What of a file a page shows at the place that its address names; null where it names none. */
export type PlaceShown =
	{ kind: 'rows'; row: number; rows: RowsAround } | { kind: 'lines'; line: number; lines: LinesAround };

/** Looks up the place that an address names in a source. Answers 404 when the file has no such place. */
export async function readPlaceInSource(
	db: Kysely<DB>,
	source: SourceFile,
	{ row, sheet, line }: Pick<PageFields, 'row' | 'sheet' | 'line'>,
	mapping: Mapping | null
): Promise<PlaceShown | null> {
	if (row !== null) {
		const number = Number.parseInt(row, 10);
		const masked = new Set(mapping?.masked.map(({ column }) => column));
		const looked = {
			sourceId: source.source_id,
			fileName: source.name,
			masked,
			headerRow: mapping?.headerRow ?? 1
		};
		const rows = await readSourceRows(db, looked, { row: number, sheet });
		if (rows === null) error(404, { message: 'the file has no such row' });
		return { kind: 'rows', row: number, rows };
	}
	if (line === null) return null;
	const number = Number.parseInt(line, 10);
	const lines = await readSourceLines(db, source.source_id, number);
	if (lines === null) error(404, { message: 'the file has no such line' });
	return { kind: 'lines', line: number, lines };
}
