import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { startApplication } from './application.ts';
import { chromiumOptions } from './chromium.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of a running application with the first portfolio and its demonstration, on PGlite. Only read from it. */
		application: string;
		/** Where the one browser of the run answers. */
		browser: string;
	}
}

/** Once per run of the browser tests, before the first: one application and one browser for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [application, browser] = await Promise.all([
		startApplication({}, 240),
		chromium.launchServer(chromiumOptions())
	]);
	project.provide('application', application.address);
	project.provide('browser', browser.wsEndpoint());
	return async () => {
		await Promise.all([application.stop(), browser.close()]);
	};
}
