import { basename } from 'node:path';
import { TokenError, readIntakeToken } from '#lib/server/access/intake-token.ts';
import { ConfigurationError, readConfiguration, type Configuration } from '#lib/server/configuration.ts';
import { FolderInUseError } from '#lib/server/database/folder-lock.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { DatabaseError, openDatabase } from '#lib/server/database/open.ts';
import { UsageError, readCall, type Call } from '#lib/server/intake/command/files.ts';
import { importFile, type Counter } from '#lib/server/intake/command/importer.ts';
import { ServerError, openOtherDesk } from '#lib/server/intake/command/other-desk.ts';
import { openOwnDesk } from '#lib/server/intake/command/own-desk.ts';
import { toJson, toLine, toProgressLine } from '#lib/server/intake/command/result.ts';

/*
 * npm run import -- <file or folder>... [--accept] [--json]
 * Without --accept nothing is posted: each file is read, checked and compared, and waits as a preview on /sources.
 * Exit code 0 when nothing was rejected, 2 when something was, 1 when it could not run.
 */

const EXPECTED = [ConfigurationError, DatabaseError, FolderInUseError, ServerError, TokenError, UsageError];

/** Opens the database, or goes to the server that has it open. */
async function openCounter(configuration: Configuration): Promise<Counter> {
	try {
		const database = await openDatabase(configuration);
		await migrateToLatest(database);
		return await openOwnDesk(database, configuration);
	} catch (error) {
		if (!(error instanceof FolderInUseError) || error.serverAddress === null) throw error;
		return openOtherDesk(error.serverAddress, readIntakeToken(configuration).token);
	}
}

async function perform({ files, passedOver, accept, json }: Call): Promise<number> {
	if (passedOver.length > 0)
		console.error(`Passed over, as no reader takes such files: ${passedOver.join(', ')}.`);
	const counter = await openCounter(readConfiguration());
	let underWay: string | null = null;
	let stopped = false;
	process.once('SIGINT', () => {
		stopped = true;
		// A second one ends the process at once.
		if (underWay !== null) void counter.cancel(underWay);
	});
	let rejected = 0;
	try {
		for (const file of files) {
			if (stopped) break;
			const started = performance.now();
			const result = await importFile(counter, file, basename(file), accept, {
				began: (importId) => (underWay = importId),
				tell: (progress) => showProgress(toProgressLine(file, progress))
			});
			underWay = null;
			showProgress('');
			if (result.outcome === 'rejected') rejected++;
			if (!json) console.log(toLine(file, result));
			else {
				console.log(toJson(file, result, Math.round(performance.now() - started) / 1000));
				if (result.problem !== null) console.error(`${file}: ${result.problem}`);
			}
		}
	} finally {
		await counter.close();
	}
	if (stopped) console.error('Stopped.');
	return stopped ? 1 : rejected > 0 ? 2 : 0;
}

/** One line that is written over, on a terminal only. */
function showProgress(line: string): void {
	if (!process.stderr.isTTY) return;
	process.stderr.write(`\r${line.slice(0, process.stderr.columns - 1)}\u001b[K`);
}

try {
	process.exitCode = await perform(readCall(process.argv.slice(2)));
} catch (error) {
	const isExpected =
		error instanceof Error && (EXPECTED.some((kind) => error instanceof kind) || 'syscall' in error);
	console.error(isExpected ? `Cannot import: ${error.message}.` : error);
	process.exitCode = 1;
}
