import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { AbsentEntry } from './compare/classify.ts';
import { findRecut } from './compare/recut.ts';
import type { FileScope } from './compare/scope.ts';
import { readStagedBatches } from './compare/staged-entries.ts';
import { PairDecisions, type Accepted } from './decided.ts';
import type { PostingContext } from './directory.ts';
import { postCountingRule } from './post-agreements.ts';
import { postEntries, readSetting, type EntryCounts } from './post-entries.ts';
import type { Decisions } from './preview.ts';
import type { LedgerWithdrawalRecord } from './record.ts';
import { WriteBehind } from './write-behind.ts';
import { postWithdrawals, withdrawAbsent, type NotWithdrawn } from './withdraw.ts';

/**
 * Writes what an import does to the ledger: the counting rules that the accepter let hold, entries, what is taken back by
 * name, and at last what a complete file leaves out.
 */
export async function postLedger(
	context: PostingContext,
	scope: FileScope,
	accepted: Accepted,
	withdrawals: readonly LedgerWithdrawalRecord[],
	counts: EntryCounts
): Promise<void> {
	for (const { key, reporter, match, counting, reason } of accepted.rules) {
		await postCountingRule(context, {
			kind: 'counting_rule',
			place: `preview: ${key}`,
			key,
			reporter,
			match,
			counting,
			reason,
			validFrom: null
		});
	}
	const ready = { ...scope, recut: await findRecut(context) };
	const absent = await postAllEntries(context, ready, accepted.decisions, counts);
	const failed = await postWithdrawals(context, withdrawals, counts);
	await noteFailed(context.db, scope.importId, failed);
	if (accepted.decisions.complete) await withdrawAbsent(context, scope, absent, counts);
}

async function postAllEntries(
	context: PostingContext,
	scope: FileScope,
	{ pairs }: Decisions,
	counts: EntryCounts
): Promise<AbsentEntry[]> {
	const setting = await readSetting(context);
	const decisions = new PairDecisions(await readPairs(context.db, scope.importId, pairs));
	const behind = new WriteBehind();
	const absent: AbsentEntry[] = [];
	try {
		for await (const batch of readStagedBatches(context.db, scope.importId)) {
			const left = await postEntries(setting, scope, batch, { decisions, counts, behind });
			for (const entry of left) absent.push(entry);
		}
		await behind.finish();
	} catch (error) {
		// Nothing may go on being written in a transaction that ends here.
		return behind.abandon(error);
	}
	return absent;
}

/** What was decided of unclear entries, by the number of their record. */
async function readPairs(
	db: Kysely<DB>,
	importId: string,
	pairs: Decisions['pairs']
): Promise<Map<number, string | null>> {
	const rows = await db
		.selectFrom('staged_change')
		.select(['change_no', 'record_no'])
		.where('import_id', '=', importId)
		.where('change', '=', 'unclear')
		.execute();
	return new Map(
		rows.flatMap(({ change_no, record_no }) => {
			const entryId = pairs[change_no];
			return record_no === null || entryId === undefined ? [] : [[record_no, entryId] as const];
		})
	);
}

const DONE: Record<NotWithdrawn['rule'], string> = {
	'withdrawal-of-nothing': 'nothing: the entry to withdraw is not in the books',
	'withdrawal-unclear': 'nothing: several entries in the books carry this reference'
};

async function noteFailed(db: Kysely<DB>, importId: string, failed: readonly NotWithdrawn[]): Promise<void> {
	if (failed.length === 0) return;
	await db
		.insertInto('finding')
		.values(
			failed.map(({ place, rule }) => ({
				import_id: importId,
				severity: 'warning',
				rule,
				place,
				was_read: null,
				was_done: DONE[rule]
			}))
		)
		.execute();
}
