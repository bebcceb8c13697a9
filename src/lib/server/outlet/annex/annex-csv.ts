import { ANNEX_COLUMNS } from '#lib/words/annex-column.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { csvRowWriter, writeCsvLine } from '../csv.ts';
import { streamPieces } from '../stream.ts';
import { annexHeaders, rowsOfRule, type Annex } from './annex.ts';

const COLUMNS = [...ANNEX_COLUMNS, ...ENTRY_COLUMNS];

/** Every row that counts towards a rule on which a payment depends, as CSV. The rows of a rule add up to what its page says. */
export function writeAnnexCsv(annex: Annex): Response {
	return new Response(streamPieces(linesOf(annex)), {
		headers: annexHeaders(annex, { ending: 'csv', type: 'text/csv; charset=utf-8; header=present' })
	});
}

async function* linesOf({ rules }: Annex): AsyncGenerator<string> {
	yield writeCsvLine(COLUMNS.map(({ name }) => ({ plain: name })));
	const write = csvRowWriter(COLUMNS);
	for (const rule of rules) {
		for await (const rows of rowsOfRule(rule)) yield rows.map((row) => `${write(row)}\r\n`).join('');
	}
}
