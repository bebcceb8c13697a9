import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Change, ChangeKind, RetirementCause, Since } from '#lib/slice/change.ts';
import type { EntryNumbers } from '#lib/slice/entry-name.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { versionPairs } from './conditions.ts';
import { resolveSlice } from './resolve.ts';
import { keysOf, namedRows, rows, type LedgerRow } from './rows.ts';

/** The posting that brought a change about, its reason in words, and the file it came from. */
export type Reason = {
	no: number;
	known_at: Date;
	simulated: boolean;
	cause: RetirementCause | null;
	explanation: string;
	/** Null for a rule, a choice, a join or an undo, which come from no file. */
	source_sha256: string | null;
	source_name: string | null;
};

/**
 * An entry that was added, replaced by a later version, or withdrawn. Of a changed one a side is null where that version
 * lies outside the slice: it moved in or out.
 */
export type ChangedRow = {
	change: 'added' | 'changed' | 'withdrawn';
	before: LedgerRow | null;
	after: LedgerRow | null;
	reason: Reason | null;
};

/** The first rows of a slice that were added, changed and withdrawn since, so many of each. */
export async function listChangedRows(
	db: Kysely<DB>,
	slice: Slice,
	since: Since,
	limit: number
): Promise<ChangedRow[]> {
	const of = (kind: ChangeKind): Slice => ({ ...slice, change: `${kind}:${since}` satisfies Change });
	const [added, withdrawn, pairs] = await Promise.all([
		rows(db, of('added'), { after: null, limit }),
		rows(db, of('withdrawn'), { after: null, limit }),
		listPairs(db, of('replaced'), of('replacement'), limit)
	]);
	const [before, after] = await Promise.all([
		namedRows(
			db,
			await resolveSlice(db, of('replaced')),
			pairs.map((pair) => keyOf(pair, 'first'))
		),
		namedRows(
			db,
			await resolveSlice(db, of('replacement')),
			pairs.map((pair) => keyOf(pair, 'last'))
		)
	]);
	const [began, ended] = await Promise.all([
		readReasons(db, slice, [...added.rows, ...pairs.map((pair) => keyOf(pair, 'last'))], 'began'),
		readReasons(db, slice, withdrawn.rows, 'ended')
	]);
	return [
		...added.rows.map((row): ChangedRow => ({
			change: 'added',
			before: null,
			after: row,
			reason: began.get(row.entry_id) ?? null
		})),
		...pairs.map((pair): ChangedRow => ({
			change: 'changed',
			before: before.find(({ entry_id }) => entry_id === pair.first) ?? null,
			after: after.find(({ entry_id }) => entry_id === pair.last) ?? null,
			reason: began.get(pair.last) ?? null
		})),
		...withdrawn.rows.map((row): ChangedRow => ({
			change: 'withdrawn',
			before: row,
			after: null,
			reason: ended.get(row.entry_id) ?? null
		}))
	];
}

type Pair = { reporter: string; first: string; last: string };
const keyOf = (pair: Pair, end: 'first' | 'last'): EntryNumbers => ({
	reporting_organisation_id: pair.reporter,
	entry_id: pair[end]
});
/** No slice has as many: the whole of it. */
const ALL = 2_147_483_647;

/** Versions before and after, of which the slice holds one or both. */
async function listPairs(
	db: Kysely<DB>,
	replaced: Slice,
	replacement: Slice,
	limit: number
): Promise<Pair[]> {
	const [before, after] = await Promise.all([resolveSlice(db, replaced), resolveSlice(db, replacement)]);
	if (before.change === null || before.posting === null) return [];
	const states = { since: before.change.since, posting: before.posting };
	const { rows: pairs } = await sql<Pair>`
		with pair as materialized (${versionPairs(replaced.nature, states, 'reporter, first, last')})
		select p.reporter::text, p.first::text, p.last::text from pair p
		left join (${keysOf(before, null, ALL)}) b on b.reporting_organisation_id = p.reporter and b.entry_id = p.first
		left join (${keysOf(after, null, ALL)}) a on a.reporting_organisation_id = p.reporter and a.entry_id = p.last
		where b.entry_id is not null or a.entry_id is not null
		order by coalesce(b.sort_date, a.sort_date), p.reporter, p.first limit ${limit}::integer`.execute(db);
	return pairs;
}

/**
 * Why versions came (`began`) or went (`ended`), by the number of the entry; how a version ended within the slice's time is
 * told by the last of the versions that it led to.
 */
async function readReasons(
	db: Kysely<DB>,
	slice: Slice,
	entries: readonly EntryNumbers[],
	which: 'began' | 'ended'
): Promise<Map<string, Reason>> {
	const { posting } = await resolveSlice(db, { ...slice, change: null });
	if (posting === null || entries.length === 0) return new Map();
	const asked = sql`unnest(${entries.map((key) => key.reporting_organisation_id)}::bigint[], ${entries.map((key) => key.entry_id)}::bigint[])
		as asked (reporter, entry)`;
	const began = sql`
		select e.entry_id as entry, e.added_by as no,
			(select r.cause from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.replaced_by = e.entry_id
				order by r.posting_no limit 1) as cause
		from ${asked} join ledger_entry e on e.reporting_organisation_id = asked.reporter and e.entry_id = asked.entry`;
	const ended = sql`
		select distinct on (entry) entry, no, cause from chain order by entry, no desc`;
	const { rows: reasons } = await sql<Reason & { entry: string }>`
		with recursive chain as (
			select asked.entry, r.reporting_organisation_id as reporter, r.replaced_by as next, r.posting_no as no, r.cause
			from ${asked} join ledger_retirement r on r.reporting_organisation_id = asked.reporter and r.entry_id = asked.entry
			where r.posting_no <= ${posting}::integer
			union all
			select c.entry, c.reporter, r.replaced_by, r.posting_no, r.cause from chain c
			join ledger_retirement r on r.reporting_organisation_id = c.reporter and r.entry_id = c.next
			where r.posting_no <= ${posting}::integer
		)
		select reason.entry::text, reason.no, reason.cause, posting.known_at, posting.simulated, posting.explanation,
			source.sha256 as source_sha256, source.name as source_name
		from (${which === 'began' ? began : ended}) reason
		join posting on posting.nature = ${slice.nature} and posting.posting_no = reason.no
		left join import using (import_id) left join source using (source_id)`.execute(db);
	return new Map(reasons.map(({ entry, ...reason }) => [entry, reason]));
}
