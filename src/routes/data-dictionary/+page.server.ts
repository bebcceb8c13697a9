import { answer } from '#lib/server/answer.ts';
import { readDataDictionary } from '#lib/server/page/data-dictionary.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, [], readDataDictionary);
