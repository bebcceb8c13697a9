import { error, fail } from '@sveltejs/kit';
import { openSource } from '#lib/server/access/source.ts';
import { goTo, refuseReaders } from '#lib/server/access/visit.ts';
import { answer, guard } from '#lib/server/answer.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import { undoPosting } from '#lib/server/intake/desk/corrections.ts';
import { findImportOf } from '#lib/server/page/import.ts';
import { readUndo } from '#lib/server/page/undo.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import { localized } from '#lib/layout/address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['import'], async (question) => {
		const { source, writing } = await openSource(event, question);
		if (!writing) error(403, { message: 'the token is needed' });
		const shown = await findImportOf(question.db, source, question.fields.import);
		const undoing = shown && (await readUndo(question.db, shown));
		if (!undoing) error(404, { message: 'nothing to undo' });
		return { source, shown, undoing };
	});

export const actions: Actions = {
	undo: async (event) => {
		refuseReaders(event);
		const runtime = getRuntime();
		const form = await event.request.formData();
		const source = await findSource(runtime.database.db, event.params.sha!);
		const found = source && (await findImportOf(runtime.database.db, source, String(form.get('import'))));
		if (found?.posting_no == null) error(404, { message: 'nothing to undo' });
		const { nature, posting_no: postingNo } = found;
		const explanation = String(form.get('explanation') ?? '').trim();
		const refusal = await guard(() => undoPosting(runtime, { nature, postingNo, explanation }));
		if (refusal) return fail(409, { problem: refusal });
		goTo(localized(`/sources/${event.params.sha}?import=${found.import_id}`));
	}
};
