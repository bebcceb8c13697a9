import { answerExtract } from '#lib/server/outlet/ask.ts';
import { writeTransactionsCsv } from '#lib/server/outlet/transactions-csv.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerExtract(event, writeTransactionsCsv);
