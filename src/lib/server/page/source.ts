import { error } from '@sveltejs/kit';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readInflated } from '#lib/server/intake/receive.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import type { PageFields } from '#lib/slice/view.ts';
import { columnLetters, type SheetRow } from '#lib/server/intake/spreadsheet/cell.ts';
import { readRows } from '#lib/server/intake/spreadsheet/rows.ts';
import { readSourceLines, type LinesAround } from './source-lines.ts';

/** Rows shown on each side of the one asked for. */
const AROUND = 3;
const MOST_COLUMNS = 60;

/**
 * The row of a table under the file's own headings (letters of columns that have none), with the numbers of its neighbours.
 * A cell's text is null where its column is masked; `fault` is why a row has no cells, where its bytes are no row.
 */
export type RowShown = {
	cells: { name: string; text: string | null }[];
	fault: string | null;
	neighbours: number[];
};
/** What is looked up in a file: the source, and the columns that are never shown. */
export type LookedAt = { sourceId: string; fileName: string; masked: ReadonlySet<number>; headerRow: number };

/**
 * The row of a stored table (CSV or workbook), numbered as a spreadsheet numbers them. Reads only as far as it must. Null when
 * the file has no such row.
 */
export async function readSourceRow(
	db: Kysely<DB>,
	{ sourceId, fileName, masked, headerRow }: LookedAt,
	{ row, sheet }: { row: number; sheet: string | null }
): Promise<RowShown | null> {
	let only = sheet?.trim();
	let header: SheetRow | null = null;
	let found: SheetRow | null = null;
	let fault: string | null = null;
	const neighbours: number[] = [];
	const bytes = readInflated(db, sourceId);
	for await (const part of readRows(bytes, fileName, sheet === null ? undefined : spellingsOf(sheet))) {
		if (part.kind === 'finding') {
			if (endsWithRow(part.place, row)) fault = part.read;
			if (part.severity === 'critical') break;
		}
		if (part.kind !== 'row' || part.sheet.trim() !== (only ??= part.sheet.trim())) continue;
		if (part.row === headerRow) header = part;
		if (part.row === row) found = part;
		else if (Math.abs(part.row - row) <= AROUND && part.row !== headerRow) neighbours.push(part.row);
		if (part.row > row + AROUND) break;
	}
	if (found === null && fault === null) return null;
	return { cells: cellsOf(header, found, masked), fault, neighbours };
}

function cellsOf(
	header: SheetRow | null,
	row: SheetRow | null,
	masked: ReadonlySet<number>
): RowShown['cells'] {
	const textsOf = (of: SheetRow | null) => new Map(of?.cells.map(({ column, text }) => [column, text]));
	const [names, texts] = [textsOf(header), textsOf(row)];
	const last = Math.min(MOST_COLUMNS, Math.max(0, ...names.keys(), ...texts.keys()));
	return Array.from({ length: last }, (_, index) => {
		const column = index + 1;
		const text = masked.has(column) ? null : (texts.get(column) ?? '');
		return { name: names.get(column)?.trim() || columnLetters(column), text };
	});
}

/** An address loses blanks at the ends of a name, which names of sheets may have. */
function spellingsOf(sheet: string): string[] {
	return [sheet, `${sheet} `, ` ${sheet}`, ` ${sheet} `];
}

function endsWithRow(place: string, row: number): boolean {
	return new RegExp(` row ${row}(?: column [A-Z]{1,3})?$`).test(place);
}

/** What of a file a page shows at the place that its address names; null where it names none. */
export type PlaceShown =
	| { kind: 'row'; row: number; sheet: string | null; shown: RowShown }
	| { kind: 'lines'; line: number; lines: LinesAround };

/**
 * Looks up the place that an address names in a source. Answers 404 when the file has no such place.
 * @param place `q` is the path of the element on that line, which may hold a whole file
 * @param mappings all that the file was ever read by, the latest first: what one of them masks is not shown
 */
export async function readPlaceInSource(
	db: Kysely<DB>,
	source: SourceFile,
	{ row, sheet, line, q }: Pick<PageFields, 'row' | 'sheet' | 'line' | 'q'>,
	mappings: readonly Mapping[]
): Promise<PlaceShown | null> {
	const masked = new Set(mappings.flatMap((mapping) => mapping.masked.map(({ column }) => column)));
	if (row !== null) {
		const number = Number.parseInt(row, 10);
		const headerRow = mappings[0]?.headerRow ?? 1;
		const looked = { sourceId: source.source_id, fileName: source.name, masked, headerRow };
		const place = { row: number, sheet: sheet ?? (mappings[0]?.sheet || null) };
		const shown = await readSourceRow(db, looked, place);
		if (shown === null) error(404, { message: 'the file has no such row' });
		return { kind: 'row', ...place, shown };
	}
	if (line === null) return null;
	const number = Number.parseInt(line, 10);
	// Lines of a table hold its masked columns, too.
	const lines = masked.size > 0 ? null : await readSourceLines(db, source.source_id, number, q);
	if (lines === null) error(404, { message: 'the file has no such line' });
	return { kind: 'lines', line: number, lines };
}
