import { redirect } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { refuse } from '#lib/server/page/refuse.ts';
import { readReference, writeReference } from '#lib/slice/citation/citation.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['q'], async ({ fields }) => {
		if (fields.q === null) return {};
		const citation = readReference(fields.q);
		if (citation === null) refuse('q', fields.q, 'not_a_reference');
		redirect(303, `${event.url.pathname}/${writeReference(citation)}`);
	});
