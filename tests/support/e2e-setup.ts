import { rmSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumOptions } from './chromium.ts';
import { makeFactsFolder, startFromFacts } from './facts-folder.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of a running application with the first portfolio and its demonstration, on PGlite. Only read from it. */
		application: string;
		/** A data folder with the published facts alone, to begin others from. */
		facts: string;
		/** Where the one browser of the run answers. */
		browser: string;
	}
}

/** Once per run of the browser tests, before the first: one application and one browser for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const facts = await makeFactsFolder();
	const [application, browser] = await Promise.all([
		startFromFacts(facts, {}),
		chromium.launchServer(chromiumOptions())
	]);
	project.provide('application', application.address);
	project.provide('facts', facts);
	project.provide('browser', browser.wsEndpoint());
	return async () => {
		await Promise.all([application.stop(), browser.close()]);
		rmSync(facts, { recursive: true, force: true });
	};
}
