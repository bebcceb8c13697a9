import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApplication, type Application } from './application.ts';

/** The token of every application that tests write into. */
export const TOKEN = 'the-token-of-the-browser-tests';

/** What an application is started with whose books hold the published facts and nothing that is invented. */
const FACTS_ALONE = { INTAKE_TOKEN: TOKEN, DEMONSTRATION: 'off' };

/** Makes a data folder with the published facts, which an application loaded and left. Who asks for it removes it. */
export const makeFactsFolder = (): Promise<string> => makeFolder(FACTS_ALONE);

/** Makes a data folder out of one with the facts, to which an application added the demonstration. */
export const makeWholeFolder = (facts: string): Promise<string> => makeFolder({}, facts);

async function makeFolder(environment: Record<string, string>, from?: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-folder-'));
	if (from) cpSync(from, folder, { recursive: true });
	const application = await startApplication({ ...environment, DATA_DIR: folder }, 240);
	await application.stop();
	return folder;
}

/** Starts an application on a copy of such a folder, which goes when it stops. */
export async function startFrom(
	made: string,
	environment: Record<string, string> = FACTS_ALONE
): Promise<Application> {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-data-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		cpSync(made, folder, { recursive: true });
		const application = await startApplication({ ...environment, DATA_DIR: folder }, 240);
		return { ...application, stop: (signal) => application.stop(signal).finally(remove) };
	} catch (error) {
		remove();
		throw error;
	}
}
