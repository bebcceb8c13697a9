import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApplication, type Application } from './application.ts';

/** The token of every application that tests write into. */
export const TOKEN = 'the-token-of-the-browser-tests';

/** What an application is started with whose books hold the published facts and nothing that is invented. */
const FACTS_ALONE = { INTAKE_TOKEN: TOKEN, DEMONSTRATION: 'off' };

/** Makes a data folder with the published facts, which an application loaded and left. Who asks for it removes it. */
export async function makeFactsFolder(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-facts-'));
	const application = await startApplication({ ...FACTS_ALONE, DATA_DIR: folder }, 240);
	await application.stop();
	return folder;
}

/** Starts an application on a copy of such a folder, which goes when it stops. */
export async function startFromFacts(
	facts: string,
	environment: Record<string, string> = FACTS_ALONE
): Promise<Application> {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-data-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		cpSync(facts, folder, { recursive: true });
		const application = await startApplication({ ...environment, DATA_DIR: folder }, 240);
		return { ...application, stop: (signal) => application.stop(signal).finally(remove) };
	} catch (error) {
		remove();
		throw error;
	}
}
