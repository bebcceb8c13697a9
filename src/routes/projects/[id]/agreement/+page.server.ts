import { answer } from '#lib/server/answer.ts';
import { readAgreementPage } from '#lib/server/page/agreement.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], (question) => readAgreementPage(question, event.params.id));
