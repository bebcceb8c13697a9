import { FIELD, type RowBatch } from '#lib/server/ledger/row-stream.ts';
import type { ColumnKind } from '#lib/words/entry-column.ts';

/** A cell of a CSV line: text is guarded against formulas, numbers and dates are written as they are. */
export type CsvCell = { text: string | null } | { plain: string | number | null };

/*
 * What a spreadsheet could run as a formula begins with = + - @, a tab or a carriage return; an apostrophe is guarded too,
 * so that the guard can be taken off again without a doubt. Blanks at an end are those that JavaScript trims: a reader may
 * do the same to a field without quotes.
 */
const GUARDED = "[=+@\\t\\r'-]";
const BLANK = '[ \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]';
const guarded = new RegExp(`^${GUARDED}`);
const needsQuotes = new RegExp(`[",\\r\\n]|^${BLANK}|${BLANK}$`);
/** A row of fields of which any could need a guard or quotes; a negative amount is among them, and comes to no harm. */
const needsCare = new RegExp(`[",\\r\\n]|(?:^|${FIELD})(?:${GUARDED}|${BLANK})|${BLANK}(?:${FIELD}|$)`);

/**
 * One line after RFC 4180. Text that a spreadsheet would run as a formula (beginning with = + - @, a tab or a carriage
 * return) gets an apostrophe before it, and so does text that begins with an apostrophe: taking one leading apostrophe
 * off every text cell that has one gives the original back, always. Numbers are never touched, negative ones included.
 */
export function writeCsvLine(cells: readonly CsvCell[]): string {
	return `${cells.map((cell) => quote('text' in cell ? guardFormula(cell.text ?? '') : String(cell.plain ?? ''))).join(',')}\r\n`;
}

/** Writes a row of such columns as a line of the same form, without its end. Fields beyond the columns are left out. */
export function csvRowWriter(
	columns: readonly { kind: ColumnKind }[]
): (row: readonly (string | null)[]) => string {
	const isText = columns.map(({ kind }) => kind === 'text');
	const write = (value: string | null, index: number) =>
		value !== null && isText[index] ? quote(guardFormula(value)) : value;
	return (row) => row.slice(0, isText.length).map(write).join(',');
}

/**
 * Writes batches of rows as such lines. Most rows need nothing but commas: only those in which anything could need more
 * are looked at field by field.
 */
export function csvBatchWriter(columns: readonly { kind: ColumnKind }[]): (batch: RowBatch) => string {
	const write = csvRowWriter(columns);
	return (batch) => {
		if ('rows' in batch) return batch.rows.map((row) => `${write(row)}\r\n`).join('');
		const lines = batch.lines.map((line) => (needsCare.test(line) ? write(line.split(FIELD)) : line));
		return `${lines.join('\r\n').replaceAll(FIELD, ',')}\r\n`;
	};
}

export function guardFormula(text: string): string {
	return guarded.test(text) ? `'${text}` : text;
}

function quote(value: string): string {
	return needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
