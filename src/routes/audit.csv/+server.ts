import { answerAudit } from '#lib/server/outlet/audit/ask.ts';
import { writeSampleCsv } from '#lib/server/outlet/audit/sample-csv.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerAudit(event, ({ drawing }) => drawing.design.drawn, writeSampleCsv);
