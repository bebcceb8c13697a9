import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_FILE_BYTES } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';

/** A received file on disk for as long as it is read, because the table of contents of a workbook stands at its end. */
export type Spooled = { path: string; remove(): Promise<void> };

/**
 * Writes a stream to a file of this process's own, readable by nobody else, under a name of ours. Throws Unreadable for
 * one that is too large; leaves nothing behind when it throws.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>): Promise<Spooled> {
	const folder = await mkdtemp(join(tmpdir(), 'workbook-'));
	const remove = () => rm(folder, { recursive: true, force: true });
	const path = join(folder, 'received');
	try {
		const file = await open(path, 'wx', 0o600);
		try {
			let size = 0;
			for await (const chunk of bytes) {
				size += chunk.length;
				if (size > MOST_FILE_BYTES)
					throw new Unreadable('file-too-large', `a workbook of more than ${MOST_FILE_BYTES} bytes`);
				await file.writeFile(chunk);
			}
		} finally {
			await file.close();
		}
	} catch (error) {
		await remove();
		throw error;
	}
	return { path, remove };
}
