import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readInflated } from '../receive.ts';
import { surveySpreadsheet, type Survey } from './survey.ts';

/** So many files' surveys are kept, those asked for last, none of more cells than this. */
const MOST_KEPT = 4;
const MOST_CELLS = 200_000;

/** By database, then by the file's number and name; in the order in which they were last asked for. */
const kept = new WeakMap<Kysely<DB>, Map<string, Promise<Survey>>>();

/**
 * Looks a stored spreadsheet over, once for all who ask: a file's bytes never change. One whose bytes were destroyed is not
 * remembered either. What is answered is shared: it must not be changed.
 */
export async function surveySource(
	db: Kysely<DB>,
	{ source_id, name }: { source_id: string; name: string }
): Promise<Survey> {
	const surveys = kept.get(db) ?? new Map<string, Promise<Survey>>();
	kept.set(db, surveys);
	const key = `${source_id} ${name}`;
	const known = surveys.get(key);
	if (known && (await isStored(db, source_id))) {
		surveys.delete(key);
		surveys.set(key, known);
		return known;
	}
	const coming = surveySpreadsheet(readInflated(db, source_id), name);
	surveys.set(key, coming);
	const [oldest] = surveys.keys();
	if (surveys.size > MOST_KEPT) surveys.delete(oldest!);
	const forget = () => {
		if (surveys.get(key) === coming) surveys.delete(key);
	};
	try {
		const survey = await coming;
		if (countCells(survey) > MOST_CELLS) forget();
		return survey;
	} catch (error) {
		// What could not be read is read again for the next who asks.
		forget();
		throw error;
	}
}

function countCells({ sheets }: Survey): number {
	const rows = sheets.flatMap(({ first, last }) => [...first, ...last]);
	return rows.reduce((cells, row) => cells + row.cells.length, 0);
}

async function isStored(db: Kysely<DB>, sourceId: string): Promise<boolean> {
	const { rows } = await sql<{ stored: boolean }>`
		select exists (select from source_chunk where source_id = ${sourceId}::bigint) as stored`.execute(db);
	return rows[0]!.stored;
}

/** The survey of one sheet alone, where one is chosen. An address has lost the blanks that its name may end with. */
export function onlySheet(survey: Survey, sheet: string | null): Survey {
	if (sheet === null) return survey;
	return { ...survey, sheets: survey.sheets.filter(({ name }) => name.trim() === sheet.trim()) };
}
