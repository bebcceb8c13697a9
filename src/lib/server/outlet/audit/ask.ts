import type { Kysely } from 'kysely';
import { fieldsOf, planOf, type Plan } from '#lib/sample/plan.ts';
import { answer } from '#lib/server/answer.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { refuse } from '#lib/server/page/refuse.ts';
import { SAMPLE_FIELDS, sampleAddress } from '#lib/slice/sample-address.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { DEFAULT_VIEW, type View } from '#lib/slice/view.ts';
import type { Site } from '../extract.ts';
import { withinLimit, type AskedBy } from '../row-limit.ts';
import { openAudit, SampleTooLargeError, type Audit } from './audit.ts';

type Asked = Parameters<typeof answer>[0] & AskedBy;

/**
 * Reads the address of a download as the auditor's desk reads it, and hands the sample on its way out to a writer.
 * @param rowsOf how many rows the file hands out, for the limit of those that anyone may take
 */
export function answerAudit(
	event: Asked,
	rowsOf: (audit: Audit) => number,
	write: (audit: Audit, address: string) => Response | Promise<Response>
): Promise<Response> {
	return answer(event, SAMPLE_FIELDS, async ({ runtime, slice, view, fields }) => {
		refuseView(view);
		const plan = planOf(fields) ?? refuse('seed', '', 'empty');
		const { origin, portfolio } = runtime.configuration;
		const site = { origin, portfolio };
		const audit = await openAskedAudit(runtime.database.exports, slice, plan, site);
		return withinLimit(event, runtime, rowsOf(audit), () => write(audit, auditAddress(slice, plan, site)));
	});
}

/** Opens a sample; one of more items than people can look at is refused, naming what to change. */
export async function openAskedAudit(db: Kysely<DB>, slice: Slice, plan: Plan, site: Site): Promise<Audit> {
	try {
		return await openAudit(db, slice, plan, site);
	} catch (caught) {
		if (!(caught instanceof SampleTooLargeError)) throw caught;
		if (plan.method === 'stratified') refuse('strata', plan.by, 'too_large');
		refuse('interval', plan.size === null ? plan.interval : '', 'too_large');
	}
}

/** Where a sample stands on a page, as downloads name it. */
export function auditAddress(slice: Slice, plan: Plan, { origin, portfolio }: Site): string {
	return origin + sampleAddress(slice, fieldsOf(plan), portfolio);
}

/** A population has one order, and all its items: nothing of how a list is looked at means anything here. */
export function refuseView(view: View): void {
	for (const name of ['sort', 'group', 'columns', 'after'] as const) {
		const value = view[name];
		if (value !== DEFAULT_VIEW[name]) refuse(name, String(value), 'unknown');
	}
}
