import Papa from 'papaparse';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readSource } from '#lib/server/intake/receive.ts';

/** Rows shown on each side of the one asked for. */
const AROUND = 3;
const MOST_COLUMNS = 60;

export type SourceRow = { number: number; cells: string[] };

/**
 * The row of a stored CSV file with its neighbours, numbered as intake numbers them: the header is row 1. Reads only as
 * far as it must. Null when the file has no such row.
 */
export async function readSourceRows(
	db: Kysely<DB>,
	sourceId: string,
	row: number
): Promise<{ header: string[]; rows: SourceRow[] } | null> {
	let header: string[] = [];
	const rows: SourceRow[] = [];
	let text = '';
	const decoder = new TextDecoder();
	for await (const piece of readSource(db, sourceId)) text += decoder.decode(piece, { stream: true });
	let number = 0;
	Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
		skipEmptyLines: false,
		step: ({ data }, parser) => {
			number++;
			if (number === 1) header = data.slice(0, MOST_COLUMNS);
			else if (number >= row - AROUND && number <= row + AROUND)
				rows.push({ number, cells: data.slice(0, MOST_COLUMNS) });
			if (number > row + AROUND) parser.abort();
		}
	});
	return rows.some((candidate) => candidate.number === row) ? { header, rows } : null;
}
