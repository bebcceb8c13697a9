import { error } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { readSourceRows } from '#lib/server/page/source.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['row'], async ({ db, fields, demonstration }) => {
		const source = await findSource(db, event.params.sha);
		if (!source?.released || (source.nature === 'demonstration' && !demonstration))
			error(404, { message: 'no such source' });
		const row = fields.row === null ? null : Number.parseInt(fields.row, 10);
		const around = row === null ? null : await readSourceRows(db, source.source_id, row);
		if (row !== null && around === null) error(404, { message: 'the file has no such row' });
		return { source, row, around };
	});
