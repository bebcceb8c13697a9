import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { ImportState, Progress } from '#lib/server/intake/desk.ts';
import type { ChangeShown, Decisions, PostedCounts, Preview } from '#lib/server/intake/preview.ts';
import type { Severity } from '#lib/server/intake/record.ts';
import type { StagedCounts } from '#lib/server/intake/staging.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import type { Nature } from '#lib/slice/slice.ts';

/** One reading of a file: what it found, what posting it would do or did. */
export type Import = {
	import_id: string;
	nature: Nature;
	reader: string;
	reader_version: string;
	state: ImportState;
	created_at: Date;
	decided_at: Date | null;
	problem: string | null;
	preview: Preview | null;
	decisions: Decisions | null;
	counts: Partial<StagedCounts> & { posted?: PostedCounts };
	options: { mapping?: Mapping };
	posting_no: number | null;
	known_at: Date | null;
	explanation: string | null;
};

/** All imports of a source, the latest first. */
export async function listImports(db: Kysely<DB>, sourceId: string): Promise<Import[]> {
	const { rows } = await sql<Import>`
		select import_id, import.nature, reader, reader_version, state, created_at, decided_at, problem, preview, decisions, counts, options,
			posting_no, known_at, explanation
		from import left join posting using (import_id) where source_id = ${sourceId}::bigint order by import_id desc`.execute(
		db
	);
	return rows;
}

export type FindingLine = {
	finding_id: string;
	severity: Severity;
	rule: string;
	place: string;
	was_read: string | null;
	was_done: string;
};
export type FindingGroup = { severity: Severity; rule: string; findings: number };
export type FindingFilter = { severity: Severity | null; rule: string | null };

const worstFirst = sql`case severity when 'critical' then 0 when 'error' then 1 else 2 end`;

/** How often each rule spoke, worst first. */
export async function countFindings(db: Kysely<DB>, importId: string): Promise<FindingGroup[]> {
	const { rows } = await sql<FindingGroup>`
		select severity, rule, count(*)::integer as findings from finding where import_id = ${importId}::bigint
		group by 1, 2 order by ${worstFirst}, 3 desc, 2`.execute(db);
	return rows;
}

/** One page of findings in the order of the file. `after` is the number of the last one before it. */
export async function listFindings(
	db: Kysely<DB>,
	importId: string,
	{ severity, rule }: FindingFilter,
	{ after, limit }: { after: string | null; limit: number }
): Promise<{ findings: FindingLine[]; next: string | null }> {
	const { rows } = await sql<FindingLine>`
		select finding_id, severity, rule, place, was_read, was_done from finding
		where import_id = ${importId}::bigint and (${severity}::text is null or severity = ${severity}) and (${rule}::text is null or rule = ${rule})
			and (${after}::bigint is null or finding_id > ${after}::bigint)
		order by finding_id limit ${limit + 1}::integer`.execute(db);
	const findings = rows.slice(0, limit);
	return { findings, next: rows.length > limit ? findings.at(-1)!.finding_id : null };
}

export type ChangeLine = ChangeShown & {
	change_no: number;
	activity_key: string;
	kind: string;
	place: string | null;
};

/** Changes to entries that are there: unclear ones, which must be decided, first. */
export async function listChanges(db: Kysely<DB>, importId: string, limit: number): Promise<ChangeLine[]> {
	const { rows } = await sql<ChangeLine>`
		select change_no, change, activity_key, kind, before, after, place from staged_change where import_id = ${importId}::bigint
		order by change <> 'unclear', change_no limit ${limit}::integer`.execute(db);
	return rows;
}

/** What a preview page shows of one import. */
export type ImportShown = Import & {
	groups: FindingGroup[];
	findings: FindingLine[];
	nextFindings: string | null;
	changes: ChangeLine[];
	progress: Progress | null;
};

const FINDINGS = 50;
const CHANGES = 100;

export async function readImport(
	db: Kysely<DB>,
	chosen: Import,
	filter: FindingFilter,
	after: string | null,
	progress: Progress | null
): Promise<ImportShown> {
	const { import_id } = chosen;
	const [groups, page, changes] = await Promise.all([
		countFindings(db, import_id),
		listFindings(db, import_id, filter, { after, limit: FINDINGS }),
		listChanges(db, import_id, CHANGES)
	]);
	return { ...chosen, groups, findings: page.findings, nextFindings: page.next, changes, progress };
}

/** An entry that a file would bring, as its reader gave it. Amounts as booked. */
export type StagedEntryLine = {
	record_no: number;
	place: string;
	activity: string;
	kind: string;
	amount: string;
	currency: string;
	date_from: string | null;
	date_to: string | null;
	date_precision: DatePrecision;
	reference: string | null;
	description: string | null;
};

/** One page of the entries of an import that is not posted yet, in the order of the file. */
export async function listStagedEntries(
	db: Kysely<DB>,
	importId: string,
	{ kind, booked }: { kind: string | null; booked: string | null },
	{ after, limit }: { after: string | null; limit: number }
): Promise<{ entries: StagedEntryLine[]; next: string | null }> {
	const { rows } = await sql<StagedEntryLine>`
		select record_no, place, record ->> 'activity' as activity, record ->> 'entryKind' as kind, record ->> 'amount' as amount,
			record ->> 'currency' as currency, record ->> 'dateFrom' as date_from, record ->> 'dateTo' as date_to,
			record ->> 'datePrecision' as date_precision, record ->> 'reference' as reference, record ->> 'description' as description
		from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry'
			and (${kind}::text is null or record ->> 'entryKind' = ${kind}) and (${booked}::text is null or record ->> 'currency' = ${booked})
			and (${after}::bigint is null or record_no > ${after}::bigint)
		order by record_no limit ${limit + 1}::integer`.execute(db);
	const entries = rows.slice(0, limit);
	return { entries, next: rows.length > limit ? String(entries.at(-1)!.record_no) : null };
}
