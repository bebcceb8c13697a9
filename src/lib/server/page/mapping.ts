import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import { checkMapping, type MappingProblem } from '#lib/server/intake/spreadsheet/check-mapping.ts';
import { columnLetters } from '#lib/server/intake/spreadsheet/cell.ts';
import { guessMapping, type Guess } from '#lib/server/intake/spreadsheet/guess.ts';
import { writeStated, writeTranslations } from '#lib/server/intake/spreadsheet/mapping-form.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { findMapping, listMappedReporters } from '#lib/server/intake/spreadsheet/remembered.ts';
import { onlySheet, surveySource } from '#lib/server/intake/spreadsheet/survey-source.ts';
import type { SheetSurvey, Survey } from '#lib/server/intake/spreadsheet/survey.ts';

const SAMPLE_ROWS = 8;

/** A column of the sheet as the mapping page offers it. */
export type OfferedColumn = { column: number; letters: string; header: string; examples: string[] };

/** What the mapping page shows: the file's sheets, a guess or what was chosen, and what is still wrong with it. */
export type MappingShown = {
	sheets: { name: string; rows: number }[];
	mapping: Mapping;
	questions: Guess['questions'];
	columns: OfferedColumn[];
	sample: { row: number; cells: { column: number; text: string }[] }[];
	problems: MappingProblem[];
	findings: Survey['findings'];
	translations: string;
	stated: string;
	reporters: string[];
	names: { key: string; name: string }[];
};

/** Reads a spreadsheet over and guesses its mapping; `reporter` recalls how that one's last file was read. */
export async function readMapping(
	db: Kysely<DB>,
	source: SourceFile,
	{ sheet, reporter, last }: { sheet: string | null; reporter: string | null; last: Mapping | null }
): Promise<MappingShown> {
	const survey = await surveySource(db, source);
	const remembered = reporter === null ? null : await findMapping(db, reporter);
	const guess = guessMapping(onlySheet(survey, sheet), remembered ?? last);
	const { mapping } = guess;
	if (reporter !== null) mapping.constants = { ...mapping.constants, reporter };
	const chosen = survey.sheets.find(({ name }) => name === mapping.sheet);
	return {
		sheets: survey.sheets.map(({ name, rows }) => ({ name, rows })),
		mapping,
		questions: guess.questions,
		columns: chosen ? offeredColumns(chosen, mapping.headerRow) : [],
		sample: chosen ? sampleOf(chosen, mapping) : [],
		problems: checkMapping(mapping, survey),
		findings: survey.findings,
		translations: writeTranslations(mapping),
		stated: writeStated(mapping),
		reporters: await listMappedReporters(db),
		names: await listNames(db)
	};
}

function offeredColumns({ columns, first }: SheetSurvey, headerRow: number): OfferedColumn[] {
	const header = first.find(({ row }) => row === headerRow);
	return columns.map(({ column, examples }) => ({
		column,
		letters: columnLetters(column),
		header: header?.cells.find((cell) => cell.column === column)?.text ?? '',
		examples: examples.slice(0, 3)
	}));
}

function sampleOf({ first }: SheetSurvey, { headerRow, masked }: Mapping): MappingShown['sample'] {
	const hidden = new Set(masked.map(({ column }) => column));
	return first
		.filter(({ row }) => row >= headerRow)
		.slice(0, SAMPLE_ROWS)
		.map(({ row, cells }) => ({
			row,
			cells: cells.filter(({ column }) => !hidden.has(column)).map(({ column, text }) => ({ column, text }))
		}));
}

const MOST_NAMES = 300;

/** Organisations of the books by key, for the form to offer as reporter and partners. */
async function listNames(db: Kysely<DB>): Promise<{ key: string; name: string }[]> {
	const { rows } = await sql<{ key: string; name: string }>`
		select key, name from organisation join lateral (
			select name from organisation_version v where v.organisation_id = organisation.organisation_id order by posting_no desc limit 1
		) latest on true order by name collate "C" limit ${MOST_NAMES}::integer`.execute(db);
	return rows;
}
