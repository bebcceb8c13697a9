import { answer } from '#lib/server/answer.ts';
import { writeDictionaryCsv } from '#lib/server/outlet/dictionary.ts';
import { refuseRestrictions } from '#lib/server/page/restrictions.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, [], (question) => {
		refuseRestrictions(question);
		return writeDictionaryCsv(question.db);
	});
