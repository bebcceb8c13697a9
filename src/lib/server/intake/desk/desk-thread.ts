import { Worker } from 'node:worker_threads';
import type { Database } from '#lib/server/database/open.ts';
import type { Loan } from '#lib/server/database/only-connection.ts';
import type { Ended, FromThread, Job, ThreadData, Told, ToThread } from './messages.ts';

/**
 * What a job may take: bytes of an inflated file, and MB of memory; one that takes more is given up, and the server goes
 * on. So is one that leaves too little room on the disk of PGlite's `folder`; null where there is none.
 */
export type Limits = { maxBytes: number; memoryMb: number; folder: string | null };

export const MEMORY_MB = 320;
const YOUNG_MB = 32;

/** How long a cancelled job may go on before its thread is ended. */
const GRACE_MILLISECONDS = 10_000;

/** After so long without work the thread ends. */
const REST_MILLISECONDS = 30_000;

/** The thread as the main thread has it: started when there is work, one job at a time. */
export class DeskThread {
	#database: Pick<Database, 'url' | 'lender'>;
	#limits: Limits;
	#hear: (told: Told) => void;
	#worker: Worker | null = null;
	#loan: Promise<Loan> | null = null;
	#end: ((ended: Ended) => void) | null = null;
	#rest: NodeJS.Timeout | null = null;

	/** @param hear is told how far the job is */
	constructor(database: Pick<Database, 'url' | 'lender'>, limits: Limits, hear: (told: Told) => void) {
		this.#database = database;
		this.#limits = limits;
		this.#hear = hear;
	}

	/** Does a job. Never rejects: a thread that dies is one way to end. */
	run(job: Job): Promise<Ended> {
		return new Promise((resolve) => {
			if (this.#rest) clearTimeout(this.#rest);
			this.#end = resolve;
			this.#worker ??= this.#start();
			this.#post({ job });
		});
	}

	/** Asks the running job to stop, and ends the thread if it does not. */
	cancel(importId: string): void {
		const worker = this.#worker;
		if (!worker || !this.#end) return;
		this.#post({ cancel: importId });
		const timer = setTimeout(() => void worker.terminate(), GRACE_MILLISECONDS);
		timer.unref();
		const end = this.#end;
		this.#end = (ended) => {
			clearTimeout(timer);
			end?.(ended);
		};
	}

	/** Ends the thread at once. What it was doing is as if it had not begun. */
	async close(): Promise<void> {
		if (this.#rest) clearTimeout(this.#rest);
		await this.#worker?.terminate();
		await this.#takeBack(true);
	}

	#start(): Worker {
		const { url, lender } = this.#database;
		const way = lender
			? { engine: 'pglite' as const, port: lender.channel() }
			: { engine: 'postgresql' as const, url: url! };
		const worker = new Worker(new URL('./thread.ts', import.meta.url), {
			workerData: {
				...way,
				maxBytes: this.#limits.maxBytes,
				folder: this.#limits.folder
			} satisfies ThreadData,
			transferList: way.engine === 'pglite' ? [way.port] : [],
			// Keeps a warning about type stripping and the parent's flags out of the thread.
			execArgv: ['--disable-warning=ExperimentalWarning'],
			resourceLimits: { maxOldGenerationSizeMb: this.#limits.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB }
		});
		let failure: (Error & { code?: string }) | null = null;
		worker.on('message', (message: FromThread) => this.#listen(worker, message));
		worker.on('error', (error: Error) => (failure = error));
		worker.on('exit', () => {
			if (this.#worker === worker) this.#worker = null;
			const outOfMemory = failure?.code === 'ERR_WORKER_OUT_OF_MEMORY';
			const message = failure?.message ?? 'its thread ended';
			void this.#takeBack(true).then(() => this.#finish({ ended: 'crashed', outOfMemory, message }));
		});
		return worker;
	}

	#listen(worker: Worker, message: FromThread): void {
		if ('told' in message) this.#hear(message.told);
		else if ('ended' in message) this.#finish(message.ended);
		else if ('returned' in message) void this.#takeBack(false);
		else void this.#lend(worker);
	}

	async #lend(worker: Worker): Promise<void> {
		const loan = this.#database.lender!.lend();
		this.#loan = loan;
		try {
			await loan;
		} catch (error) {
			if (this.#loan === loan) this.#loan = null;
			return this.#post({ notLent: (error as Error).message });
		}
		// Gone while it waited: the connection is taken back by whoever ended it.
		if (this.#worker === worker) this.#post({ lent: true });
	}

	async #takeBack(broken: boolean): Promise<void> {
		const loan = this.#loan;
		this.#loan = null;
		await loan?.then((lent) => lent.giveBack(broken)).catch(() => {});
	}

	#finish(ended: Ended): void {
		const end = this.#end;
		this.#end = null;
		// Nothing of what a file took of memory is kept when no other follows.
		this.#rest = setTimeout(() => void this.#worker?.terminate(), REST_MILLISECONDS);
		this.#rest.unref();
		end?.(ended);
	}

	#post(message: ToThread): void {
		this.#worker?.postMessage(message);
	}
}
