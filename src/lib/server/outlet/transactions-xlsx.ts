import { m } from '#lib/paraglide/messages.js';
import { rowsOf, type StreamedRow } from '#lib/server/ledger/row-stream.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { headersOf, headOf, type Extract } from './extract.ts';
import { streamPieces } from './stream.ts';
import { writeWorkbook, type Sheet } from './xlsx/workbook.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Row = readonly (string | null)[];

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
				columns: ENTRY_COLUMNS.map(({ name, kind }) => ({ title: name, kind, width: WIDTHS[kind] })),
				rows: rowsOfLines(extract)
			},
			totalsSheet(extract),
			...evidenceSheets(extract),
			dictionarySheet()
		]
	});
	return new Response(streamPieces(pieces), {
		headers: headersOf(extract, { name: `transactions-${slice.measure}.xlsx`, type: TYPE })
	});
}

const WIDTHS = { text: 24, code: 14, date: 12, decimal: 18, integer: 9 } as const;

async function* rowsOfLines(extract: Extract): AsyncGenerator<readonly StreamedRow[]> {
	for await (const batch of extract.lines()) yield rowsOf(batch);
}

/** What was asked, and what it adds up to: one fact a row. */
function totalsSheet(extract: Extract): Sheet {
	const head = headOf(extract);
	const { total } = extract.pinned;
	const rows: Row[] = [
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
	return {
		name: m.exports_sheet_totals(),
		columns: [
			{ title: m.exports_fact(), kind: 'text', width: 30 },
			{ title: m.exports_text(), kind: 'text', width: 80 },
			{ title: m.exports_number(), kind: 'decimal', width: 20 },
			{ title: m.exports_currency(), kind: 'code', width: 10 }
		],
		rows: at([rows])
	};
}

/** Files and rates are looked up when their sheets are reached, once. */
function evidenceSheets(extract: Extract): Sheet[] {
	let asked: ReturnType<Extract['evidence']> | undefined;
	const evidence = () => (asked ??= extract.evidence());
	return [
		{
			name: m.exports_sheet_sources(),
			columns: [
				{ title: 'name', kind: 'text', width: 40 },
				{ title: 'sha256', kind: 'code', width: 66 },
				{ title: 'origin_url', kind: 'text', width: 40 },
				{ title: 'licence', kind: 'text', width: 24 },
				{ title: 'entries', kind: 'integer' },
				{ title: 'posting', kind: 'integer' },
				{ title: 'known_at', kind: 'code', width: 26 }
			],
			rows: later(async () =>
				(await evidence()).sources.map(
					({ name, sha256, origin_url, licence, entries, posting_no, known_at }) => [
						name,
						sha256,
						origin_url,
						licence,
						String(entries),
						String(posting_no),
						known_at.toISOString()
					]
				)
			)
		},
		{
			name: m.exports_sheet_rates(),
			columns: [
				{ title: 'publisher', kind: 'text', width: 40 },
				{ title: 'currency', kind: 'code' },
				{ title: 'rate_date', kind: 'date' },
				{ title: 'units_per_eur', kind: 'decimal' },
				{ title: 'units_per_usd', kind: 'decimal' },
				{ title: 'entries', kind: 'integer' }
			],
			rows: later(async () =>
				(await evidence()).rates.map(({ publisher, currency, rate_date, rate_eur, rate_usd, entries }) => [
					publisher,
					currency,
					rate_date,
					rate_eur,
					rate_usd,
					String(entries)
				])
			)
		}
	];
}

function dictionarySheet(): Sheet {
	return {
		name: m.exports_sheet_dictionary(),
		columns: [
			{ title: m.exports_column(), kind: 'code', width: 22 },
			{ title: m.exports_kind(), kind: 'code', width: 10 },
			{ title: m.exports_meaning(), kind: 'text', width: 90 }
		],
		rows: at([
			[
				...ENTRY_COLUMNS.map(({ name, kind, meaning }) => [name, kind, meaning()]),
				[null, 'decimal', m.exports_long_numbers()],
				[null, 'text', m.exports_long_texts()]
			]
		])
	};
}

async function* at(batches: readonly Row[][]): AsyncGenerator<Row[]> {
	yield* batches;
}

async function* later(load: () => Promise<Row[]>): AsyncGenerator<Row[]> {
	yield await load();
}
