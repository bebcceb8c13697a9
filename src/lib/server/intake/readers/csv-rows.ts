import Papa from 'papaparse';
import type { Finding } from '../record.ts';

/** One row as it stands in the file; the header is number 1, so a spreadsheet shows the same number. */
export type CsvRow = { kind: 'row'; number: number; cells: string[] };

/** A quote that is never closed would otherwise pull the whole rest of a file into memory. */
const LONGEST_ROW = 1_000_000;

/**
 * Rows of a comma-separated file in UTF-8, as a stream; blank rows are passed over but counted.
 * Bytes that are not UTF-8 and rows without end are critical findings and end the stream.
 * @param delimiter what stands between cells, where it is no comma
 */
export async function* readCsvRows(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string,
	delimiter = ','
): AsyncGenerator<CsvRow | Finding> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let pending = '';
	let newline: '\n' | '\r' | '\r\n' | null = null;
	let number = 0;
	const numbered = (rows: Parsed[]) => {
		const found: (CsvRow | Finding)[] = [];
		for (const row of rows) {
			number += 1;
			const place = `${fileName} row ${number}`;
			if (row.unclosed)
				found.push(stopped(place, 'csv-quote-unclosed', `${row.cells.join(',').slice(0, 80)} ...`));
			else if (row.malformed !== null) found.push(malformed(place, row.malformed));
			else if (row.cells.some((cell) => cell.trim() !== '')) {
				found.push({ kind: 'row', number, cells: row.cells });
			}
		}
		return found;
	};
	try {
		for await (const chunk of bytes) {
			pending += decoder.decode(chunk, { stream: true });
			newline ??= guessNewline(pending);
			const rows = parse(pending, newline, delimiter);
			// The last row may go on in the next chunk, so it is parsed again with it.
			const whole = rows.slice(0, -1);
			pending = pending.slice(whole.at(-1)?.end ?? 0);
			yield* numbered(whole);
			if (pending.length > LONGEST_ROW) {
				yield stopped(`${fileName} row ${number + 1}`, 'row-too-long', `${pending.slice(0, 80)} ...`);
				return;
			}
		}
		pending += decoder.decode();
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		yield stopped(`${fileName} after row ${number}`, 'not-utf-8', 'bytes that are not UTF-8 text');
		return;
	}
	if (pending !== '') yield* numbered(parse(pending, newline ?? '\n', delimiter));
}

type Parsed = { cells: string[]; end: number; unclosed: boolean; malformed: string | null };

function parse(text: string, newline: '\n' | '\r' | '\r\n' | null, delimiter: string): Parsed[] {
	const rows: Parsed[] = [];
	Papa.parse<string[]>(text, {
		delimiter,
		newline: newline ?? '\n',
		step: ({ data, errors, meta }) => {
			rows.push({
				cells: data,
				end: meta.cursor,
				unclosed: errors.some((error) => error.code === 'MissingQuotes'),
				malformed: errors[0]?.message ?? null
			});
		}
	});
	return rows;
}

/** Null until the text holds a line break that cannot be the first half of another one. */
function guessNewline(text: string): '\n' | '\r' | '\r\n' | null {
	const at = text.search(/[\r\n]/);
	if (at < 0 || at === text.length - 1) return null;
	if (text[at] === '\n') return '\n';
	return text[at + 1] === '\n' ? '\r\n' : '\r';
}

function malformed(place: string, read: string): Finding {
	return { kind: 'finding', severity: 'error', rule: 'csv-malformed', place, read, done: 'row not read' };
}

function stopped(place: string, rule: string, read: string): Finding {
	return { kind: 'finding', severity: 'critical', rule, place, read, done: 'reading stopped here' };
}
