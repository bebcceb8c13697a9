import type { MessagePort } from 'node:worker_threads';
import type { ImportState } from '../desk.ts';

/** What the desk's thread is started with: the way to the database, and what a compressed file may hold at most. */
export type ThreadData = { maxBytes: number; folder: string | null } & (
	{ engine: 'postgresql'; url: string } | { engine: 'pglite'; port: MessagePort }
);

/** One piece of work: reading and comparing an import, or posting it. */
export type Job = { importId: string; fileName: string; work: 'read' | 'post' };

/** How far a job is. */
export type Told = {
	importId: string;
	phase: 'reading' | 'comparing' | 'posting';
	done: number;
	total: number | null;
	records: number;
};

/**
 * How a job ended. `elsewhere`: another process is at it. `away`: there was no database to work on, or no room on its
 * disk, and the job can be done again. `crashed`: the thread is gone, and the import is as it was.
 */
export type Ended =
	| { ended: 'done'; state: ImportState }
	| { ended: 'elsewhere' }
	| { ended: 'away' }
	| { ended: 'crashed'; outOfMemory: boolean; message: string };

export type ToThread = { job: Job } | { cancel: string } | { lent: true } | { notLent: string };
export type FromThread = { borrow: true } | { returned: true } | { told: Told } | { ended: Ended };
