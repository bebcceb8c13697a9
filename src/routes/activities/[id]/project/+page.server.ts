import { error, fail } from '@sveltejs/kit';
import { goTo, mayWrite, refuseReaders } from '#lib/server/access/visit.ts';
import { answer, guard } from '#lib/server/answer.ts';
import { joinActivity, leaveActivity } from '#lib/server/intake/desk/corrections.ts';
import { readJoining } from '#lib/server/page/joining.ts';
import { getRuntime } from '#lib/server/runtime.ts';
import { localized } from '#lib/layout/address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async ({ db }) => {
		if (!mayWrite(event)) error(403, { message: 'the token is needed' });
		const joining = await readJoining(db, event.params.id);
		if (joining === null) error(404, { message: 'no such activity' });
		return { joining };
	});

/** Puts the activity of the address into another project, or back out of the one that it joined. */
async function move(event: Parameters<Actions[string]>[0], what: 'join' | 'leave') {
	refuseReaders(event);
	const runtime = getRuntime();
	const form = await event.request.formData();
	const joining = await readJoining(runtime.database.db, event.params.id!);
	if (joining === null) error(404, { message: 'no such activity' });
	const reason = String(form.get('reason') ?? '').trim();
	const refusal = await guard(() =>
		what === 'join'
			? joinActivity(runtime, { activity: joining.key, project: String(form.get('project') ?? ''), reason })
			: leaveActivity(runtime, { activity: joining.key, reason })
	);
	if (refusal) return fail(409, { problem: refusal });
	goTo(localized(`/activities/${event.params.id}`));
}

export const actions: Actions = {
	join: (event) => move(event, 'join'),
	leave: (event) => move(event, 'leave')
};
