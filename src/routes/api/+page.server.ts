import { answer } from '#lib/server/answer.ts';
import { readApi } from '#lib/server/page/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, [], readApi);
