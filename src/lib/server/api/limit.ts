const MINUTE_MILLISECONDS = 60_000;
/** Addresses remembered; beyond this the one that asked longest ago is forgotten, so that many cannot fill the memory. */
const MOST_ADDRESSES = 10_000;

type Bucket = { left: number; at: number };

/**
 * How often each visitor's address may ask: a bucket of so many requests, refilled evenly over a minute. It counts in this
 * process alone.
 */
export class RequestLimit {
	#buckets = new Map<string, Bucket>();
	#perMinute: number;

	/** @param perMinute requests within a minute; 0 is without a limit */
	constructor(perMinute: number) {
		this.#perMinute = perMinute;
	}

	/** Seconds until this address may ask again; 0 when it may now, which is then counted. `now` in milliseconds. */
	take(address: string, now: number): number {
		if (this.#perMinute === 0) return 0;
		const perMillisecond = this.#perMinute / MINUTE_MILLISECONDS;
		const known = this.#buckets.get(address);
		const refilled = known
			? Math.min(this.#perMinute, known.left + Math.max(0, now - known.at) * perMillisecond)
			: this.#perMinute;
		const isAllowed = refilled >= 1;
		this.#buckets.delete(address);
		this.#buckets.set(address, { left: isAllowed ? refilled - 1 : refilled, at: now });
		if (this.#buckets.size > MOST_ADDRESSES) {
			const [oldest] = this.#buckets.keys();
			this.#buckets.delete(oldest!);
		}
		return isAllowed ? 0 : Math.max(1, Math.ceil((1 - refilled) / perMillisecond / 1000));
	}
}
