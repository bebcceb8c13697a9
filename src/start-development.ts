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
	const { createAccess } = await import('#lib/server/access/access.ts');
	const { readIntakeToken } = await import('#lib/server/access/intake-token.ts');
	const { openDesk } = await import('#lib/server/intake/desk/open-desk.ts');
	const { token, file, made } = readIntakeToken(configuration);
	if (made) process.stdout.write(`The token for handing in files is ${token} (kept in ${file})\n`);
	const { dataDir, intakeMaxBytes: maxBytes } = configuration;
	await startRuntime(database, configuration, {
		access: createAccess(token, configuration.origin),
		openIntake: (posted) => openDesk(database, { dataDir, maxBytes, takesUp: true, posted })
	});
}
