import { answerReport } from '../../report/answer-report.ts';
import { draftProject } from '../../report/brief.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerReport(event, (question, stated) => draftProject(question, event.params.id, stated));
