import { m } from '#lib/paraglide/messages.js';
import { rowsOf, type StreamedRow } from '#lib/server/ledger/row-stream.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { headersOf, headOf, type Extract } from './extract.ts';
import { streamPieces } from './stream.ts';
import {
	columnsOf,
	dictionarySheet,
	evidenceSheets,
	totalsSheet,
	WORKBOOK_TYPE,
	type SheetValues
} from './workbook-sheets.ts';
import { writeWorkbook } from './xlsx/workbook.ts';

/** A workbook: the rows with typed days and amounts, then what was asked and its totals, sources, rates and the dictionary. */
export function writeTransactionsXlsx(extract: Extract): Response {
	const { slice, pinned, words } = extract;
	const mark = slice.nature === 'demonstration' ? 'DEMONSTRATION ' : '';
	const pieces = writeWorkbook({
		title: words,
		created: pinned.knownAt,
		sheets: [
			{
				name: `${mark}${m.exports_sheet_data()}`,
				columns: columnsOf(ENTRY_COLUMNS),
				rows: rowsOfLines(extract)
			},
			totalsSheet(factsOf(extract)),
			...evidenceSheets(() => extract.evidence()),
			dictionarySheet(ENTRY_COLUMNS)
		]
	});
	return new Response(streamPieces(pieces), {
		headers: headersOf(extract, { name: `transactions-${slice.measure}.xlsx`, type: WORKBOOK_TYPE })
	});
}

async function* rowsOfLines(extract: Extract): AsyncGenerator<readonly StreamedRow[]> {
	for await (const batch of extract.lines()) yield rowsOf(batch);
}

function factsOf(extract: Extract): SheetValues[] {
	const head = headOf(extract);
	const { total } = extract.pinned;
	return [
		...(head.DEMONSTRATION === undefined ? [] : [['DEMONSTRATION', head.DEMONSTRATION, null, null]]),
		[m.exports_title(), head.title, null, null],
		[m.exports_address(), head.address, null, null],
		[m.exports_nature(), head.nature, null, null],
		[m.exports_as_of(), head.as_of ?? m.exports_as_of_now(), null, null],
		[
			m.exports_data_version(),
			`published ${head.data_version.published ?? 0}, demonstration ${head.data_version.demonstration ?? 0}`,
			null,
			null
		],
		[m.exports_generated_at(), head.generated_at, null, null],
		[m.exports_terms_label(), head.terms, null, null],
		[m.exports_row_count(), null, String(total.entries), null],
		[m.exports_control_total(), null, total.amount, total.currency],
		...total.unconverted.map(({ currency, amount }) => [m.exports_unconverted(), null, amount, currency]),
		...total.notCounted.map(({ reason, amount }) => [m.exports_not_counted(), reason, amount, total.currency])
	];
}
