/** A cell of a CSV line: text is guarded against formulas, numbers and dates are written as they are. */
export type CsvCell = { text: string | null } | { plain: string | number | null };

/**
 * Patterns that JavaScript and PostgreSQL read alike. What a spreadsheet could run as a formula begins with = + - @, a tab
 * or a carriage return; an apostrophe is guarded too, so that the guard can be taken off again without a doubt. Blanks at
 * an end are those that JavaScript trims: a reader may do the same to a field without quotes.
 */
export const GUARDED = "[=+@\\t\\r'-]";
export const BLANK =
	'[ \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]';
export const GUARDED_START = `^${GUARDED}`;
export const NEEDS_QUOTES = `[",\\r\\n]|^${BLANK}|${BLANK}$`;

const guarded = new RegExp(GUARDED_START);
const needsQuotes = new RegExp(NEEDS_QUOTES);

/**
 * One line after RFC 4180. Text that a spreadsheet would run as a formula (beginning with = + - @, a tab or a carriage
 * return) gets an apostrophe before it, and so does text that begins with an apostrophe: taking one leading apostrophe
 * off every text cell that has one gives the original back, always. Numbers are never touched, negative ones included.
 */
export function writeCsvLine(cells: readonly CsvCell[]): string {
	return `${cells.map((cell) => quote('text' in cell ? guardFormula(cell.text ?? '') : String(cell.plain ?? ''))).join(',')}\r\n`;
}

export function guardFormula(text: string): string {
	return guarded.test(text) ? `'${text}` : text;
}

function quote(value: string): string {
	return needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
