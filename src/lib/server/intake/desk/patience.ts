import { isBusy } from '#lib/server/database/only-connection.ts';

const PATIENCE_MILLISECONDS = 30_000;

/**
 * Does what is short and all or nothing in the database, also where a posting keeps that busy for a while.
 * @throws BooksBusyError when it stays busy
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
	const until = performance.now() + PATIENCE_MILLISECONDS;
	for (;;) {
		try {
			return await work();
		} catch (error) {
			if (!isBusy(error) || performance.now() > until) throw error;
		}
	}
}
