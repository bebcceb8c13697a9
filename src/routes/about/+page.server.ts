import { answer } from '#lib/server/answer.ts';
import { readAbout } from '#lib/server/page/about.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, [], readAbout);
