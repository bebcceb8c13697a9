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
	for await (const batch of extract.lines()) yield write(batch);
}
