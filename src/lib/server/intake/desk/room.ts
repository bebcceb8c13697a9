import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** What is stored of a file and made of it takes up to so many times its size. */
const TIMES = 4;

/** Kept free on PGlite's disk: a PGlite that has no room for its log never answers again, nor lets its process end. */
const RESERVE_BYTES = 64 * 1024 * 1024;

/** What is to be written has no room on the disk. */
class FullDiskError extends Error {
	override name = 'FullDiskError';
	code = 'ENOSPC';
}

/** Whether a folder's disk has room for a file and all that is made of it. A folder that does not exist has. */
export async function hasRoomFor(folder: string, bytes: number): Promise<boolean> {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize >= TIMES * bytes + RESERVE_BYTES;
	} catch {
		return true;
	}
}

/**
 * Stops work before a folder's disk is full.
 * @throws an error that {@link isFull} knows, once only the reserve is free
 */
export function keepReserve(folder: string): void {
	const { bavail, bsize } = statfsSync(folder);
	if (bavail * bsize < RESERVE_BYTES) throw new FullDiskError('only the reserve of the disk is free');
}

/** Whether an error says that a disk is full: the system's own, or PostgreSQL's. */
export function isFull(caught: unknown): boolean {
	const { code } = caught as { code?: unknown };
	return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100';
}
