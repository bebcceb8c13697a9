import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { preparePglite, startPostgres, type PostgresEngine } from './engines.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Null where the machine has no PostgreSQL server. */
		postgres: PostgresEngine | null;
		/** The file of a migrated, empty PGlite folder. */
		pglite: string;
		/** Where the first that needs one puts the file of a PGlite folder with the first portfolio. */
		filled: string;
	}
}

/** Once per run of the integration tests, before the first. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [pglite, postgres] = await Promise.all([preparePglite(), startPostgres()]);
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-tests-'));
	project.provide('pglite', pglite);
	project.provide('filled', join(folder, 'filled.tar'));
	project.provide('postgres', postgres?.engine ?? null);
	return async () => {
		rmSync(folder, { recursive: true, force: true });
		await postgres?.cluster.stop();
	};
}
