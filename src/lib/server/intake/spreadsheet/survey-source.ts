import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { inflated } from '../inflate.ts';
import { readSource } from '../receive.ts';
import { surveySpreadsheet, type Survey } from './survey.ts';

/** No stored file is larger; what a compressed one may hold is limited when it is read. */
const MOST_BYTES = 4 * 2 ** 30;

/** So many files' surveys are kept, those asked for last; each is some hundred kilobytes, at most some megabytes. */
const MOST_KEPT = 4;

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
	surveys.delete(key);
	if (known && (await isStored(db, source_id))) {
		surveys.set(key, known);
		return known;
	}
	const survey = surveySpreadsheet(inflated(readSource(db, source_id), MOST_BYTES), name);
	surveys.set(key, survey);
	for (const oldest of surveys.keys()) {
		if (surveys.size <= MOST_KEPT) break;
		surveys.delete(oldest);
	}
	// A file that could not be read is read again by the next who asks.
	survey.catch(() => surveys.delete(key));
	return survey;
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
