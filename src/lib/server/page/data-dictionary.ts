import type { Question } from '#lib/server/answer.ts';
import { DICTIONARY_PARTS, listDictionary } from '#lib/server/outlet/dictionary.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Every column that somebody can meet, by where it stands. */
export async function readDataDictionary(question: Question<never>) {
	refuseRestrictions(question);
	const tables = await listDictionary(question.db);
	return {
		parts: DICTIONARY_PARTS.map((part) => ({ part, tables: tables.filter((table) => table.part === part) }))
	};
}
