import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { inflated } from '../inflate.ts';
import { readSource } from '../receive.ts';
import { surveySpreadsheet, type Survey } from './survey.ts';

/** No stored file is larger; what a compressed one may hold is limited when it is read. */
const MOST_BYTES = 4 * 2 ** 30;

/** Looks a stored spreadsheet over. */
export async function surveySource(
	db: Kysely<DB>,
	{ source_id, name }: { source_id: string; name: string }
): Promise<Survey> {
	return surveySpreadsheet(inflated(readSource(db, source_id), MOST_BYTES), name);
}

/** The survey of one sheet alone, where one is chosen. An address has lost the blanks that its name may end with. */
export function onlySheet(survey: Survey, sheet: string | null): Survey {
	if (sheet === null) return survey;
	return { ...survey, sheets: survey.sheets.filter(({ name }) => name.trim() === sheet.trim()) };
}
