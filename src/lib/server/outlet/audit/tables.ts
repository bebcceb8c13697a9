import { m } from '#lib/paraglide/messages.js';
import type { CheckResult } from '#lib/server/ledger/checks/list.ts';
import type { Evidence } from '#lib/server/ledger/evidence.ts';
import { differenceOf, relationOf, stateOf } from '#lib/slice/check.ts';
import { ENTRY_COLUMNS, type ColumnKind, type EntryColumn } from '#lib/words/entry-column.ts';
import { writeCsvLine } from '../csv.ts';
import type { NumberedItem } from './audit.ts';

/** The tables of an audit pack, by the names of their files, with what each column means. */
export const TABLES = {
	'population.csv': [
		{ name: 'item', kind: 'integer', meaning: m.audit_column_item },
		{ name: 'item_key', kind: 'code', meaning: m.audit_column_item_key },
		{ name: 'stratum', kind: 'text', meaning: m.audit_column_stratum },
		...ENTRY_COLUMNS
	],
	'sample.csv': [
		{ name: 'item', kind: 'integer', meaning: m.audit_column_item },
		{ name: 'item_key', kind: 'code', meaning: m.audit_column_item_key },
		{ name: 'stratum', kind: 'text', meaning: m.audit_column_stratum },
		{ name: 'chosen_by', kind: 'code', meaning: m.audit_column_chosen_by },
		{ name: 'chosen_at', kind: 'decimal', meaning: m.audit_column_chosen_at },
		...ENTRY_COLUMNS
	],
	'sources.csv': [
		{ name: 'name', kind: 'text', meaning: m.audit_column_source_name },
		{ name: 'sha256', kind: 'code', meaning: m.audit_column_source_sha256 },
		{ name: 'origin_url', kind: 'text', meaning: m.audit_column_source_origin },
		{ name: 'licence', kind: 'text', meaning: m.audit_column_source_licence },
		{ name: 'posting', kind: 'integer', meaning: m.audit_column_source_posting },
		{ name: 'known_at', kind: 'code', meaning: m.audit_column_source_known_at },
		{ name: 'entries', kind: 'integer', meaning: m.audit_column_source_entries }
	],
	'rates.csv': [
		{ name: 'publisher', kind: 'text', meaning: m.audit_column_rate_publisher },
		{ name: 'currency', kind: 'code', meaning: m.audit_column_rate_currency },
		{ name: 'rate_date', kind: 'date', meaning: m.audit_column_rate_date },
		{ name: 'units_per_eur', kind: 'decimal', meaning: m.audit_column_rate_eur },
		{ name: 'units_per_usd', kind: 'decimal', meaning: m.audit_column_rate_usd },
		{ name: 'entries', kind: 'integer', meaning: m.audit_column_rate_entries }
	],
	'checks.csv': [
		{ name: 'check', kind: 'code', meaning: m.audit_column_check },
		{ name: 'project', kind: 'text', meaning: m.audit_column_check_project },
		{ name: 'subject', kind: 'text', meaning: m.audit_column_check_subject },
		{ name: 'left', kind: 'decimal', meaning: m.audit_column_check_left },
		{ name: 'relation', kind: 'code', meaning: m.audit_column_check_relation },
		{ name: 'right', kind: 'decimal', meaning: m.audit_column_check_right },
		{ name: 'unit', kind: 'code', meaning: m.audit_column_check_unit },
		{ name: 'difference', kind: 'decimal', meaning: m.audit_column_check_difference },
		{ name: 'tolerance', kind: 'decimal', meaning: m.audit_column_check_tolerance },
		{ name: 'state', kind: 'code', meaning: m.audit_column_check_state },
		{ name: 'missing', kind: 'code', meaning: m.audit_column_check_missing },
		{ name: 'posting', kind: 'integer', meaning: m.audit_column_check_posting }
	],
	'dictionary.csv': [
		{ name: 'file', kind: 'code', meaning: m.audit_column_dictionary_file },
		{ name: 'column', kind: 'code', meaning: m.audit_column_dictionary_column },
		{ name: 'kind', kind: 'code', meaning: m.audit_column_dictionary_kind },
		{ name: 'meaning', kind: 'text', meaning: m.audit_column_dictionary_meaning }
	]
} as const satisfies Record<string, readonly EntryColumn[]>;

export type TableName = keyof typeof TABLES;

/** The first line of a table. */
export function headLine(table: TableName): string {
	return writeCsvLine(TABLES[table].map(({ name }) => ({ plain: name })));
}

/** An item of a population as a line of its table: its place in it, and its row. */
export function populationLine({ number, key, stratum, line }: NumberedItem): string {
	return `${cellsOf([number, key, stratum], ['integer', 'code', 'text'])},${line}`;
}

/** An item of a sample as a line of its table; null for one that is not in it. */
export function sampleLine({ number, key, stratum, chosen, line }: NumberedItem): string | null {
	if (chosen === null) return null;
	const kinds = ['integer', 'code', 'text', 'code', 'decimal'] as const;
	return `${cellsOf([number, key, stratum, chosen.how, chosen.at], kinds)},${line}`;
}

export function* sourceLines({ sources }: Evidence): Generator<string> {
	for (const { name, sha256, origin_url, licence, posting_no, known_at, entries } of sources) {
		const cells = [name, sha256, origin_url, licence, posting_no, known_at.toISOString(), entries];
		yield lineOf('sources.csv', cells);
	}
}

export function* rateLines({ rates }: Evidence): Generator<string> {
	for (const { publisher, currency, rate_date, rate_eur, rate_usd, entries } of rates)
		yield lineOf('rates.csv', [publisher, currency, rate_date, rate_eur, rate_usd, entries]);
}

export function* checkLines(results: readonly CheckResult[]): Generator<string> {
	for (const result of results) {
		const { code, project, subject, left, right, unit, tolerance, passed, missing, postingNo } = result;
		const difference = differenceOf(left, right);
		const state = stateOf(passed);
		yield lineOf('checks.csv', [
			...[code, project, subject, left, relationOf(code), right, unit, difference, tolerance, state],
			...[passed === null ? missing : null, postingNo]
		]);
	}
}

/** What every column of the pack means, in the language of the request: made before anything is streamed. */
export function dictionaryLines(): string[] {
	return Object.entries(TABLES).flatMap(([file, columns]) =>
		columns.map(({ name, kind, meaning }) => lineOf('dictionary.csv', [file, name, kind, meaning()]))
	);
}

type Cell = string | number | null;

function lineOf(table: TableName, cells: readonly Cell[]): string {
	const kinds: readonly ColumnKind[] = TABLES[table].map(({ kind }) => kind);
	return `${cellsOf(cells, kinds)}\r\n`;
}

function cellsOf(cells: readonly Cell[], kinds: readonly ColumnKind[]): string {
	const written = cells.map((cell, index) =>
		kinds[index] === 'text' ? { text: cell === null ? null : String(cell) } : { plain: cell }
	);
	return writeCsvLine(written).slice(0, -2);
}
