const MOST_FAILED = 10;
const WINDOW_MILLISECONDS = 15 * 60 * 1000;
/** Addresses remembered; beyond this the oldest is forgotten, so that many visitors cannot fill the memory. */
const MOST_ADDRESSES = 10_000;

/** Counts wrong tokens by visitor's address: after ten within a quarter of an hour none is looked at, right or wrong. */
export class FailedTries {
	#failed = new Map<string, number[]>();

	/** Seconds until this visitor may try again; 0 when they may now. */
	secondsToWait(address: string, now: number): number {
		const times = this.#recent(address, now);
		if (times.length < MOST_FAILED) return 0;
		return Math.ceil((times[0]! + WINDOW_MILLISECONDS - now) / 1000);
	}

	add(address: string, now: number): void {
		const times = [...this.#recent(address, now), now];
		this.#failed.delete(address);
		this.#failed.set(address, times);
		if (this.#failed.size > MOST_ADDRESSES) {
			const [oldest] = this.#failed.keys();
			this.#failed.delete(oldest!);
		}
	}

	#recent(address: string, now: number): number[] {
		return (this.#failed.get(address) ?? []).filter((time) => time > now - WINDOW_MILLISECONDS);
	}
}
