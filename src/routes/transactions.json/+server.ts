import { answerExtract } from '#lib/server/outlet/ask.ts';
import { writeTransactionsJson } from '#lib/server/outlet/transactions-json.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerExtract(event, writeTransactionsJson);
