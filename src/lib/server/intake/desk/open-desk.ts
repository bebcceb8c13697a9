import { isAway } from '#lib/server/database/away.ts';
import { isBusy } from '#lib/server/database/only-connection.ts';
import type { Database } from '#lib/server/database/open.ts';
import { logError } from '#lib/server/log.ts';
import type { ImportState, IntakeDesk, Refusal, Taken } from '../desk.ts';
import { clearStaging } from '../staging.ts';
import { MEMORY_MB } from './desk-thread.ts';
import { acceptImport, cancelWaiting, rejectImport } from './decide.ts';
import { findImport, listUncleared, listUnfinished } from './imports.ts';
import { patiently } from './patience.ts';
import { WorkQueue } from './queue.ts';
import { beginImport, findNoRoom, takeIn } from './take.ts';

export type DeskOptions = {
	/** Folder of files on their way in, and of PGlite. */
	dataDir: string;
	/** Bytes of the largest file. */
	maxBytes: number;
	/** MB of memory that reading and posting may take. */
	memoryMb?: number;
	/** Whether to take up what another process left unfinished: a server does, a command minds its own files. */
	takesUp: boolean;
	/** Called when something has been posted. */
	posted?: () => Promise<void>;
};

/** How often work is looked for that another process left. */
const LOOK_MILLISECONDS = 10_000;
/** How often an import is looked at that another process is at. */
const LOOK_AGAIN_MILLISECONDS = 500;
/** How long a request waits for a cancelled job to stop. */
const CANCEL_MILLISECONDS = 5_000;

/** Opens the desk of a process. Its thread starts with the first work. */
export async function openDesk(database: Database, options: DeskOptions): Promise<IntakeDesk> {
	const taking = { database, dataDir: options.dataDir, maxBytes: options.maxBytes };
	const db = database.intake;
	const limits = {
		maxBytes: options.maxBytes,
		memoryMb: options.memoryMb ?? MEMORY_MB,
		folder: database.engine === 'pglite' && options.dataDir !== 'memory://' ? options.dataDir : null
	};
	const queue = new WorkQueue(database, limits, options.posted ?? (() => Promise.resolve()));

	const lookForWork = async () => {
		for (const { importId, fileName, state } of await listUnfinished(db))
			queue.add({ importId, fileName, work: state === 'reading' ? 'read' : 'post' });
	};
	let timer: NodeJS.Timeout | null = null;
	if (options.takesUp) {
		for (const importId of await listUncleared(db)) await clearStaging(db, importId);
		await lookForWork();
		timer = setInterval(() => {
			// Away or busy: there is a next time.
			lookForWork().catch((error: unknown) => {
				if (!isBusy(error) && !isAway(error)) logError(error, { part: 'intake' });
			});
		}, LOOK_MILLISECONDS);
		timer.unref();
	}

	/** Puts an import's work in line, whoever began it. */
	const enqueue = async (importId: string): Promise<ImportState | null> => {
		const found = await patiently(() => findImport(db, importId));
		const work = found?.state === 'reading' ? 'read' : found?.state === 'accepted' ? 'post' : null;
		if (found && work) queue.add({ importId, fileName: found.fileName, work });
		return found?.state ?? null;
	};

	const read = async (sourceId: string, choice: Parameters<IntakeDesk['read']>[1]): Promise<Taken> => {
		const taken = await beginImport(taking, sourceId, choice);
		if (taken.outcome !== 'stored') await enqueue(taken.importId);
		return taken;
	};

	const cancel = async (importId: string): Promise<Refusal | null> => {
		const stopping = queue.cancel(importId);
		if (stopping) {
			await Promise.race([stopping, pause(CANCEL_MILLISECONDS)]);
			return null;
		}
		const refusal = await cancelWaiting(database, importId);
		if (refusal === null) {
			queue.remove(importId);
			const found = await findImport(db, importId);
			if (found?.state === 'cancelled') await clearStaging(db, importId);
		}
		return refusal;
	};

	return {
		async take(file, choice = {}) {
			const stored = await takeIn(taking, file);
			return 'refusal' in stored ? { outcome: 'refused', ...stored } : read(stored.sourceId, choice);
		},
		findNoRoom: (size) => findNoRoom(taking, size),
		read,
		async accept(importId, decisions) {
			const refusal = await acceptImport(database, importId, decisions);
			if (refusal === null) await enqueue(importId);
			return refusal;
		},
		reject: (importId, reason) => rejectImport(database, importId, reason),
		cancel,
		progress: (importId) => queue.progress(importId),
		current: () => (database.lender?.isLent() ? queue.current() : null),
		async settled(importId) {
			for (;;) {
				await queue.ended(importId);
				const state = await enqueue(importId);
				if (state === null) throw new Error(`there is no import ${importId}`);
				if (state !== 'reading' && state !== 'accepted') return state;
				await pause(LOOK_AGAIN_MILLISECONDS);
			}
		},
		async close() {
			if (timer) clearInterval(timer);
			await queue.close();
		}
	};
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
