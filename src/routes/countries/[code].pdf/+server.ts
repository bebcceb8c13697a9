import { answerReport } from '../../report/answer-report.ts';
import { draftCountry } from '../../report/country-brief.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerReport(event, (question, stated) => draftCountry(question, event.params.code.toUpperCase(), stated));
