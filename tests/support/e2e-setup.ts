import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { chromiumOptions } from './chromium.ts';
import { makeFactsFolder, makeWholeFolder, startFrom } from './data-folders.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of a running application with the first portfolio and its demonstration, on PGlite. Only read from it. */
		application: string;
		/** A data folder with the published facts alone, to begin others from. */
		facts: string;
		/** A data folder with the first portfolio and its demonstration, to begin others from. */
		whole: string;
	}
}

/** Once per run of the browser tests, before the first: one application for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	// A browser that has to be unpacked is, once: the workers launch theirs at the same moment.
	chromiumOptions();
	const facts = await makeFactsFolder();
	const whole = await makeWholeFolder(facts);
	const application = await startFrom(whole, {});
	project.provide('application', application.address);
	project.provide('facts', facts);
	project.provide('whole', whole);
	return async () => {
		await application.stop();
		for (const folder of [facts, whole]) rmSync(folder, { recursive: true, force: true });
	};
}
