import { error, fail } from '@sveltejs/kit';
import { openSource } from '#lib/server/access/source.ts';
import { goTo, refuseReaders } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { beginMapped } from '#lib/server/intake/desk/begin-mapped.ts';
import { listImports } from '#lib/server/page/import.ts';
import { readMapping } from '#lib/server/page/mapping.ts';
import { getIntake, getRuntime } from '#lib/server/runtime.ts';
import { localized } from '#lib/layout/address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['sheet', 'row', 'reporter'], async (question) => {
		const { source, writing } = await openSource(event, question);
		if (!writing) error(403, { message: 'the token is needed' });
		const imports = await listImports(question.db, source.source_id);
		const last = imports.find(({ options }) => options.mapping)?.options.mapping ?? null;
		const { fields } = question;
		return { source, fields, ...(await readMapping(question.db, source, fields, last)) };
	});

export const actions: Actions = {
	read: async (event) => {
		refuseReaders(event);
		const { db } = getRuntime().database;
		const source = await findSource(db, event.params.sha!);
		if (!source) error(404, { message: 'no such source' });
		const begun = await beginMapped(db, getIntake(), source, await event.request.formData());
		if ('address' in begun) goTo(localized(begun.address));
		return fail(400, begun);
	}
};
