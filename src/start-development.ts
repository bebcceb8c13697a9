import { building } from '$app/environment';
import { readConfiguration } from '#lib/server/configuration.ts';
import { hasRuntime, startRuntime } from '#lib/server/runtime.ts';

/**
 * Opens the database where the server's own entry has not done so already: under `vite dev` and `vite preview`.
 * The built server comes through `src/server.ts`.
 */
export async function start(): Promise<void> {
	if (building || hasRuntime()) return;
	const { openDatabase } = await import('#lib/server/database/open.ts');
	const { migrateToLatest } = await import('#lib/server/database/migrate.ts');
	const { loadFirstPortfolio } = await import('../db/seed/load.ts');
	const configuration = readConfiguration();
	const database = await openDatabase(configuration);
	await migrateToLatest(database);
	await loadFirstPortfolio(database, configuration, (line) => process.stdout.write(`${line}\n`));
	await startRuntime(database, configuration);
}
