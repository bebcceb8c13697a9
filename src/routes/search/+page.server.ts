import { mayWriteHere } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { SEARCH_FIELDS, search } from '#lib/server/page/search.ts';
import { labelSearch } from './label-search.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, SEARCH_FIELDS, async (question) => {
		const result = await search(question, mayWriteHere(event));
		return { asked: question.fields.q, only: question.fields.in, result: result && labelSearch(result) };
	});
