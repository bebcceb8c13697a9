import { m } from '#lib/paraglide/messages.js';

/** Where in a file something stands: a row of a table (and its sheet and column), or a line of an XML file. */
export type PlaceInFile =
	| { row: number; sheet: string | null; column: string | null }
	| { line: number; column: string | null; element: string | null };

const ROW = /^(?:.*? )??(?:sheet (.+) )?row (\d+)(?: column ([A-Z]{1,3}))?$/;
const LINE = /^(?:.*? )??line (\d+)(?: column (\d+))?(?: (.+))?$/;

/**
 * Reads a place as intake writes it: `activities.csv row 17`, `report.xlsx sheet Ledger row 17 column F`,
 * `file.xml line 12 iati-activity[...]/transaction[2]`. Null for a place of another shape.
 * @param fileName the file's name where it is known: it may itself hold such words
 */
export function readPlace(place: string, fileName: string | null = null): PlaceInFile | null {
	if (place === fileName) return null;
	const isOfFile = fileName !== null && place.startsWith(`${fileName} `);
	const inside = isOfFile ? place.slice(fileName.length + 1) : place;
	const row = ROW.exec(inside);
	if (row) return { row: Number.parseInt(row[2]!, 10), sheet: row[1] ?? null, column: row[3] ?? null };
	const line = LINE.exec(inside);
	if (!line) return null;
	return { line: Number.parseInt(line[1]!, 10), column: line[2] ?? null, element: line[3] ?? null };
}

/** A place in words, without the name of its file: "sheet Ledger, row 17, column F"; the whole place where it is of another shape. */
export function placeLabel(place: string, fileName: string | null = null): string {
	const found = readPlace(place, fileName);
	if (found === null) return wholeLabel(place, fileName);
	const { column } = found;
	return [
		...('line' in found || found.sheet === null ? [] : [m.words_place_sheet({ sheet: found.sheet })]),
		'line' in found ? m.words_place_line({ line: found.line }) : m.words_place_row({ row: found.row }),
		...(column === null ? [] : [m.words_place_column({ column })]),
		...('line' in found && found.element !== null ? [found.element] : [])
	].join(m.words_slice_join());
}

function wholeLabel(place: string, fileName: string | null): string {
	if (place === fileName) return m.words_place_file();
	const sheet = fileName !== null && place.startsWith(`${fileName} sheet `);
	return sheet ? m.words_place_sheet({ sheet: place.slice(`${fileName} sheet `.length) }) : place;
}

/** A place at its shortest: `line 12`, `Ledger, row 17`; the whole place where it is of another shape. */
export function shortPlace(place: string, fileName: string | null = null): string {
	const found = readPlace(place, fileName);
	if (found === null) return place;
	if ('line' in found) return m.words_place_line({ line: found.line });
	const row = m.words_place_row({ row: found.row });
	return found.sheet === null ? row : `${found.sheet}, ${row}`;
}

/** Address of a stored file, at the place where a record stands. */
export function sourceAddress(sha256: string, place: string | null, fileName: string | null = null): string {
	const found = place === null ? null : readPlace(place, fileName);
	const file = `/sources/${sha256}`;
	if (found === null) return file;
	if ('line' in found) {
		// A line may hold a whole file: the page then looks for the element in it.
		const q =
			found.element !== null && isAskable(found.element) ? `&q=${encodeURIComponent(found.element)}` : '';
		return `${file}?line=${found.line}${q}#line-${found.line}`;
	}
	const sheet = found.sheet === null ? '' : `sheet=${encodeURIComponent(found.sheet)}&`;
	return `${file}?${sheet}row=${found.row}#row-${found.row}`;
}

/** Whether an address can hold it. */
function isAskable(element: string): boolean {
	return element.length <= 200 && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(element) && element.trim() === element;
}
