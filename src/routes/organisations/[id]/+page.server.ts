import { answer } from '#lib/server/answer.ts';
import { findOrganisationNumber } from '#lib/server/facts/moved.ts';
import { readOrganisation } from '#lib/server/page/organisation.ts';
import { sendOn } from '../../moved.ts';
import { labelOrganisation } from './label-organisation.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async (question) => {
		const read = await readOrganisation(question, event.params.id);
		if (read === null) {
			const moved = await findOrganisationNumber(question.db, event.params.id);
			sendOn(event.url, moved && `/organisations/${moved}`, 'no such organisation');
		}
		if (read.organisation.nature === 'demonstration') event.setHeaders({ 'x-robots-tag': 'noindex' });
		return labelOrganisation(read);
	});
