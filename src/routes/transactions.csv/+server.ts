import { answer } from '#lib/server/answer.ts';
import { writeTransactionsCsv } from '#lib/server/outlet/transactions-csv.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, [], ({ runtime, slice }) => writeTransactionsCsv(runtime.database.exports, slice));
