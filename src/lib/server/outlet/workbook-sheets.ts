import { m } from '#lib/paraglide/messages.js';
import type { Evidence } from '#lib/server/ledger/evidence.ts';
import type { EntryColumn } from '#lib/words/entry-column.ts';
import type { Sheet, SheetColumn } from './xlsx/workbook.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type SheetValues = readonly (string | null)[];

const WIDTHS = { text: 24, code: 14, date: 12, decimal: 18, integer: 9 } as const;

/** Columns of a sheet of rows: what each is called in every download, as wide as its kind needs. */
export function columnsOf(columns: readonly EntryColumn[]): SheetColumn[] {
	return columns.map(({ name, kind }) => ({ title: name, kind, width: WIDTHS[kind] }));
}

/** What was asked, and what it adds up to: one fact a row. A row is its name, a text, a number and the number's currency. */
export function totalsSheet(rows: readonly SheetValues[]): Sheet {
	return {
		name: m.exports_sheet_totals(),
		columns: [
			{ title: m.exports_fact(), kind: 'text', width: 30 },
			{ title: m.exports_text(), kind: 'text', width: 80 },
			{ title: m.exports_number(), kind: 'decimal', width: 20 },
			{ title: m.exports_currency(), kind: 'code', width: 10 }
		],
		rows: at(rows)
	};
}

/** Files and rates behind the rows, looked up when their sheets are reached, once. */
export function evidenceSheets(load: () => Promise<Evidence>): Sheet[] {
	let asked: Promise<Evidence> | undefined;
	const evidence = () => (asked ??= load());
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

/** What each column of the rows means. */
export function dictionarySheet(columns: readonly EntryColumn[]): Sheet {
	return {
		name: m.exports_sheet_dictionary(),
		columns: [
			{ title: m.exports_column(), kind: 'code', width: 22 },
			{ title: m.exports_kind(), kind: 'code', width: 10 },
			{ title: m.exports_meaning(), kind: 'text', width: 90 }
		],
		rows: at([
			...columns.map(({ name, kind, meaning }) => [name, kind, meaning()]),
			[null, 'decimal', m.exports_long_numbers()],
			[null, 'text', m.exports_long_texts()]
		])
	};
}

/** Rows that are there already. */
export async function* at(rows: readonly SheetValues[]): AsyncGenerator<readonly SheetValues[]> {
	yield rows;
}

async function* later(load: () => Promise<SheetValues[]>): AsyncGenerator<readonly SheetValues[]> {
	yield await load();
}
