import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '#lib/server/configuration.ts';
import { makeFolder } from '#lib/server/data-folder.ts';

/** The word that opens writing until people can sign in. `file` is where it is kept; null when the settings give it. */
export type IntakeToken = { token: string; file: string | null; made: boolean };

/** The data folder cannot keep the token: one line that says what to do. */
export class TokenError extends Error {
	override name = 'TokenError';
}

/**
 * The token of the settings, else the one in the data folder, else a new one, kept there for this user alone.
 * @throws TokenError when it can neither be read nor made
 */
export function readIntakeToken({
	intakeToken,
	dataDir
}: Pick<Configuration, 'intakeToken' | 'dataDir'>): IntakeToken {
	if (intakeToken !== null) return { token: intakeToken, file: null, made: false };
	const file = join(dataDir, 'intake-token');
	try {
		const kept = readKept(file);
		if (kept !== null) return { token: kept, file, made: false };
		return makeToken(dataDir, file);
	} catch (error) {
		if (error instanceof TokenError) throw error;
		const { code = '' } = error as NodeJS.ErrnoException;
		throw new TokenError(
			`the token for uploads cannot be kept in ${file} (${code}); set INTAKE_TOKEN, or DATA_DIR to a folder that can be written`
		);
	}
}

function makeToken(dataDir: string, file: string): IntakeToken {
	const token = randomBytes(24).toString('base64url');
	makeFolder(dataDir);
	try {
		writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		// Another process was quicker; it may still be writing.
		const kept = readKept(file);
		if (kept !== null) return { token: kept, file, made: false };
		throw new TokenError(`the file ${file} is empty; remove it, and a new token is made`);
	}
	return { token, file, made: true };
}

/** The token of the file; null when there is none. Whoever may read the file may write: it is this user's alone. */
function readKept(file: string): string | null {
	let text: string;
	try {
		text = readFileSync(file, 'utf8').trim();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
	if (text === '') return null;
	chmodSync(file, 0o600);
	return text;
}
