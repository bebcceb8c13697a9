import { answerAudit } from '#lib/server/outlet/audit/ask.ts';
import { writeAuditPack } from '#lib/server/outlet/audit/pack.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answerAudit(event, ({ extract }) => extract.pinned.total.entries, writeAuditPack);
