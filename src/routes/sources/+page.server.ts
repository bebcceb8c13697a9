import { fail } from '@sveltejs/kit';
import { enter, goTo, leave, mayWrite, refuseReaders } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { takeForm } from '#lib/server/intake/desk/take-form.ts';
import { listSources } from '#lib/server/page/sources.ts';
import { localized } from '#lib/layout/address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async ({ db, view, demonstration, runtime }) => {
		const writing = mayWrite(event);
		const listed = await listSources(db, { all: writing, demonstration, after: view.after });
		return { writing, ...listed, after: view.after, mostBytes: runtime.configuration.intakeMaxBytes };
	});

export const actions: Actions = {
	enter: async ({ request, cookies, getClientAddress }) => {
		const token = String((await request.formData()).get('token') ?? '');
		const refused = enter(cookies, token, getClientAddress());
		return refused ? fail(refused.refused === 'wait' ? 429 : 403, refused) : goTo(localized('/sources'));
	},
	leave: ({ cookies }) => {
		leave(cookies);
		goTo(localized('/sources'));
	},
	upload: async (event) => {
		refuseReaders(event);
		const taken = await takeForm(await event.request.formData());
		if ('code' in taken) return fail(400, { problem: taken });
		goTo(localized(taken.address));
	}
};
