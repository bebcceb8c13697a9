import type { Kysely } from 'kysely';
import { m } from '#lib/paraglide/messages.js';
import { describeAnswers, type FieldLine } from '#lib/server/api/describe.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { ANNEX_COLUMNS, RULE_COLUMNS } from '#lib/words/annex-column.ts';
import { CHANGE_COLUMNS } from '#lib/words/change-column.ts';
import {
	absenceText,
	ANNEX_DETAILS,
	CHANGE_DETAILS,
	COLUMN_DETAILS,
	kindText,
	originText,
	RULE_DETAILS,
	type Absence,
	type ColumnDetail,
	type FieldOrigin
} from '#lib/words/dictionary.ts';
import { ENTRY_COLUMNS, type EntryColumn } from '#lib/words/entry-column.ts';
import { TABLES, type TableName } from './audit/tables.ts';
import { writeCsvLine } from './csv.ts';
import { listDatabaseColumns } from './database-columns.ts';
import { FINDING_COLUMNS } from './findings-csv.ts';

/** One column or field that somebody can meet. */
type DictionaryLine = FieldLine;

/** What stands together: a file's columns, an answer's fields, a table's columns. */
export type DictionaryTable = {
	id: string;
	part: DictionaryPart;
	title: string;
	note: string;
	lines: DictionaryLine[];
};

export const DICTIONARY_PARTS = ['download', 'audit', 'findings', 'api', 'database'] as const;
export type DictionaryPart = (typeof DICTIONARY_PARTS)[number];

/** The whole data dictionary: downloads, answers to programs, and the database as it stands. */
export async function listDictionary(db: Kysely<DB>): Promise<DictionaryTable[]> {
	return [
		{
			id: 'transactions',
			part: 'download',
			title: m.dictionary_of_downloads(),
			note: '',
			lines: ENTRY_COLUMNS.map(entryLine)
		},
		{
			id: 'changes',
			part: 'download',
			title: '/changes.csv',
			note: '',
			lines: [...CHANGE_COLUMNS.map(changeLine), ...ENTRY_COLUMNS.map(entryLine)]
		},
		{
			id: 'annex',
			part: 'download',
			title: '/projects/…/agreement.csv, .xlsx',
			note: '',
			lines: [
				...ANNEX_COLUMNS.map((column) => lineOf(column, ANNEX_DETAILS[column.name])),
				...ENTRY_COLUMNS.map(entryLine)
			]
		},
		{
			id: 'annex-rules',
			part: 'download',
			title: m.agreement_annex_rules_table(),
			note: '',
			lines: RULE_COLUMNS.map((column) => lineOf(column, RULE_DETAILS[column.name]))
		},
		...listPack(),
		{
			id: 'findings',
			part: 'findings',
			title: '/sources/…/findings.csv',
			note: '',
			lines: FINDING_COLUMNS.map(({ name, meaning }) => ({
				name,
				meaning: meaning(),
				type: kindText(name === 'severity' ? 'code' : 'text'),
				unit: '',
				codes: name === 'severity' ? 'critical | error | warning' : '',
				origin: originText('books'),
				absence: absenceText(name === 'place' || name === 'read' ? 'not_applicable' : 'never')
			}))
		},
		...describeAnswers().map(({ name, address, lines }) => ({
			id: `api-${name}`,
			part: 'api' as const,
			title: address,
			note: '',
			lines
		})),
		...(await listTables(db))
	];
}

const entryLine = (column: (typeof ENTRY_COLUMNS)[number]) => lineOf(column, COLUMN_DETAILS[column.name]);
const changeLine = (column: (typeof CHANGE_COLUMNS)[number]) => lineOf(column, CHANGE_DETAILS[column.name]);

function lineOf(
	{ name, kind, meaning }: EntryColumn,
	{ unit = '', codes = '', origin, absence }: ColumnDetail
): DictionaryLine {
	return {
		name,
		meaning: meaning(),
		type: kindText(kind),
		unit,
		codes: typeof codes === 'string' ? codes : codes.join(' | '),
		origin: originText(origin),
		absence: absenceText(absence)
	};
}

const ORIGIN_IN_PACK: Record<TableName, FieldOrigin> = {
	'population.csv': 'computed',
	'sample.csv': 'computed',
	'sources.csv': 'books',
	'rates.csv': 'source',
	'checks.csv': 'computed',
	'dictionary.csv': 'books'
};
/** Columns of a pack's own that may be empty; all others are always filled. */
const ABSENT_IN_PACK: Record<string, Absence> = {
	stratum: 'not_applicable',
	chosen_at: 'not_applicable',
	origin_url: 'not_stated',
	licence: 'not_stated',
	units_per_eur: 'not_converted',
	units_per_usd: 'not_converted',
	left: 'not_known',
	right: 'not_known',
	difference: 'not_known',
	missing: 'not_applicable'
};

/** The tables of an audit pack. What they share with a download of rows means the same there. */
function listPack(): DictionaryTable[] {
	return (Object.keys(TABLES) as TableName[]).map((file) => ({
		id: `audit-${file.replace('.csv', '')}`,
		part: 'audit',
		title: file,
		note: '',
		lines: TABLES[file].map((column) => {
			const shared = ENTRY_COLUMNS.find((own) => own === column);
			if (shared) return entryLine(shared);
			return {
				name: column.name,
				meaning: column.meaning(),
				type: kindText(column.kind),
				unit: '',
				codes: '',
				origin: originText(ORIGIN_IN_PACK[file]),
				absence: absenceText(ABSENT_IN_PACK[column.name] ?? 'never')
			};
		})
	}));
}

async function listTables(db: Kysely<DB>): Promise<DictionaryTable[]> {
	const tables = Map.groupBy(await listDatabaseColumns(db), ({ table }) => table);
	return [...tables].map(([table, columns]) => ({
		id: `table-${table}`,
		part: 'database',
		title: table,
		note: columns[0]!.holds ?? '',
		lines: columns.map(({ name, meaning, type, nullable }) => ({
			name,
			meaning: meaning ?? '',
			type,
			unit: '',
			codes: '',
			origin: '',
			absence: nullable ? m.dictionary_absence_may() : absenceText('never')
		}))
	}));
}

const COLUMNS = ['part', 'table', 'column', 'meaning', 'type', 'unit', 'codes', 'origin', 'when_empty'];

/** The dictionary as a file, a line for each column; its own columns are named in English in every language. */
export async function writeDictionaryCsv(db: Kysely<DB>): Promise<Response> {
	const lines = (await listDictionary(db)).flatMap(({ part, title, lines: own }) =>
		own.map(({ name, meaning, type, unit, codes, origin, absence }) =>
			writeCsvLine([part, title, name, meaning, type, unit, codes, origin, absence].map((text) => ({ text })))
		)
	);
	return new Response(writeCsvLine(COLUMNS.map((text) => ({ text }))) + lines.join(''), {
		headers: {
			'content-type': 'text/csv; charset=utf-8; header=present',
			'content-disposition': 'attachment; filename="data-dictionary.csv"'
		}
	});
}
