import { Unreadable } from '../unreadable.ts';
import { CsvTokens } from './tokens.ts';

/** The commoner inside texts a mark is, the later it comes. */
const DELIMITERS = ['\t', ';', '|', ','] as const;

const ROWS_LOOKED_AT = 100;

/**
 * The delimiter that cuts the beginning of a file into rows of the same width most often, then into the most columns; a
 * comma where none cuts anything. A first line `sep=;`, as spreadsheets write and read it, decides.
 */
export function guessDelimiter(text: string): string {
	const stated = /^sep=(.)\r?\n/i.exec(text)?.[1];
	if (stated !== undefined) return stated;
	let best = { delimiter: ',', share: 0, columns: 1 };
	for (const delimiter of DELIMITERS) {
		const widths = widthsOf(text, delimiter);
		const { columns, rows } = commonest(widths);
		const share = rows / Math.max(1, widths.length);
		if (columns < 2) continue;
		const better = share > best.share + 0.1 || (share > best.share - 0.1 && columns > best.columns);
		if (better) best = { delimiter, share, columns };
	}
	return best.delimiter;
}

/** How wide the rows are with a delimiter; the last one may be cut, so it does not count unless it is alone. */
function widthsOf(text: string, delimiter: string): number[] {
	const tokens = new CsvTokens(delimiter);
	let rows;
	try {
		rows = tokens.push(text);
		if (rows.length === 0) rows = tokens.end();
	} catch (error) {
		if (error instanceof Unreadable) return [];
		throw error;
	}
	return rows
		.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
		.slice(0, ROWS_LOOKED_AT)
		.map(({ cells }) => cells.length);
}

/** The commonest width above one, as most files have a title of one cell. */
function commonest(widths: readonly number[]): { columns: number; rows: number } {
	const counts = new Map<number, number>();
	for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
	let found = { columns: 1, rows: 0 };
	for (const [columns, rows] of counts) if (rows > found.rows) found = { columns, rows };
	return found;
}
