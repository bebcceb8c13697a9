import type { StreamedRow } from '#lib/server/ledger/row-stream.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { headersOf, headOf, type Extract } from './extract.ts';
import { streamPieces } from './stream.ts';

const KEYS = ENTRY_COLUMNS.map(({ name }) => JSON.stringify(name));

const TYPE = 'application/json; charset=utf-8';

/** One document: what every download carries, the rows, and then the files and rates behind them. */
export function writeTransactionsJson(extract: Extract): Response {
	return new Response(streamPieces(documentOf(headOf(extract), extract)), {
		headers: headersOf(extract, { name: `transactions-${extract.slice.measure}.json`, type: TYPE })
	});
}

/** The same without the rows: what explains a CSV file. */
export function writeTransactionsMetadata(extract: Extract): Response {
	return new Response(streamPieces(metadataOf(headOf(extract), extract)), {
		headers: headersOf(extract, {
			name: `transactions-${extract.slice.measure}.csv-metadata.json`,
			type: TYPE
		})
	});
}

// The head is made before anything is streamed: its words are in the language of the request.
async function* documentOf(head: object, extract: Extract): AsyncGenerator<string> {
	// The head is an object of its own, left open for what follows.
	yield `${JSON.stringify(head, null, '\t').slice(0, -2)},\n\t"rows": [\n`;
	let isFirst = true;
	for await (const rows of extract.rows()) {
		const text = rows.map(objectOf).join(',\n');
		yield isFirst ? text : `,\n${text}`;
		isFirst = false;
	}
	const evidence = JSON.stringify(await extract.evidence(), null, '\t');
	yield `\n\t],\n${evidence.slice(2)}\n`;
}

async function* metadataOf(head: object, extract: Extract): AsyncGenerator<string> {
	yield `${JSON.stringify({ ...head, ...(await extract.evidence()) }, null, '\t')}\n`;
}

/** A row as an object by the names of the columns; amounts are text, so that no reader makes floats of them. */
function objectOf(row: StreamedRow): string {
	return `{${KEYS.map((key, index) => `${key} : ${JSON.stringify(row[index])}`).join(', ')}}`;
}
