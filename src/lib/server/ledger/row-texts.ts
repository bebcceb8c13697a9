import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { entryExpression } from './entry-expressions.ts';
import type { PinnedSlice } from './pinned.ts';
import { keysOf } from './rows.ts';

/**
 * How a row becomes text: SQL over `line`, which holds every column as text by its name, and what stands between two.
 * `prepared` is made once a row, where `line` speaks of it several times, as `"~prepared"`.
 */
export type RowForm = { line: RawBuilder<string>; between: string; prepared?: RawBuilder<string> };

/** Rows as text, in the order of the ledger: what a download is made of. */
export type RowText = { text: string; rows: number };

const FIRST_ROWS = 500;
const LEAST_ROWS = 500;
const MOST_ROWS = 8000;

/**
 * All rows of a slice, made into text by the database, which does it several times as fast as anything here could. Each
 * batch is a query of its own from where the one before ended: between two no connection is held, however slowly a
 * reader takes them, and there is never more than one in memory. One who is slow gets smaller batches; the text is the
 * same.
 */
export async function* streamRowTexts(
	db: Kysely<DB>,
	pinned: PinnedSlice,
	form: RowForm
): AsyncGenerator<RowText> {
	if (pinned.resolved.posting === null) return;
	let after: string | null = null;
	let limit = FIRST_ROWS;
	for (;;) {
		const asked = performance.now();
		const found = await batchOf(pinned, form, after, limit).execute(db);
		const batch: Batch = found.rows[0]!;
		if (batch.rows === 0) return;
		const had = performance.now();
		yield { text: batch.text!, rows: batch.rows };
		if (batch.rows < limit) return;
		after = batch.last;
		const isKeptUpWith = performance.now() - had <= had - asked;
		limit = isKeptUpWith ? Math.min(MOST_ROWS, limit * 2) : Math.max(LEAST_ROWS, limit >> 1);
	}
}

type Batch = { text: string | null; rows: number; last: string | null };

function batchOf(pinned: PinnedSlice, form: RowForm, after: string | null, limit: number): RawBuilder<Batch> {
	const { slice } = pinned.resolved;
	const columns = ENTRY_COLUMNS.map(({ name }) => sql`${entryExpression(name, slice)} as ${sql.id(name)}`);
	const order = sql.raw('"~date", "~reporter", "~entry"');
	return sql<Batch>`
		with ${pageOf(pinned, after, limit)}, line as (
			select page.sort_date as "~date", page.reporting_organisation_id as "~reporter", page.entry_id as "~entry", ${sql.join(columns)}
			from page ${NAMES}
		)
		select string_agg(${form.line}, ${form.between}::text order by ${order}) as text, count(*)::integer as rows,
			(select sort_date || '~' || reporting_organisation_id || '~' || entry_id from page
				order by sort_date desc, reporting_organisation_id desc, entry_id desc limit 1) as last
		from ${form.prepared ? sql`(select line.*, ${form.prepared} as "~prepared" from line offset 0) line` : sql`line`}`;
}

/** A batch of entries with their part in the slice, and the names that organisations had. */
export function pageOf(pinned: PinnedSlice, after: string | null, limit: number): RawBuilder<unknown> {
	const { resolved, version } = pinned;
	const { nature } = resolved.slice;
	const known = sql`(v.nature = ${nature} and v.posting_no <= ${resolved.posting}::integer)`;
	const published = sql`(v.nature = 'published' and v.posting_no <= ${version.published}::integer)`;
	// An entry is looked up by its key: the planner may take a few thousand for a reason to read the whole ledger.
	// What was named later only goes by the first name that it got: a later one would change a download already taken.
	return sql`page as materialized (
			select e.*, k.converted, k.booked, k.basis as cell_basis
			from (${keysOf(resolved, after, limit, true)}) k
			cross join lateral (select e.* from ledger_entry e
				where e.reporting_organisation_id = k.reporting_organisation_id and e.entry_id = k.entry_id limit 1) e
		), organisation_name as materialized (
			select distinct on (v.organisation_id) v.organisation_id, v.name, v.reference, v.type_code from organisation_version v
			where v.organisation_id in (select reporting_organisation_id from page union select provider_id from page union select receiver_id from page)
			order by v.organisation_id, ${known} desc, ${published} desc nulls last,
				case when ${known} or ${published} then -v.posting_no else v.posting_no end, v.nature desc
		)`;
}

export const NAMES = sql.raw(`
	left join organisation_name reporter on reporter.organisation_id = page.reporting_organisation_id
	left join organisation_name provider on provider.organisation_id = page.provider_id
	left join organisation_name receiver on receiver.organisation_id = page.receiver_id
	join project on project.project_id = page.project_id join activity on activity.activity_id = page.activity_id
	join source on source.source_id = page.source_id
	left join agreement on agreement.agreement_id = page.agreement_id left join objective on objective.objective_id = page.objective_id`);
