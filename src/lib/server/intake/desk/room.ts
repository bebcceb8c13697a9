import { statfs } from 'node:fs/promises';

/** What is stored of a file and made of it takes up to so many times its size. */
const TIMES = 4;

/** Whether a folder's disk has room for a file and all that is made of it. A folder that does not exist has. */
export async function hasRoomFor(folder: string, bytes: number): Promise<boolean> {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize >= TIMES * bytes;
	} catch {
		return true;
	}
}

/** Whether an error says that a disk is full: the system's own, or PostgreSQL's. */
export function isFull(caught: unknown): boolean {
	const { code } = caught as { code?: unknown };
	return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100';
}
