import type { SheetRow } from './cell.ts';
import { datesOf, numbersOf } from './evidence.ts';
import { headingsIn } from './headers.ts';
import type { SheetSurvey } from './survey.ts';

/** Titles, logos and addresses stand above a table; further down than this nobody looks for it. */
const ROWS_LOOKED_AT = 40;

/** The row that heads the columns, and how many words for columns it has; null for a sheet without rows. */
export function guessHeader(
	sheet: SheetSurvey
): { row: SheetRow; above: SheetRow | null; headings: number } | null {
	let best: { index: number; headings: number; texts: number } | null = null;
	const rows = sheet.first.slice(0, ROWS_LOOKED_AT);
	for (const [index, row] of rows.entries()) {
		const texts = row.cells.filter(({ type }) => type === 'text').length;
		// A heading is text; a row with dates or amounts is data, whatever its words.
		if (texts < 2 || texts < row.cells.length / 2) continue;
		const headings = headingsIn(row);
		if (best === null || headings > best.headings) best = { index, headings, texts };
	}
	if (best === null || best.headings < 2) best = widest(rows);
	if (best === null) return null;
	return { row: rows[best.index]!, above: rows[best.index - 1] ?? null, headings: best.headings };
}

/** The same of the row that a person says heads the columns; null when nothing stands there. */
export function headerAt(sheet: SheetSurvey, row: number): ReturnType<typeof guessHeader> {
	const index = sheet.first.findIndex((candidate) => candidate.row === row);
	const header = sheet.first[index];
	if (header === undefined) return null;
	return { row: header, above: sheet.first[index - 1] ?? null, headings: headingsIn(header) };
}

/** Without any known word: the first row that is as wide as the table. */
function widest(rows: readonly SheetRow[]): { index: number; headings: number; texts: number } | null {
	const most = Math.max(0, ...rows.map(({ cells }) => cells.length));
	const index = rows.findIndex(({ cells }) => cells.length >= most * 0.8);
	return index < 0 ? null : { index, headings: 0, texts: rows[index]!.cells.length };
}

/** How much a sheet looks like a ledger: headings, a column of amounts, one of dates, many rows; hidden ones last. */
export function ledgerLook(sheet: SheetSurvey): number {
	const header = guessHeader(sheet);
	if (header === null) return 0;
	const hasAmounts = sheet.columns.some((evidence) => numbersOf(evidence) > 0);
	const hasDates = sheet.columns.some((evidence) => datesOf(evidence) > 0);
	const size = Math.log10(1 + sheet.rows);
	const look = header.headings + (hasAmounts ? 3 : 0) + (hasDates ? 3 : 0) + size;
	return sheet.hidden ? look / 4 : look;
}
