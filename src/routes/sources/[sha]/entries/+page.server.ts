import { error } from '@sveltejs/kit';
import { openSource } from '#lib/server/access/source.ts';
import { answer } from '#lib/server/answer.ts';
import { listEntries } from '#lib/server/ledger/entries-of-file.ts';
import { findImportOf } from '#lib/server/page/import.ts';
import type { PageServerLoad } from './$types';

const ENTRIES = 50;

export const load: PageServerLoad = (event) =>
	answer(event, ['import', 'kind'], async (question) => {
		const { db, fields, slice, view } = question;
		const { source } = await openSource(event, question);
		const shown = await findImportOf(db, source, fields.import);
		if (!shown) error(404, { message: 'no such import' });
		const { heading, booked, from, to, undated } = slice;
		const filter = { ...fields, heading, booked, from, to, undated };
		const page = await listEntries(db, shown, filter, { after: view.after, limit: ENTRIES });
		return { source, shown, ...page, filter, after: view.after };
	});
