import { openDownload } from '#lib/server/access/source.ts';
import { answer } from '#lib/server/answer.ts';
import { writeOriginal } from '#lib/server/outlet/original.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, [], async (question) => writeOriginal(question.db, await openDownload(event, question)));
