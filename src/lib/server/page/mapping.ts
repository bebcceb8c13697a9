import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import { checkMapping, type MappingProblem } from '#lib/server/intake/spreadsheet/check-mapping.ts';
import { columnLetters } from '#lib/server/intake/spreadsheet/cell.ts';
import { guessMapping, type Question } from '#lib/server/intake/spreadsheet/guess.ts';
import { headersOf } from '#lib/server/intake/spreadsheet/headers.ts';
import { draftOf, type MappingDraft } from '#lib/server/intake/spreadsheet/mapping-form.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import { findMapping, listMappedReporters } from '#lib/server/intake/spreadsheet/remembered.ts';
import { onlySheet, surveySource } from '#lib/server/intake/spreadsheet/survey-source.ts';
import type { SheetSurvey, Survey } from '#lib/server/intake/spreadsheet/survey.ts';

const SAMPLE_ROWS = 8;
const EXAMPLES = 3;

/** A column of the sheet as the mapping page offers it, with some of what stands below its heading. */
export type OfferedColumn = { column: number; letters: string; header: string; examples: string[] };

/** What can be offered to choose from: the key, and what it is called. */
export type Offered = { key: string; name: string };

/** What the mapping page shows: the file's sheets, a guess or how it was read last, and what is still wrong with it. */
export type MappingShown = {
	sheets: { name: string; rows: number }[];
	draft: MappingDraft;
	questions: Question[];
	columns: OfferedColumn[];
	/** The first rows of the sheet as they stand, without columns that are masked. */
	sample: { row: number; cells: { column: number; text: string }[] }[];
	problems: MappingProblem[];
	findings: Survey['findings'];
	reporters: string[];
	organisations: Offered[];
	activities: Offered[];
};

/** What a person asked for: a sheet, the row of its headings, and whose last file is like it. */
export type MappingAsked = { sheet: string | null; row: string | null; reporter: string | null };

/** Reads a spreadsheet over; `last` is how this very file was read before, which holds unless something else is asked for. */
export async function readMapping(
	db: Kysely<DB>,
	source: SourceFile,
	asked: MappingAsked,
	last: Mapping | null
): Promise<MappingShown> {
	const survey = await surveySource(db, source);
	const { mapping, questions } = await proposeMapping(db, survey, asked, last);
	const chosen = survey.sheets.find(({ name }) => name === mapping.sheet);
	return {
		sheets: survey.sheets.map(({ name, rows }) => ({ name, rows })),
		draft: draftOf(mapping),
		questions,
		columns: chosen ? offeredColumns(chosen, mapping) : [],
		sample: chosen ? sampleOf(chosen, mapping) : [],
		problems: checkMapping(mapping, survey),
		findings: survey.findings,
		reporters: await listMappedReporters(db),
		organisations: await listOrganisations(db),
		activities: await listActivities(db)
	};
}

async function proposeMapping(
	db: Kysely<DB>,
	survey: Survey,
	{ sheet, row, reporter }: MappingAsked,
	last: Mapping | null
): Promise<{ mapping: Mapping; questions: Question[] }> {
	if (last !== null && sheet === null && row === null && reporter === null)
		return { mapping: last, questions: [] };
	const remembered = reporter === null ? last : await findMapping(db, reporter);
	const headerRow = row === null ? null : Number.parseInt(row, 10);
	const { mapping, questions } = guessMapping(onlySheet(survey, sheet), remembered, headerRow);
	if (headerRow !== null) mapping.headerRow = headerRow;
	if (reporter !== null) mapping.constants = { ...mapping.constants, reporter };
	return { mapping, questions };
}

function offeredColumns({ columns, first }: SheetSurvey, { headerRow, masked }: Mapping): OfferedColumn[] {
	const index = first.findIndex(({ row }) => row === headerRow);
	const headers = index < 0 ? new Map<number, string>() : headersOf(first[index]!, first[index - 1] ?? null);
	const hidden = new Set(masked.map(({ column }) => column));
	return columns.map(({ column }) => ({
		column,
		letters: columnLetters(column),
		header: headers.get(column) ?? '',
		examples: hidden.has(column) ? [] : examplesBelow(first, headerRow, column)
	}));
}

function examplesBelow(first: SheetSurvey['first'], headerRow: number, column: number): string[] {
	const texts = first
		.filter(({ row }) => row > headerRow)
		.flatMap(({ cells }) => cells.filter((cell) => cell.column === column).map(({ text }) => text));
	return [...new Set(texts)].slice(0, EXAMPLES);
}

function sampleOf({ first }: SheetSurvey, { masked }: Mapping): MappingShown['sample'] {
	const hidden = new Set(masked.map(({ column }) => column));
	return first.slice(0, SAMPLE_ROWS).map(({ row, cells }) => ({
		row,
		cells: cells.filter(({ column }) => !hidden.has(column)).map(({ column, text }) => ({ column, text }))
	}));
}

const MOST_OFFERED = 300;

/** Organisations of the books by key, for the form to offer as reporter and partners. */
async function listOrganisations(db: Kysely<DB>): Promise<Offered[]> {
	const { rows } = await sql<Offered>`
		select key, name from organisation join lateral (
			select name from organisation_version v where v.organisation_id = organisation.organisation_id order by posting_no desc limit 1
		) latest on true order by name collate "C" limit ${MOST_OFFERED}::integer`.execute(db);
	return rows;
}

/** Published activities that came last into the books: what a ledger is about is seldom old. */
async function listActivities(db: Kysely<DB>): Promise<Offered[]> {
	const { rows } = await sql<Offered>`
		select activity.key, coalesce(v.title ->> 'en', (select value from jsonb_each_text(v.title) limit 1), '') as name
		from activity join activity_current c using (activity_id) join activity_version v using (activity_version_id)
		where activity.nature = 'published' and not c.withdrawn order by activity.activity_id desc limit ${MOST_OFFERED}::integer`.execute(
		db
	);
	return rows;
}
