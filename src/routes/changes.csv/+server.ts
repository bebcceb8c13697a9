import { answer } from '#lib/server/answer.ts';
import { openChanges, writeChangesCsv } from '#lib/server/outlet/changes-csv.ts';
import { withinLimit } from '#lib/server/outlet/row-limit.ts';
import { CHANGED_FIELDS } from '#lib/server/page/changed.ts';
import { refuse } from '#lib/server/page/refuse.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	answer(event, CHANGED_FIELDS, async ({ runtime, slice, fields }) => {
		if (fields.since === null) refuse('since', '', 'empty');
		if (slice.change !== null) refuse('change', slice.change, 'unknown');
		const { origin, portfolio } = runtime.configuration;
		const changes = await openChanges(runtime.database.exports, slice, fields.since, { origin, portfolio });
		return withinLimit(event, runtime, changes.rows, () => writeChangesCsv(changes));
	});
