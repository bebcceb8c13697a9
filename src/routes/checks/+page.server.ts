import { answer } from '#lib/server/answer.ts';
import { readChecks } from '#lib/server/page/checks.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, [], readChecks);
