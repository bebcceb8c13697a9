import { error } from '@sveltejs/kit';
import { mayWrite } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { writeFindingsCsv } from '#lib/server/outlet/findings-csv.ts';
import { listImports } from '#lib/server/page/import.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, ['import'], async ({ db, fields, runtime }) => {
		const source = await findSource(db, event.params.sha);
		if (!source || !(source.released || mayWrite(event))) error(404, { message: 'no such source' });
		const imports = await listImports(db, source.source_id);
		const chosen = imports.find(({ import_id }) => import_id === fields.import);
		if (!chosen) error(404, { message: 'no such import' });
		return writeFindingsCsv(runtime.database.exports, chosen.import_id, source.name);
	});
