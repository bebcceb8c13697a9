import { answer } from '#lib/server/answer.ts';
import { AUDIT_FIELDS, readAudit } from '#lib/server/page/audit.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, AUDIT_FIELDS, readAudit);
