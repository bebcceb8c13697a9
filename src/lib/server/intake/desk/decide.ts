import { sql } from 'kysely';
import type { Database } from '#lib/server/database/open.ts';
import { PROBLEMS } from '#lib/words/problem.ts';
import type { Refusal } from '../desk.ts';
import type { Decisions } from '../preview.ts';
import { clearStaging } from '../staging.ts';
import { findImport, move } from './imports.ts';
import { patiently } from './patience.ts';
import { refusalOf, refuse } from './refusals.ts';

type Books = Pick<Database, 'intake'>;

/** Marks a preview as accepted, with what was decided. */
export async function acceptImport(
	{ intake: db }: Books,
	importId: string,
	decisions: Decisions
): Promise<Refusal | null> {
	return patiently(() =>
		db.transaction().execute(async (transaction) => {
			const found = await findImport(transaction, importId, { lock: true });
			const refusal = refusalOf(found?.state ?? null);
			if (!found || refusal) return refusal;
			const foreign = found.preview?.reporters.find((reporter) => reporter.foreign > 0);
			if (foreign) {
				return refuse(
					'other-publisher',
					`${foreign.foreign} activities that ${foreign.name ?? foreign.key} reports here are in the books as another publisher's own.`
				);
			}
			const unknown = found.preview?.unknown ?? [];
			if (unknown.length > 0) {
				return refuse(
					'names-unknown',
					`It names ${unknown.length === 1 ? `the ${unknown[0]!.what} ${unknown[0]!.key}` : `${unknown.length} activities, agreements or objectives`}, which neither it nor the books hold; first in ${unknown[0]!.place}. Correct the mapping or the file, or hand in first what it names.`
				);
			}
			const { rows } = await sql<{ undecided: number }>`
				select count(*)::integer as undecided from staged_change
				where import_id = ${importId}::bigint and change = 'unclear'
					and not ${JSON.stringify(decisions.pairs)}::jsonb ? change_no::text`.execute(transaction);
			if (rows[0]!.undecided > 0) {
				return refuse(
					'undecided',
					`${rows[0]!.undecided} changes have several candidates; choose for each what it replaces.`
				);
			}
			await sql`
				update import set state = 'accepted', problem = null, decisions = ${JSON.stringify(decisions)}::jsonb,
					coverage = coverage || ${JSON.stringify({ complete: decisions.complete })}::jsonb
				where import_id = ${importId}::bigint`.execute(transaction);
			return null;
		})
	);
}

/** Rejects a preview. What was read of it goes; the file, its findings and the reason stay. */
export async function rejectImport(
	{ intake: db }: Books,
	importId: string,
	reason: string
): Promise<Refusal | null> {
	return patiently(async () => {
		if (await move(db, importId, 'staged', 'rejected', reason)) {
			await clearStaging(db, importId);
			return null;
		}
		return refusalOf((await findImport(db, importId))?.state ?? null);
	});
}

/** Cancels what no thread of this process is at. */
export async function cancelWaiting({ intake: db }: Books, importId: string): Promise<Refusal | null> {
	return patiently(() =>
		db.transaction().execute(async (transaction) => {
			// A posting in another process holds the row for as long as it takes.
			await sql`set local lock_timeout to '2s'`.execute(transaction);
			const found = await findImport(transaction, importId, { lock: true }).catch(
				(error: { code?: string }) => {
					if (error.code === LOCK_NOT_AVAILABLE) return 'posted elsewhere' as const;
					throw error;
				}
			);
			if (found === 'posted elsewhere')
				return refuse('being-posted', 'Another process is posting it; it can be cancelled there only.');
			if (found === null) return refusalOf(null);
			if (found.state === 'reading')
				await move(transaction, importId, 'reading', 'cancelled', PROBLEMS.reading_cancelled);
			else if (found.state === 'accepted')
				await move(transaction, importId, 'accepted', 'staged', PROBLEMS.posting_not_begun);
			else return refuse('not-under-way', 'Nothing is being done with it, so there is nothing to cancel.');
			return null;
		})
	);
}

const LOCK_NOT_AVAILABLE = '55P03';
