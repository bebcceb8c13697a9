import { error } from '@sveltejs/kit';
import { openSource } from '#lib/server/access/source.ts';
import { answer } from '#lib/server/answer.ts';
import { writeFindingsCsv } from '#lib/server/outlet/findings-csv.ts';
import { findImportOf } from '#lib/server/page/import.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, ['import'], async (question) => {
		const { source } = await openSource(event, question);
		const chosen = await findImportOf(question.db, source, question.fields.import);
		if (!chosen) error(404, { message: 'no such import' });
		return writeFindingsCsv(question.runtime.database.exports, chosen.import_id, source.name);
	});
