import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing; what is there is left as it is.
 * Node's own `recursive` never comes back where a system answers ENOENT under a parent that exists, as `/proc` does.
 * @throws the system's error, with its code
 */
export function makeFolder(path: string): void {
	const folder = resolve(path);
	try {
		makeOne(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
		makeFolder(dirname(folder));
		makeOne(folder);
	}
}

function makeOne(folder: string): void {
	try {
		mkdirSync(folder);
	} catch (error) {
		// There already; what is no folder is refused by whoever writes into it.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}
