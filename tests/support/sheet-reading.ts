import type { Finding } from '#lib/server/intake/record.ts';
import type { SheetRow } from '#lib/server/intake/spreadsheet/cell.ts';
import { readRows } from '#lib/server/intake/spreadsheet/rows.ts';

export async function* piecesOf(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
	for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
}

/** Bytes in pieces of so many. */
export function inPieces(bytes: Uint8Array, length: number): Uint8Array[] {
	return Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
		bytes.subarray(index * length, (index + 1) * length)
	);
}

/** All that a file gives: its sheets, rows and findings; rows as texts by column, blanks as empty ones. */
export async function readAll(
	bytes: AsyncIterable<Uint8Array>,
	fileName = 'f.csv',
	sheets?: readonly string[]
) {
	const read = { sheets: [] as string[], rows: [] as SheetRow[], findings: [] as Finding[] };
	for await (const part of readRows(bytes, fileName, sheets)) {
		if (part.kind === 'sheet') read.sheets.push(part.name);
		else if (part.kind === 'row') read.rows.push(part);
		else read.findings.push(part);
	}
	const texts = read.rows.map(({ cells }) => {
		const row: string[] = [];
		for (const { column, text } of cells) {
			while (row.length < column - 1) row.push('');
			row.push(text);
		}
		return row;
	});
	const rules = read.findings.map(({ severity, rule, place }) => [severity, rule, place]);
	return { ...read, texts, rules };
}
