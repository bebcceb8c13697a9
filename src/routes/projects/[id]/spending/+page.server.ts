import { answer } from '#lib/server/answer.ts';
import { readDrill } from '#lib/server/page/drill.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], (question) => readDrill(question, event.params.id));
