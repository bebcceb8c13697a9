import { error } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { readOrganisation } from '#lib/server/page/organisation.ts';
import { labelOrganisation } from './label-organisation.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async (question) => {
		const read = await readOrganisation(question, event.params.id);
		if (read === null) error(404, { message: 'no such organisation' });
		if (read.organisation.nature === 'demonstration') event.setHeaders({ 'x-robots-tag': 'noindex' });
		return labelOrganisation(read);
	});
