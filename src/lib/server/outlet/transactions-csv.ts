import type { RowBatch } from '#lib/server/ledger/row-stream.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { csvBatchWriter, writeCsvLine } from './csv.ts';
import { headersOf, type Extract } from './extract.ts';
import { streamPieces } from './stream.ts';

/**
 * Every row of a slice as CSV, one batch in memory at a time. What a file of rows alone cannot carry stands in the headers
 * and, whole, at the address that `Link` names.
 */
export function writeTransactionsCsv(extract: Extract): Response {
	const { slice, address } = extract;
	return new Response(streamPieces(linesOf(extract)), {
		headers: {
			...headersOf(extract, {
				name: `transactions-${slice.measure}.csv`,
				type: 'text/csv; charset=utf-8; header=present'
			}),
			link: `<${address.replace('/transactions', '/transactions.csv-metadata.json')}>; rel="describedby"; type="application/json"`
		}
	});
}

async function* linesOf(extract: Extract): AsyncGenerator<string> {
	yield writeCsvLine(ENTRY_COLUMNS.map(({ name }) => ({ plain: name })));
	const write = csvBatchWriter(ENTRY_COLUMNS);
	for await (const batch of extract.lines()) for (const part of partsOf(batch)) yield write(part);
}

/** Few enough to be written within a few milliseconds: a page that is asked for need not wait longer. */
const MOST_AT_ONCE = 250;

function* partsOf(batch: RowBatch): Generator<RowBatch> {
	const count = 'rows' in batch ? batch.rows.length : batch.lines.length;
	for (let from = 0; from < count; from += MOST_AT_ONCE) {
		const to = from + MOST_AT_ONCE;
		yield 'rows' in batch ? { rows: batch.rows.slice(from, to) } : { lines: batch.lines.slice(from, to) };
	}
}
