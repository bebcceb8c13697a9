import { answerExtract } from '#lib/server/outlet/ask.ts';
import { writeTransactionsXlsx } from '#lib/server/outlet/transactions-xlsx.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerExtract(event, writeTransactionsXlsx);
