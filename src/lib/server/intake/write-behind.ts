/**
 * Lets the database write one piece while the next is worked out. A transaction has one connection, so what the next piece
 * needs to ask must be asked before: ask, {@link start} the piece that is held, work, {@link hold} the outcome.
 */
export class WriteBehind {
	#held: (() => Promise<void>) | null = null;
	#writing: Promise<void> | null = null;

	/** Keeps a piece until the next is ready to be worked out. */
	hold(write: () => Promise<void>): void {
		if (this.#held) throw new Error('a piece is held that was never started');
		this.#held = write;
	}

	/** Begins to write what is held, if anything is, once what was begun before is written; throws if that failed. */
	async start(): Promise<void> {
		if (!this.#held) return;
		await this.#writing;
		this.#writing = this.#held();
		this.#held = null;
		// It is awaited by the next start or the end; until then a failure is nobody's.
		this.#writing.catch(() => {});
	}

	/** Writes what is left. */
	async finish(): Promise<void> {
		await this.start();
		await this.#writing;
	}

	/** True while a piece that was begun may still be on its way. */
	get busy(): boolean {
		return this.#writing !== null;
	}

	/**
	 * Waits until nothing is being written any more, drops what is held, and throws what went wrong: the failure of the
	 * writing itself where there is one, because whatever failed after it may only be its echo.
	 */
	async abandon(error: unknown): Promise<never> {
		this.#held = null;
		await this.#writing;
		throw error;
	}
}
