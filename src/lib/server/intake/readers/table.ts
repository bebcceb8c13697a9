import type { Finding } from '../record.ts';
import { Cells } from './cells.ts';
import { readCsvRows } from './csv-rows.ts';
import type { ReaderOptions } from './reader.ts';

/** A header and what it is good for: the row number of the header is always 1. */
export type Header = { kind: 'header'; columns: string[] };

/**
 * The rows of a file whose first row names its columns. Yields the header once, then a `Cells` per row. Rows
 * with more or fewer cells than the header, and rows that state another nature than the import's, are refused.
 */
export async function* readTable(
	bytes: AsyncIterable<Uint8Array>,
	options: ReaderOptions
): AsyncGenerator<Header | Cells | Finding> {
	let columns: string[] | null = null;
	let rows = 0;
	for await (const row of readCsvRows(bytes, options.fileName)) {
		if (row.kind === 'finding') {
			yield row;
			continue;
		}
		if (columns === null) {
			columns = row.cells.map((name) => name.trim());
			yield { kind: 'header', columns };
			continue;
		}
		rows += 1;
		const place = `${options.fileName} row ${row.number}`;
		if (row.cells.length !== columns.length) {
			yield refused(place, 'row-width', `${row.cells.length} cells under ${columns.length} columns`);
			continue;
		}
		const cells = new Cells(columns, row.cells, place);
		const nature = cells.text('nature');
		if (nature !== null && nature !== options.nature) {
			yield refused(place, 'nature-differs', `${nature} in an import of ${options.nature} data`);
			continue;
		}
		yield cells;
	}
	if (rows === 0) {
		yield {
			kind: 'finding',
			severity: columns === null ? 'critical' : 'warning',
			rule: 'no-rows',
			place: options.fileName,
			read: columns === null ? 'an empty file' : 'a header and no rows',
			done: 'nothing read'
		};
	}
}

/** A critical finding for each column that is needed and not there. */
export function missingColumns(header: Header, needed: readonly string[], fileName: string): Finding[] {
	return needed
		.filter((column) => !header.columns.includes(column))
		.map((column) => ({
			kind: 'finding',
			severity: 'critical',
			rule: 'column-missing',
			place: `${fileName} row 1`,
			read: `no column ${column}`,
			done: 'file not read'
		}));
}

function refused(place: string, rule: string, read: string): Finding {
	return { kind: 'finding', severity: 'error', rule, place, read, done: 'row not read' };
}
