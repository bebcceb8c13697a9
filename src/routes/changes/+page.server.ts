import { redirect } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { CHANGED_FIELDS, readChanged } from '#lib/server/page/changed.ts';
import { asStates } from './states.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const states = asStates(event.url.searchParams);
	if (states !== null) redirect(302, `${event.url.pathname}?${states.toString()}`);
	return answer(event, CHANGED_FIELDS, readChanged);
};
