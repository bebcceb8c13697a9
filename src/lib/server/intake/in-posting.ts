import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { runChecks } from '#lib/server/ledger/checks/run.ts';
import { addToSummaries } from '#lib/server/ledger/sums.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { PostingRefusedError } from './decided.ts';
import type { Refusal } from './desk.ts';
import type { PostingContext } from './directory.ts';
import type { EntryCounts } from './post-entries.ts';

/** What is written in a posting that comes from no file. */
export type PlainPosting = Pick<PostingContext, 'db' | 'nature' | 'postingNo'>;

/** A decision that became a posting. */
export type DecisionPosted = { nature: Nature; postingNo: number; counts: EntryCounts };

/** True of what was not done, with the reason. */
export function isRefusal(outcome: DecisionPosted | Refusal): outcome is Refusal {
	return 'code' in outcome;
}

/**
 * Sets a transaction up for a whole posting: it is sorted and added up in memory, and its few large statements are not compiled,
 * which takes longer than it saves. For this transaction alone.
 */
export async function expectMuch(transaction: Kysely<DB>): Promise<void> {
	await sql`set local work_mem to '64MB'`.execute(transaction);
	await sql`set local jit to off`.execute(transaction);
}

/**
 * Does something to the books by a decision alone, in a posting of its own: its number, the work, summaries, checks, all in
 * one transaction. What the work refuses by a PostingRefusedError leaves nothing behind and is answered as a value.
 */
export async function inPosting(
	db: Kysely<DB>,
	{
		nature,
		explanation,
		...why
	}: { nature: Nature; explanation: string } & ({ cause: 'join' } | { cause: 'undo'; undoes: number }),
	work: (posting: PlainPosting) => Promise<Partial<EntryCounts>>
): Promise<DecisionPosted | Refusal> {
	try {
		return await db.transaction().execute(async (transaction) => {
			await expectMuch(transaction);
			const { rows } = await sql<{ posting_no: number }>`
				insert into posting (nature, posting_no, known_at, cause, undoes, explanation)
				values (${nature}, null, now(), ${why.cause}, ${'undoes' in why ? why.undoes : null}::integer, ${explanation})
				returning posting_no`.execute(transaction);
			const postingNo = rows[0]!.posting_no;
			const done = await work({ db: transaction, nature, postingNo });
			await addToSummaries(transaction, nature, postingNo);
			await runChecks(transaction, { nature, postingNo, importId: null });
			return { nature, postingNo, counts: { added: 0, changed: 0, retired: 0, unchanged: 0, ...done } };
		});
	} catch (error) {
		if (error instanceof PostingRefusedError) return error.refusal;
		throw error;
	}
}
