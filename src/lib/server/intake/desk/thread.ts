import { parentPort, workerData } from 'node:worker_threads';
import { isAway } from '#lib/server/database/away.ts';
import { CancelledError, type Watch } from '../watch.ts';
import type { Ended, FromThread, Job, ThreadData, Told, ToThread } from './messages.ts';
import { isFull, keepReserve } from './room.ts';
import { openThreadDatabase } from './thread-database.ts';
import { postImport, readImport, type Phases } from './work.ts';

/*
 * Reading, comparing and posting, in a thread of their own: pages stay quick, and a file that takes too much memory takes
 * this thread with it and nothing else. One job at a time; the main thread hands them in.
 */
const data = workerData as ThreadData;
const database = openThreadDatabase(data);
const say = (message: FromThread) => parentPort!.postMessage(message);

/** The import that is being worked on and is to be stopped. */
let cancelled: string | null = null;

parentPort!.on('message', (message: ToThread) => {
	if ('cancel' in message) cancelled = message.cancel;
	else if ('job' in message) void perform(message.job).then((ended) => say({ ended }));
});

async function perform(job: Job): Promise<Ended> {
	cancelled = null;
	try {
		const state = await database.whileOurs(job.importId, (db) =>
			job.work === 'read'
				? readImport(db, job.importId, watching(job, 'reading'), data.maxBytes)
				: postImport(db, job.importId, watching(job, 'posting'))
		);
		return state === null ? { ended: 'elsewhere' } : { ended: 'done', state };
	} catch (error) {
		if (isAway(error) || isFull(error)) return { ended: 'away' };
		return { ended: 'crashed', outOfMemory: false, message: (error as Error).message };
	}
}

/** The main thread is told at most so often. */
const TELL_EVERY_MILLISECONDS = 200;

function watching({ importId }: Job, begins: Told['phase']): Phases {
	let phase = begins;
	let toldAt = 0;
	const tell = (done: number, total: number | null, records: number) => {
		const now = performance.now();
		if (now - toldAt < TELL_EVERY_MILLISECONDS && done > 0) return;
		toldAt = now;
		say({ told: { importId, phase, done, total, records } });
	};
	const watch: Watch = {
		tell: (done, total, records) => {
			if (begins === 'posting') phase = 'posting';
			tell(done, total, records);
		},
		check: () => {
			if (cancelled === importId) throw new CancelledError();
			if (data.folder !== null) keepReserve(data.folder);
		}
	};
	return {
		watch,
		compares: () => {
			phase = 'comparing';
			toldAt = 0;
			tell(0, null, 0);
		}
	};
}
