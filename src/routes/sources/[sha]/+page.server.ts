import { error, fail } from '@sveltejs/kit';
import { goTo, mayWrite, refuseReaders } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { listImports, readImport } from '#lib/server/page/import.ts';
import { setReleased } from '#lib/server/page/sources.ts';
import { readPlaceInSource } from '#lib/server/page/source.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import { readDecisions } from '#lib/server/intake/desk/decisions-form.ts';
import { localized } from '#lib/layout/address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['row', 'sheet', 'line', 'import', 'severity', 'rule'], async (question) => {
		const { db, fields, view, demonstration, runtime } = question;
		const writing = mayWrite(event);
		const source = await findSource(db, event.params.sha);
		const hidden = source?.nature === 'demonstration' && !demonstration;
		if (!source || hidden || (!source.released && !writing)) error(404, { message: 'no such source' });
		const imports = await listImports(db, source.source_id);
		const chosen = imports.find(({ import_id }) => import_id === fields.import) ?? imports[0] ?? null;
		if (fields.import !== null && chosen?.import_id !== fields.import)
			error(404, { message: 'no such import' });
		const around = await readPlaceInSource(db, source, fields, chosen?.options.mapping ?? null);
		const progress = chosen === null ? null : (runtime.intake?.progress(chosen.import_id) ?? null);
		const shown =
			chosen === null ? null : await readImport(db, chosen, fields, view.after, writing ? progress : null);
		return { source, writing, imports, shown, around, fields };
	});

/** What a form asks of the desk: done, or why not. */
async function ask(event: Parameters<Actions[string]>[0], what: 'accept' | 'reject' | 'cancel') {
	refuseReaders(event);
	const form = await event.request.formData();
	const importId = String(form.get('import') ?? '');
	const desk = getRuntime().intake!;
	const refusal =
		what === 'accept'
			? await desk.accept(importId, readDecisions(form))
			: what === 'reject'
				? await desk.reject(importId, String(form.get('reason') ?? ''))
				: await desk.cancel(importId);
	if (refusal) return fail(409, { problem: refusal });
	goTo(localized(`/sources/${event.params.sha}?import=${importId}`));
}

export const actions: Actions = {
	accept: (event) => ask(event, 'accept'),
	reject: (event) => ask(event, 'reject'),
	cancel: (event) => ask(event, 'cancel'),
	release: async (event) => {
		refuseReaders(event);
		const released = (await event.request.formData()).get('released') === 'yes';
		await setReleased(getRuntime().database.db, event.params.sha!, released);
		goTo(localized(`/sources/${event.params.sha}`));
	}
};
