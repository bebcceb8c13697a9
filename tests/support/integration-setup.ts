import type { TestProject } from 'vitest/node';
import { preparePglite, startPostgres, type PostgresEngine } from './engines.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Null where the machine has no PostgreSQL server. */
		postgres: PostgresEngine | null;
		/** The file of a migrated, empty PGlite folder. */
		pglite: string;
	}
}

/** Once per run of the integration tests, before the first. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [pglite, postgres] = await Promise.all([preparePglite(), startPostgres()]);
	project.provide('pglite', pglite);
	project.provide('postgres', postgres?.engine ?? null);
	return async () => {
		await postgres?.cluster.stop();
	};
}
