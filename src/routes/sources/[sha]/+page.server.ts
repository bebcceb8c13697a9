import { error, fail } from '@sveltejs/kit';
import { openSource } from '#lib/server/access/source.ts';
import { goTo, refuseReaders } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { listImports, readImport } from '#lib/server/page/import.ts';
import { setReleased } from '#lib/server/page/sources.ts';
import { readPlaceInSource } from '#lib/server/page/source.ts';
import { getIntake, getRuntime } from '#lib/server/runtime.ts';
import { readDecisions } from '#lib/server/intake/desk/decisions-form.ts';
import { localized } from '#lib/layout/address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['row', 'sheet', 'line', 'q', 'import', 'severity', 'rule'], async (question) => {
		const { db, fields, view, runtime } = question;
		const { source, writing } = await openSource(event, question);
		const imports = await listImports(db, source.source_id);
		const chosen = imports.find(({ import_id }) => import_id === fields.import) ?? imports[0] ?? null;
		if (fields.import !== null && chosen?.import_id !== fields.import)
			error(404, { message: 'no such import' });
		const mappings = imports.flatMap(({ options }) => options.mapping ?? []);
		const around = await readPlaceInSource(db, source, fields, mappings);
		const progress = chosen && writing ? (runtime.intake?.progress(chosen.import_id) ?? null) : null;
		const shown = chosen && (await readImport(db, chosen, fields, view.after, progress));
		const masks = mappings.some(({ masked }) => masked.length > 0);
		return { source, writing, imports, shown, around, fields, masks };
	});

/** What a form asks of the desk: done, or why not. */
async function ask(event: Parameters<Actions[string]>[0], what: 'accept' | 'reject' | 'cancel') {
	refuseReaders(event);
	const form = await event.request.formData();
	const importId = String(form.get('import') ?? '');
	const desk = getIntake();
	const refusal =
		what === 'accept'
			? await desk.accept(importId, readDecisions(form))
			: what === 'reject'
				? await desk.reject(importId, String(form.get('reason') ?? '').trim())
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
