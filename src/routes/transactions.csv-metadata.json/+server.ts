import { answerMetadata } from '#lib/server/outlet/ask.ts';
import { writeTransactionsMetadata } from '#lib/server/outlet/transactions-json.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerMetadata(event, writeTransactionsMetadata);
