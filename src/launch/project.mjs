import { createHash } from 'node:crypto';
import {
	accessSync,
	constants,
	mkdirSync,
	readFileSync,
	readdirSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** An expected failure: its message is the one line that the person at the terminal reads. */
export class Refusal extends Error {}

/** One plain line for the person who typed the command. */
export function say(line) {
	console.log(line);
}

/** The same of what is done before the command's own work, whose output may be for a program to read. */
export function sayBefore(line) {
	console.error(line);
}

export function fromRoot(...parts) {
	return join(ROOT, ...parts);
}

export function readJson(path) {
	return JSON.parse(readFileSync(path, 'utf8'));
}

/** Before the project writes into its own folder: what follows would fail with pages of another program's words. */
export function ensureWritable() {
	try {
		accessSync(ROOT, constants.W_OK);
	} catch (error) {
		throw new Refusal(
			`The folder of the project cannot be written (${error.code}): ${ROOT}. Put it where this user may write.`
		);
	}
}

function* filesUnder(path) {
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found) return;
	if (!found.isDirectory()) return yield path;
	for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** SHA-256 over names and bytes of files and folders (relative to the project), so that a changed, new or lost file shows. */
export function fingerprint(paths, leftOut = []) {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of filesUnder(fromRoot(path))) {
			const name = relative(ROOT, file).split(sep).join('/');
			if (leftOut.some((prefix) => name === prefix || name.startsWith(`${prefix}/`))) continue;
			hash.update(`${name}\0`).update(readFileSync(file)).update('\0');
		}
	}
	return hash.digest('hex');
}

export function isStamped(path, value) {
	try {
		return readFileSync(fromRoot(path), 'utf8') === value;
	} catch {
		return false;
	}
}

export function stamp(path, value) {
	mkdirSync(dirname(fromRoot(path)), { recursive: true });
	writeFileSync(fromRoot(path), value);
}
