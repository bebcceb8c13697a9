import { answer } from '#lib/server/answer.ts';
import { ORGANISATION_FIELDS, readOrganisations } from '#lib/server/page/organisations.ts';
import { labelOrganisations } from './label-organisations.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ORGANISATION_FIELDS, async (question) =>
		labelOrganisations(await readOrganisations(question))
	);
