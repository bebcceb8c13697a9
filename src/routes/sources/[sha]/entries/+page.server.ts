import { error } from '@sveltejs/kit';
import { mayWrite } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { listImports, listStagedEntries } from '#lib/server/page/import.ts';
import type { PageServerLoad } from './$types';

const ENTRIES = 50;

export const load: PageServerLoad = (event) =>
	answer(event, ['import', 'kind', 'booked'], async ({ db, fields, view, demonstration }) => {
		const writing = mayWrite(event);
		const source = await findSource(db, event.params.sha);
		const hidden = source?.nature === 'demonstration' && !demonstration;
		if (!source || hidden || (!source.released && !writing)) error(404, { message: 'no such source' });
		const imports = await listImports(db, source.source_id);
		const shown = imports.find(({ import_id }) => import_id === fields.import);
		if (!shown) error(404, { message: 'no such import' });
		const page = await listStagedEntries(db, shown.import_id, fields, { after: view.after, limit: ENTRIES });
		return { source, shown, ...page, fields, after: view.after };
	});
