import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { makeFacts, makeWhole, startOn, type Facts } from './books.ts';
import { chromiumOptions } from './chromium.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of a running application with the first portfolio and its demonstration, on PGlite. Only read from it. */
		application: string;
		/** A data folder with the same, to begin others from. */
		whole: string;
		/** Books with the published facts alone, to write into copies of. */
		facts: Facts;
	}
}

/** Once per run of the browser tests, before the first: one application for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	// A browser that has to be unpacked is, once: the workers launch theirs at the same moment.
	chromiumOptions();
	const [whole, { facts, end }] = await Promise.all([makeWhole(), makeFacts()]);
	const application = await startOn(whole, {});
	project.provide('application', application.address);
	project.provide('whole', whole);
	project.provide('facts', facts);
	return async () => {
		await Promise.all([application.stop(), end()]);
		rmSync(whole, { recursive: true, force: true });
	};
}
