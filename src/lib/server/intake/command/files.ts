import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the words of the command cannot mean: one line that says what they can. */
export class UsageError extends Error {
	override name = 'UsageError';
}

export type Call = { files: string[]; passedOver: string[]; accept: boolean; json: boolean };

/** What a folder is searched for; a file that is named is taken whatever it is called. */
const TAKEN = /\.(xml|csv|tsv|xlsx|xml\.gz|csv\.gz|tsv\.gz)$/i;

/**
 * Reads the words after `npm run import --`: files, folders (with all that lies in them), `--accept` and `--json`.
 * @throws UsageError
 */
export function readCall(words: readonly string[]): Call {
	const options = words.filter((word) => word.startsWith('--'));
	const unknown = options.find((option) => option !== '--accept' && option !== '--json');
	if (unknown !== undefined)
		throw new UsageError(`there is no option ${unknown}; there are --accept and --json`);
	const paths = words.filter((word) => !word.startsWith('--'));
	if (paths.length === 0) throw new UsageError('name a file or a folder to import');
	const files: string[] = [];
	const passedOver: string[] = [];
	for (const path of paths) {
		const found = statSync(path, { throwIfNoEntry: false });
		if (!found) throw new UsageError(`there is no file or folder ${path}`);
		if (!found.isDirectory()) files.push(path);
		else for (const inside of filesIn(path)) (TAKEN.test(inside) ? files : passedOver).push(inside);
	}
	if (files.length === 0) throw new UsageError(`there is nothing to import in ${paths.join(', ')}`);
	return { files, passedOver, accept: options.includes('--accept'), json: options.includes('--json') };
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}
