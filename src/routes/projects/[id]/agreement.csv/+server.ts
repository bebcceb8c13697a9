import { writeAnnexCsv } from '#lib/server/outlet/annex/annex-csv.ts';
import { answerAnnex } from '#lib/server/outlet/annex/ask.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerAnnex(event, event.params.id, writeAnnexCsv);
