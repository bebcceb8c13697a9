import { sql } from 'kysely';
import type { AbsentEntry } from './compare/classify.ts';
import { isInForce, theseEntries, type EntryId } from './compare/book-entries.ts';
import { absentActivities, activitiesWithEntries } from './compare/absent.ts';
import type { FileScope } from './compare/scope.ts';
import type { PostingContext } from './directory.ts';
import type { EntryCounts } from './post-entries.ts';
import type { LedgerWithdrawalRecord } from './record.ts';
import { rewritten } from './rewritten.ts';

/** Why an entry could not be taken back by name. */
export type NotWithdrawn = { place: string; rule: 'withdrawal-of-nothing' | 'withdrawal-unclear' };

/** Takes back entries that a file withdraws by their reference. Answers those that name no entry in force, or several. */
export async function postWithdrawals(
	context: PostingContext,
	records: readonly LedgerWithdrawalRecord[],
	counts: EntryCounts
): Promise<NotWithdrawn[]> {
	const failed: NotWithdrawn[] = [];
	for (const record of records) {
		const { activityId } = context.directory.knownActivity(record.activity, record.place);
		const reporterId = await context.directory.organisationOfKey(record.reporter);
		const { rows } = await sql<{ entryId: string }>`
			select e.entry_id as "entryId" from ledger_entry e
			where e.nature = ${context.nature} and ${isInForce} and e.reporting_organisation_id = ${reporterId}::bigint
				and e.activity_id = ${activityId}::bigint and e.kind = ${record.entryKind} and e.voucher = ${record.reference}
			limit 2`.execute(context.db);
		if (rows.length === 1)
			counts.retired += await withdraw(context, [{ reporterId, entryId: rows[0]!.entryId }]);
		else
			failed.push({
				place: record.place,
				rule: rows.length === 0 ? 'withdrawal-of-nothing' : 'withdrawal-unclear'
			});
	}
	return failed;
}

/** Retires versions without a successor; those that are retired already stay as they are. Answers how many it retired. */
export async function withdraw(
	{ db, nature, postingNo }: Pick<PostingContext, 'db' | 'nature' | 'postingNo'>,
	ids: readonly EntryId[]
): Promise<number> {
	const { numAffectedRows } = await sql`
		insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, cause)
		select e.reporting_organisation_id, e.entry_id, ${nature}, ${postingNo}::integer, 'withdrawal'
		from ${theseEntries(ids)} where ${isInForce}`.execute(db);
	return Number(numAffectedRows ?? 0n);
}

const BATCH = 10_000;

/**
 * Withdraws everything that the file's reporters have in the books and not in the file: entries of its activities, whole
 * activities with their entries. Only for a file whose accepter says that it is complete.
 * @param absent what comparing its activities found absent
 */
export async function withdrawAbsent(
	context: PostingContext,
	scope: FileScope,
	absent: readonly AbsentEntry[],
	counts: EntryCounts
): Promise<void> {
	const { db, nature, postingNo } = context;
	const { reporterIds } = scope;
	if (reporterIds.length === 0) return;
	for (let start = 0; start < absent.length; start += BATCH) {
		counts.retired += await withdraw(context, absent.slice(start, start + BATCH));
	}
	const { numAffectedRows } = await sql`
		insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, cause)
		select e.reporting_organisation_id, e.entry_id, ${nature}, ${postingNo}::integer, 'withdrawal' from ledger_entry e
		where e.nature = ${nature} and e.reporting_organisation_id = any(${reporterIds}::bigint[])
			and e.activity_id not in ${activitiesWithEntries(scope)} and ${isInForce}`.execute(db);
	counts.retired += Number(numAffectedRows ?? 0n);
	await withdrawActivities(context, scope);
}

/** A withdrawn activity keeps its words; what hung on it stays with the version before. */
async function withdrawActivities(
	{ db, nature, postingNo, sourceId }: PostingContext,
	scope: FileScope
): Promise<void> {
	await sql`
		with gone as materialized (
			select absent.activity_id, nextval(pg_get_serial_sequence('activity_version', 'activity_version_id')) as new_id,
				v as version
			from ${absentActivities(scope)} absent join activity_version v using (activity_version_id)
		), written as (
			insert into activity_version
			select rewritten.* from gone ${rewritten(
				'activity_version',
				'version',
				sql`jsonb_build_object('activity_version_id', new_id, 'nature', ${nature}::text, 'posting_no', ${postingNo}::integer,
					'withdrawn', true, 'source_id', ${sourceId}::bigint)`
			)}
		)
		update activity_current c set activity_version_id = gone.new_id, withdrawn = true
		from gone where gone.activity_id = c.activity_id`.execute(db);
}
