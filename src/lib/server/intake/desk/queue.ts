import { isAway } from '#lib/server/database/away.ts';
import { isBusy } from '#lib/server/database/only-connection.ts';
import type { Database } from '#lib/server/database/open.ts';
import { refreshStatistics } from '#lib/server/database/statistics.ts';
import { logError } from '#lib/server/log.ts';
import type { Progress } from '../desk.ts';
import { DeskThread, type Limits } from './desk-thread.ts';
import type { Ended, Job } from './messages.ts';
import { patiently } from './patience.ts';
import { JobProgress } from './progress.ts';
import { giveUp } from './work.ts';

type Entry = { job: Job; progress: JobProgress; ended: Promise<void>; end: () => void; cancelled: boolean };

/** How soon work is tried again that found no database. */
const RETRY_MILLISECONDS = 1000;

/** The jobs of one process, done one at a time in the order in which they came. */
export class WorkQueue {
	#database: Database;
	#limits: Limits;
	#posted: () => Promise<void>;
	#thread: DeskThread;
	#line: Entry[] = [];
	#atWork: Entry | null = null;
	#closed = false;

	constructor(database: Database, limits: Limits, posted: () => Promise<void>) {
		this.#database = database;
		this.#limits = limits;
		this.#posted = posted;
		this.#thread = new DeskThread(database, limits, (told) => {
			if (told.importId === this.#atWork?.job.importId) this.#atWork.progress.hear(told);
		});
	}

	/** Puts a job in line, unless its import is there already. */
	add(job: Job): void {
		if (this.#closed || this.#find(job.importId)) return;
		let end = () => {};
		const ended = new Promise<void>((resolve) => (end = resolve));
		this.#line.push({ job, progress: new JobProgress(job), ended, end, cancelled: false });
		void this.#workOn();
	}

	/** Takes a job out of the line that is not begun. */
	remove(importId: string): void {
		const index = this.#line.findIndex(({ job }) => job.importId === importId);
		if (index >= 0) this.#line.splice(index, 1)[0]!.end();
	}

	/** Stops the job that is being done; null when it is not this import's. */
	cancel(importId: string): Promise<void> | null {
		const entry = this.#atWork;
		if (entry?.job.importId !== importId) return null;
		entry.cancelled = true;
		this.#thread.cancel(importId);
		return entry.ended;
	}

	/** Resolves when nothing is to be done for an import here. */
	async ended(importId: string): Promise<void> {
		await this.#find(importId)?.ended;
	}

	progress(importId: string): Progress | null {
		return this.#find(importId)?.progress.show() ?? null;
	}

	current(): Progress | null {
		return this.#atWork?.progress.show() ?? null;
	}

	/** Ends the work at once; what was not finished is taken up by the next start. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#thread.close();
		for (const { end } of this.#line.splice(0)) end();
	}

	#find(importId: string): Entry | undefined {
		if (this.#atWork?.job.importId === importId) return this.#atWork;
		return this.#line.find(({ job }) => job.importId === importId);
	}

	async #workOn(): Promise<void> {
		if (this.#atWork) return;
		for (let next = this.#line.shift(); next && !this.#closed; next = this.#line.shift()) {
			this.#atWork = next;
			await this.#do(next).catch((error: unknown) => logError(error, { part: 'intake', ...next!.job }));
			this.#atWork = null;
			next.end();
		}
	}

	async #do(entry: Entry): Promise<void> {
		for (;;) {
			const ended = await this.#thread.run(entry.job);
			if (this.#closed || ended.ended === 'elsewhere') return;
			if (ended.ended === 'done') {
				if (ended.state === 'posted') {
					await this.#posted();
					await refreshStatistics(this.#database.owner);
				}
				return;
			}
			if (ended.ended === 'crashed') {
				if (await this.#leave(entry, ended)) return;
			}
			entry.progress.wait();
			await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
			if (this.#closed || (entry.cancelled && (await this.#leave(entry)))) return;
		}
	}

	/** Leaves an import that its thread died of, or that was cancelled; false when there is no database to say so in. */
	async #leave({ job, cancelled }: Entry, ended?: Ended & { ended: 'crashed' }): Promise<boolean> {
		if (ended && !cancelled) logError(new Error(ended.message), { part: 'intake', ...job });
		const why = ended?.outOfMemory
			? `it takes more than the ${this.#limits.memoryMb} MB of memory that there are for it`
			: (ended?.message ?? '');
		const from = job.work === 'read' ? 'reading' : 'accepted';
		try {
			await patiently(() => giveUp(this.#database.intake, job.importId, from, cancelled ? null : why));
			return true;
		} catch (error) {
			logError(error, { part: 'intake', ...job });
			return !isAway(error) && !isBusy(error);
		}
	}
}
