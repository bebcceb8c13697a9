import { answerReport } from '../../report/answer-report.ts';
import { draftStatement } from '../../report/statement.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerReport(event, (question, stated) =>
		draftStatement(question, { id: event.params.id, url: event.url }, stated)
	);
