import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { entryExpression } from './entry-expressions.ts';
import type { PinnedSlice } from './pinned.ts';
import { keysOf } from './rows.ts';

/** A row of a download: its columns in their order, then what else was asked of it. */
export type StreamedRow = readonly (string | null)[];

/** Rows of a download, as texts of fields or, where a field holds the mark between two, as arrays. Blank is an empty text. */
export type RowBatch = { lines: readonly string[] } | { rows: readonly StreamedRow[] };

/** Its rows as arrays, whatever they came as. */
export function rowsOf(batch: RowBatch): readonly StreamedRow[] {
	return 'rows' in batch ? batch.rows : batch.lines.map((line) => line.split(FIELD));
}

/** SQL for something more of a row, over `page` and the names joined to it. */
export type MoreOfRow = RawBuilder<string | null>;

/** Between two fields of a row. */
export const FIELD = '\x1f';

/** Few come soon; many are no more than the database sorts in memory. */
const FEW_ROWS = 500;
const MANY_ROWS = 2000;
/** Whoever takes longer over a batch is slow. */
const PATIENCE_MILLISECONDS = 1000;

/** All rows of a slice in the order of the ledger, each an array, with null for a blank. */
export function streamRows(db: Kysely<DB>, pinned: PinnedSlice): AsyncGenerator<readonly StreamedRow[]> {
	return inTurn(pinned, async (after, limit) => {
		const rows = await readArrays(db, pinned, [], after, limit);
		return { batch: rows, count: rows.length, last: rows.at(-1) };
	});
}

/** The same as texts: made by the database, which leaves this process little to do and less to forget. */
export function streamLines(
	db: Kysely<DB>,
	pinned: PinnedSlice,
	more: readonly MoreOfRow[] = []
): AsyncGenerator<RowBatch> {
	const marks = ENTRY_COLUMNS.length + more.length - 1;
	return inTurn<RowBatch>(pinned, async (after, limit) => {
		const lines = await readLines(db, pinned, more, after, limit);
		const count = lines.length;
		if (lines.reduce((sum, line) => sum + countOf(FIELD, line), 0) === count * marks) {
			return { batch: { lines }, count, last: lines.at(-1)?.split(FIELD) };
		}
		// Marks that somebody wrote into a text: very rare, and no harm.
		const rows = await readArrays(db, pinned, more, after, limit);
		const filled = rows.map((row) => row.map((value) => value ?? ''));
		return { batch: { rows: filled }, count: rows.length, last: rows.at(-1) };
	});
}

type Asked<B> = { batch: B; count: number; last: StreamedRow | undefined };

/**
 * Batches one after the other, each a query of its own from where the one before ended: no connection is held, however
 * slowly a reader takes them. For one who keeps up the next is made while this one is written; one who is slow gets small
 * ones, and none is made ahead.
 */
async function* inTurn<B>(
	{ resolved }: PinnedSlice,
	ask: (after: string | null, limit: number) => Promise<Asked<B>>
): AsyncGenerator<B> {
	if (resolved.posting === null) return;
	let limit = FEW_ROWS;
	let isKeptUpWith = false;
	let coming = ask(null, limit);
	for (;;) {
		const { batch, count, last } = await coming;
		if (count === 0) return;
		const after = count < limit ? null : placeOf(last!);
		const ahead = after !== null && isKeptUpWith ? ask(after, MANY_ROWS) : null;
		// It may fail while this one is still being written: that is thrown when its turn comes.
		ahead?.catch(() => {});
		const had = performance.now();
		yield batch;
		if (after === null) return;
		isKeptUpWith = performance.now() - had <= PATIENCE_MILLISECONDS;
		limit = ahead !== null || isKeptUpWith ? MANY_ROWS : FEW_ROWS;
		coming = ahead ?? ask(after, limit);
	}
}

const DATE_FROM = ENTRY_COLUMNS.findIndex(({ name }) => name === 'date_from');
const ENTRY = ENTRY_COLUMNS.findIndex(({ name }) => name === 'entry');

/** Where a row stands in the order of the ledger, as `keysOf` reads it. */
function placeOf(row: StreamedRow): string {
	return `${row[DATE_FROM] || 'infinity'}~${row[ENTRY]!.replace('-', '~')}`;
}

function countOf(mark: string, text: string): number {
	let count = 0;
	for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count++;
	return count;
}

const ORDER = sql.raw('page.sort_date, page.reporting_organisation_id, page.entry_id');

async function readArrays(
	db: Kysely<DB>,
	pinned: PinnedSlice,
	more: readonly MoreOfRow[],
	after: string | null,
	limit: number
): Promise<StreamedRow[]> {
	const { rows } = await sql<{ row: StreamedRow }>`
		with ${pageOf(pinned, after, limit)}
		select json_build_array(${sql.join(columnsOf(pinned, more))}) as row from page ${NAMES} order by ${ORDER}`.execute(
		db
	);
	return rows.map(({ row }) => row);
}

async function readLines(
	db: Kysely<DB>,
	pinned: PinnedSlice,
	more: readonly MoreOfRow[],
	after: string | null,
	limit: number
): Promise<string[]> {
	// Blanks would be left out together with their marks.
	const texts = columnsOf(pinned, more).map((column) => sql`coalesce(${column}, '')`);
	const { rows } = await sql<{ line: string }>`
		with ${pageOf(pinned, after, limit)}
		select concat_ws(${FIELD}, ${sql.join(texts)}) as line from page ${NAMES} order by ${ORDER}`.execute(db);
	return rows.map(({ line }) => line);
}

function columnsOf({ resolved }: PinnedSlice, more: readonly MoreOfRow[]): MoreOfRow[] {
	return [...ENTRY_COLUMNS.map(({ name }) => entryExpression(name, resolved.slice)), ...more];
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

/**
 * The names of what the entries of a page speak of. Every entry has a project, an activity and a source; joined as if it
 * may not, the planner still knows that there are as many rows as entries, and looks the names up in tables made once.
 */
export const NAMES = sql.raw(`
	left join organisation_name reporter on reporter.organisation_id = page.reporting_organisation_id
	left join organisation_name provider on provider.organisation_id = page.provider_id
	left join organisation_name receiver on receiver.organisation_id = page.receiver_id
	left join project on project.project_id = page.project_id left join activity on activity.activity_id = page.activity_id
	left join source on source.source_id = page.source_id
	left join agreement on agreement.agreement_id = page.agreement_id left join objective on objective.objective_id = page.objective_id`);
