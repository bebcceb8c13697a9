import type { Progress } from '../desk.ts';
import type { Job, Told } from './messages.ts';

/** How far a job is, from what its thread told, with the time left by how fast its phase went so far. */
export class JobProgress {
	#job: Job;
	#phase: Progress['phase'] = 'waiting';
	#done = 0;
	#total: number | null = null;
	#records = 0;
	#startedAt: Date;
	#phaseStarted: number;
	#clock: () => number;

	/** @param clock milliseconds since 1970 */
	constructor(job: Job, clock: () => number = Date.now) {
		this.#job = job;
		this.#clock = clock;
		this.#phaseStarted = clock();
		this.#startedAt = new Date(this.#phaseStarted);
	}

	hear({ phase, done, total, records }: Told): void {
		if (phase !== this.#phase || done < this.#done) this.#phaseStarted = this.#clock();
		this.#phase = phase;
		this.#done = done;
		this.#total = total;
		if (records > 0) this.#records = records;
	}

	/** Back in line, because the database is away. */
	wait(): void {
		this.#phase = 'waiting';
		this.#done = 0;
		this.#total = null;
	}

	show(): Progress {
		return {
			importId: this.#job.importId,
			fileName: this.#job.fileName,
			phase: this.#phase,
			done: this.#done,
			total: this.#total,
			records: this.#records,
			startedAt: this.#startedAt.toISOString(),
			secondsLeft: this.#secondsLeft()
		};
	}

	#secondsLeft(): number | null {
		if (this.#total === null || this.#done <= 0) return null;
		const seconds = (this.#clock() - this.#phaseStarted) / 1000;
		if (seconds < SHORTEST_SECONDS) return null;
		return Math.ceil((seconds * Math.max(0, this.#total - this.#done)) / this.#done);
	}
}

/** Before this nobody can tell how fast it goes. */
const SHORTEST_SECONDS = 1;
