import { answer } from '#lib/server/answer.ts';
import { readResults } from '#lib/server/page/results.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, [], readResults);
