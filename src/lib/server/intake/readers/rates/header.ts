import type { Finding } from '../../record.ts';
import { readRateRows, type RateRow } from './rows.ts';
import { stop } from './table.ts';

/** A header may stand below a title and a note; further down, what looks like one is not. */
const HEADER_WITHIN = 20;

/** The rows below a header, with what the header says and the rows above it. */
export type UnderHeader<Columns> = {
	kind: 'under-header';
	row: RateRow;
	columns: Columns;
	header: RateRow;
	above: readonly RateRow[];
};

/**
 * The rows of a list below its header, which `find` knows. A file without one, or without rows, ends in a finding.
 * @param layout the list in words, for a person whose file has another layout
 */
export async function* readUnderHeader<Columns>(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string,
	layout: string,
	find: (cells: readonly string[]) => Columns | null
): AsyncGenerator<UnderHeader<Columns> | Finding> {
	const above: RateRow[] = [];
	let header: { row: RateRow; columns: Columns } | null = null;
	let rows = 0;
	let stopped = false;
	for await (const row of readRateRows(bytes, fileName)) {
		if (row.kind === 'finding') {
			stopped ||= row.severity === 'critical';
			yield row;
		} else if (header === null) {
			const columns = find(row.cells);
			if (columns !== null) header = { row, columns };
			else if (above.push(row) >= HEADER_WITHIN) break;
		} else {
			rows += 1;
			yield { kind: 'under-header', row, columns: header.columns, header: header.row, above };
		}
	}
	if (stopped) return;
	if (header === null) {
		if (above.length === 0) yield stop(fileName, 'no-rows', 'an empty file');
		else yield stop(above[0]!.at(), 'header-missing', `no row with ${layout}`);
	} else if (rows === 0) {
		yield {
			kind: 'finding',
			severity: 'warning',
			rule: 'no-rows',
			place: fileName,
			read: 'a header and no rows',
			done: 'nothing read'
		};
	}
}
