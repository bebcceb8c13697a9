/** Long work was told to stop, or the import it was for was taken from it. */
export class CancelledError extends Error {
	override name = 'CancelledError';
	constructor() {
		super('the work was cancelled');
	}
}

/** Who looks on while long work is done: it is told how far that is and may stop it between two steps. */
export type Watch = {
	/** @param done bytes while reading, records afterwards; `total` null where nobody knows it */
	tell(done: number, total: number | null, records: number): void;
	/** Throws {@link CancelledError} once the work is to stop. */
	check(): void;
};

export const NOBODY_WATCHES: Watch = { tell: () => {}, check: () => {} };
