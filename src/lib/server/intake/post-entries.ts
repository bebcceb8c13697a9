import { sql } from 'kysely';
import { RateBook } from '#lib/server/ledger/rates.ts';
import { listCountingRules } from './counting.ts';
import { projectsInForce, type PostingContext } from './directory.ts';
import {
	fingerprintOf,
	keyOf,
	toEntryRow,
	type AgreementTerms,
	type EntryRow,
	type EntrySetting
} from './entry-rows.ts';
import { readActivityShares } from './activity-shares.ts';
import { insertMany, takeNumbers } from './insert.ts';
import type { LedgerEntryRecord, LedgerWithdrawalRecord } from './record.ts';

export type EntryCounts = {
	added: number;
	changed: number;
	retired: number;
	unchanged: number;
	/** Entries that new rates convert otherwise; only where a posting brought rates. */
	reconverted?: number;
};

/** Reads from the books what turning records into entries needs. */
export async function readSetting(context: PostingContext): Promise<EntrySetting> {
	const { db, nature } = context;
	const agreements = await sql<{ id: string } & AgreementTerms>`
		select distinct on (agreement_id) agreement_id as id, rate_publisher as "ratePublisher", rate_series as "rateSeries",
			funder_id as "funderId"
		from agreement_version where nature = ${nature} order by agreement_id, posting_no desc`.execute(db);
	const funders = await sql<{ project_id: string; organisation_id: string }>`
		select v.project_id, p.organisation_id from project_participation p join ${projectsInForce(nature)} v using (project_version_id)
		where p.role = 1`.execute(db);
	const fundersOf = new Map<string, Set<string>>();
	for (const { project_id, organisation_id } of funders.rows) {
		fundersOf.set(project_id, (fundersOf.get(project_id) ?? new Set()).add(organisation_id));
	}
	return {
		context,
		rates: await RateBook.load(db, nature),
		rules: await listCountingRules(db, nature),
		agreements: new Map(agreements.rows.map(({ id, ...terms }): [string, AgreementTerms] => [id, terms])),
		funders: fundersOf,
		activityShares: await readActivityShares(context)
	};
}

/** A record with its identity. */
type Keyed = { record: LedgerEntryRecord; key: string; reporterId: string; activityId: string };

/** Current versions in a scope, by key. */
type Existing = Map<string, { reporterId: string; entryId: string; fingerprint: string }>;

/**
 * Writes a batch of entries against what is there: new keys are added, changed ones replace their version, unchanged
 * ones are left alone. `occurrences` carries the multiset counts of rows without a reference from batch to batch.
 */
export async function postEntries(
	setting: EntrySetting,
	records: readonly LedgerEntryRecord[],
	occurrences: Map<string, number>,
	counts: EntryCounts
): Promise<void> {
	const { context } = setting;
	const keyed: Keyed[] = [];
	for (const record of records) {
		keyed.push({ record, key: nextKey(occurrences, record), ...(await scopeIds(context, record)) });
	}
	const existing = await readExisting(context, keyed);
	const fresh: EntryRow[] = [];
	const replaced: { reporterId: string; entryId: string; row: EntryRow }[] = [];
	for (const { record, key, ...scope } of keyed) {
		const there = existing.get(scopedKey(scope, record.entryKind, key));
		if (there?.fingerprint === fingerprintOf(record)) {
			counts.unchanged++;
			continue;
		}
		const row = await toEntryRow(setting, record, key);
		fresh.push(row);
		if (there) {
			counts.changed++;
			replaced.push({ reporterId: there.reporterId, entryId: there.entryId, row });
		} else counts.added++;
	}
	await writeRows(context, fresh);
	await insertMany(
		context.db,
		'ledger_retirement',
		replaced.map(({ reporterId, entryId, row }) => ({
			reporting_organisation_id: reporterId,
			entry_id: entryId,
			nature: context.nature,
			posting_no: context.postingNo,
			replaced_by: row.entry.entry_id,
			cause: 'correction'
		}))
	);
}

/** The key of a record, numbered where its file has named the same before. */
function nextKey(occurrences: Map<string, number>, record: LedgerEntryRecord): string {
	const scope = JSON.stringify([record.reporter, record.activity, record.entryKind, keyOf(record, 0)]);
	const occurrence = occurrences.get(scope) ?? 0;
	occurrences.set(scope, occurrence + 1);
	return keyOf(record, occurrence);
}

/** Takes back entries that a file withdraws by name. Returns the places of those that were not there. */
export async function postWithdrawals(
	context: PostingContext,
	records: readonly LedgerWithdrawalRecord[],
	counts: EntryCounts
): Promise<string[]> {
	const missing: string[] = [];
	for (const record of records) {
		const { activityId } = context.directory.knownActivity(record.activity, record.place);
		const reporterId = await context.directory.organisationOfKey(record.reporter);
		const { numAffectedRows } = await sql`
			insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, cause)
			select e.reporting_organisation_id, e.entry_id, ${context.nature}, ${context.postingNo}::integer, 'withdrawal'
			from ledger_entry e where ${currentIn(context)} and e.reporting_organisation_id = ${reporterId}::bigint
				and e.activity_id = ${activityId}::bigint and e.kind = ${record.entryKind} and e.entry_key = ${`ref:${record.reference}`}`.execute(
			context.db
		);
		if (numAffectedRows === 0n) missing.push(record.place);
		else counts.retired++;
	}
	return missing;
}

const currentIn = ({ nature }: PostingContext) => sql`e.nature = ${nature} and not exists (
	select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)`;

async function scopeIds({ directory }: PostingContext, record: LedgerEntryRecord) {
	return {
		reporterId: await directory.organisationOfKey(record.reporter),
		activityId: directory.knownActivity(record.activity, record.place).activityId
	};
}

function scopedKey(
	{ reporterId, activityId }: { reporterId: string; activityId: string },
	kind: string,
	key: string
): string {
	return `${reporterId} ${activityId} ${kind} ${key}`;
}

/** The versions in force of the movements that a batch names. */
async function readExisting(context: PostingContext, keyed: readonly Keyed[]): Promise<Existing> {
	const { rows } = await sql<{
		reporterId: string;
		activityId: string;
		entryId: string;
		kind: string;
		key: string;
		fingerprint: string;
	}>`
		select e.reporting_organisation_id as "reporterId", e.activity_id as "activityId", e.entry_id as "entryId", e.kind,
			e.entry_key as key, e.fingerprint
		from (select distinct * from unnest(
			${keyed.map(({ activityId }) => activityId)}::bigint[], ${keyed.map(({ record }) => record.entryKind)}::text[],
			${keyed.map(({ key }) => key)}::text[]) as named(activity_id, kind, entry_key)) named
		join ledger_entry e using (activity_id, kind, entry_key)
		where ${currentIn(context)}`.execute(context.db);
	return new Map(rows.map((row) => [scopedKey(row, row.kind, row.key), row]));
}

async function writeRows({ db }: PostingContext, rows: readonly EntryRow[]): Promise<void> {
	const numbers = await takeNumbers(db, 'ledger_entry', 'entry_id', rows.length);
	for (const [index, row] of rows.entries()) row.entry.entry_id = numbers[index]!;
	await insertMany(
		db,
		'ledger_entry',
		rows.map(({ entry }) => entry)
	);
	await insertMany(
		db,
		'entry_share',
		rows.flatMap(({ entry, cells }) =>
			cells.map((cell) => ({
				reporting_organisation_id: entry.reporting_organisation_id,
				entry_id: entry.entry_id,
				...cell
			}))
		)
	);
}
