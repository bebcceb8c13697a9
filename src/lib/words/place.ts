import { m } from '#lib/paraglide/messages.js';

/** Where in a file something stands: a row of a table (and its sheet), or a line of an XML file. */
export type PlaceInFile = { row: number; sheet: string | null } | { line: number };

/**
 * Reads a place as intake writes it: `activities.csv row 17`, `report.xlsx sheet Ledger row 17 column F`,
 * `file.xml line 12 iati-activity[...]/transaction[2]`. Null for a place of another shape.
 */
export function readPlace(place: string): PlaceInFile | null {
	const row = /^.*?(?: sheet (.+))? row (\d+)(?: column [A-Z]{1,3})?$/.exec(place);
	if (row) return { row: Number.parseInt(row[2]!, 10), sheet: row[1] ?? null };
	const line = /^.*? line (\d+)(?: |$)/.exec(place);
	return line ? { line: Number.parseInt(line[1]!, 10) } : null;
}

/** A place without what the page around it says already, the file's name: `line 12 iati-activity[...]`, `row 17`. */
export function withoutFile(place: string): string {
	return /^.*? ((?:sheet .+ )?row \d+.*|line \d+.*)$/.exec(place)?.[1] ?? place;
}

/** A place at its shortest: `line 12`, `Ledger row 17`; the whole place where it is of another shape. */
export function shortPlace(place: string): string {
	const found = readPlace(place);
	if (found === null) return place;
	if ('line' in found) return m.words_place_line({ line: found.line });
	const row = m.words_place_row({ row: found.row });
	return found.sheet === null ? row : `${found.sheet}, ${row}`;
}

/** Address of a stored file, at the place where a record stands. */
export function sourceAddress(sha256: string, place: string | null): string {
	const found = place === null ? null : readPlace(place);
	const file = `/sources/${sha256}`;
	if (found === null) return file;
	if ('line' in found) return `${file}?line=${found.line}#line-${found.line}`;
	const sheet = found.sheet === null ? '' : `sheet=${encodeURIComponent(found.sheet)}&`;
	return `${file}?${sheet}row=${found.row}#row-${found.row}`;
}
