import { answerReport } from '../report/answer-report.ts';
import { draftOverview } from '../report/brief.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerReport(event, draftOverview);
