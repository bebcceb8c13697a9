import { draftAnnex } from '../../../report/annex.ts';
import { answerReport } from '../../../report/answer-report.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerReport(event, (question, stated) => draftAnnex(question, event.params.id, stated));
