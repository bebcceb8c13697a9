import { answer } from '#lib/server/answer.ts';
import { FUNDING_FIELDS, readFunding } from '#lib/server/page/funding.ts';
import { labelFunding } from './label-funding.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, FUNDING_FIELDS, async (question) => labelFunding(await readFunding(question)));
