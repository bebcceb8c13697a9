import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { isAway } from '#lib/server/database/away.ts';
import { FULL_DISK, PROBLEMS, failed } from '#lib/words/problem.ts';
import type { ImportState } from '../desk.ts';
import { BooksMovedError, post } from '../post.ts';
import type { Decisions, Preview } from '../preview.ts';
import { clearStaging } from '../staging.ts';
import { endReading, readIn } from '../stage.ts';
import { CancelledError, type Watch } from '../watch.ts';
import { compare } from '../compare.ts';
import { PostingRefusedError } from '../decided.ts';
import { UnknownReferenceError } from '../directory.ts';
import { logError } from '#lib/server/log.ts';
import { countBeginning, findImport, move } from './imports.ts';
import { isFull } from './room.ts';

/** Work that a process began and did not end so many times ends processes, and is not begun again. */
const MOST_BEGINNINGS = 20;

/** What needs no entry in the log: the import itself says it. */
const EXPECTED = [CancelledError, PostingRefusedError, UnknownReferenceError];

/** Tells an onlooker which part of the work has begun. */
export type Phases = { watch: Watch; compares(): void };

/** Reads an import and compares it with the books; answers the state in which that left it. */
export async function readImport(
	db: Kysely<DB>,
	importId: string,
	{ watch, compares }: Phases,
	maxBytes: number
): Promise<ImportState> {
	return endWell(db, importId, 'reading', async () => {
		const read = await readIn(db, importId, watch, maxBytes);
		compares();
		return db.transaction().execute(async (transaction) => {
			const found = await findImport(transaction, importId, { lock: true });
			if (found?.state !== 'reading') throw new CancelledError();
			const { state } = await endReading(transaction, importId, read);
			if (state === 'rejected') await explainRejection(transaction, importId);
			else await compare(transaction, importId, watch);
			watch.check();
			return state;
		});
	});
}

/** Posts an accepted import; answers the state in which that left it: `staged` where the books are not what was shown. */
export async function postImport(
	db: Kysely<DB>,
	importId: string,
	{ watch, compares }: Phases
): Promise<ImportState> {
	return endWell(db, importId, 'accepted', async () => {
		for (;;) {
			const { preview, decisions, fileName } = (await findImport(db, importId))!;
			try {
				await post(db, importId, {
					explanation: explanationOf(decisions, fileName),
					from: 'accepted',
					upToDate: preview !== null,
					watch
				});
				return 'posted';
			} catch (error) {
				if (!(error instanceof BooksMovedError)) throw error;
			}
			compares();
			if (await compareAgain(db, importId, preview, watch)) continue;
			return (await move(db, importId, 'accepted', 'staged', PROBLEMS.books_moved)) ? 'staged' : 'cancelled';
		}
	});
}

function explanationOf(decisions: Decisions | null, fileName: string): string {
	return decisions?.explanation.trim() || fileName;
}

/** Compares an import with the books as they are now; true when it would still do what was shown. */
async function compareAgain(
	db: Kysely<DB>,
	importId: string,
	shown: Preview | null,
	watch: Watch
): Promise<boolean> {
	return db.transaction().execute(async (transaction) => {
		await compare(transaction, importId, watch);
		const { preview } = (await findImport(transaction, importId))!;
		return JSON.stringify(effectOf(shown)) === JSON.stringify(effectOf(preview));
	});
}

function effectOf(preview: Preview | null) {
	return (
		preview && [preview.changes, preview.difference, preview.absent, preview.proposals, preview.reporters]
	);
}

/** A rejected import carries the first reason in words; the findings hold the others. */
async function explainRejection(db: Kysely<DB>, importId: string): Promise<void> {
	await sql`
		update import set problem = (
			select place || ': ' || coalesce(rtrim(was_read, '. ') || '; ', '') || was_done || ' (' || rule || ')'
			from finding f where f.import_id = import.import_id and severity = 'critical' order by finding_id limit 1)
		where import_id = ${importId}::bigint`.execute(db);
}

/**
 * Does an import's work and leaves the import in a state that says how it ended, however it did: only a database that is
 * away, or whose disk has no room to say so, is thrown on, for the work to be done again.
 */
async function endWell(
	db: Kysely<DB>,
	importId: string,
	from: 'reading' | 'accepted',
	work: () => Promise<ImportState>
): Promise<ImportState> {
	try {
		const begun = await countBeginning(db, importId);
		if (begun > MOST_BEGINNINGS) throw new Error(`begun ${begun - 1} times, and the process ended each time`);
		return await work();
	} catch (error) {
		if (isAway(error)) throw error;
		const tell = () => logError(error, { part: 'intake', import: importId });
		const isKnown = isFull(error) || EXPECTED.some((kind) => error instanceof kind);
		if (!isKnown) tell();
		const state = await giveUp(db, importId, from, reasonOf(error as Error));
		// A disk without room even for that throws instead, and the work is tried again every second: no line for each.
		if (isFull(error)) tell();
		return state;
	}
}

/** Why work did not succeed, in a line; null when it was cancelled. */
function reasonOf(error: Error): string | null {
	if (error instanceof CancelledError) return null;
	return isFull(error) ? FULL_DISK : error.message.split('\n')[0]!;
}

/**
 * Leaves an import whose work did not succeed: one that was read is rejected or cancelled and holds nothing, one that was
 * to be posted is a preview again.
 * @param why null when it was cancelled
 */
export async function giveUp(
	db: Kysely<DB>,
	importId: string,
	from: 'reading' | 'accepted',
	why: string | null
): Promise<ImportState> {
	if (from === 'accepted') {
		const problem = why === null ? PROBLEMS.posting_cancelled : failed('posted', why);
		await move(db, importId, 'accepted', 'staged', problem);
	} else {
		const [to, problem] =
			why === null
				? (['cancelled', PROBLEMS.reading_cancelled] as const)
				: (['rejected', failed('read', why)] as const);
		await move(db, importId, 'reading', to, problem);
	}
	const found = await findImport(db, importId);
	// A database that lost its last moments knows nothing of it.
	if (!found) return 'cancelled';
	const { state } = found;
	if (state === 'rejected' || state === 'cancelled') await clearStaging(db, importId);
	return state;
}
