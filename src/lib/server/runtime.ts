import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createAccess, type Access } from './access/access.ts';
import type { Configuration } from './configuration.ts';
import type { Database } from './database/open.ts';
import { refreshStatistics } from './database/statistics.ts';
import type { IntakeDesk } from './intake/desk.ts';
import { NATURES, type Nature } from '#lib/slice/slice.ts';

/** The latest posting of each nature: the pair is the data version. */
export type DataVersion = Record<Nature, number>;

/** What one process shares: its open database, its configuration, and the data version it last saw. */
export type Runtime = {
	database: Database;
	configuration: Configuration;
	/** Who may write. */
	access: Access;
	/** Where files are handed in; null in a process that takes none. */
	intake: IntakeDesk | null;
	/** The data version as a short text, for cache keys and headers: `published.demonstration`. */
	dataVersion(): string;
	/** Reads the version again; the process that posted calls it at once, a timer every second. */
	refresh(): Promise<void>;
	close(): Promise<void>;
};

/*
 * The server's entry runs these modules as they are and Kit's build holds its own copy of them: two module graphs in one
 * process. What both must see therefore hangs on the process itself.
 */
const KEY = Symbol.for('dashboard.runtime');
const holder = globalThis as { [KEY]?: Runtime };

const POLL_MILLISECONDS = 1000;

/** What a process that takes files in has beside its database. `openIntake` is told what to do when something was posted. */
export type RuntimeParts = {
	access?: Access;
	openIntake?: (posted: () => Promise<void>) => Promise<IntakeDesk>;
};

/** Makes the process's runtime and starts watching the data version. */
export async function startRuntime(
	database: Database,
	configuration: Configuration,
	{ access, openIntake }: RuntimeParts = {}
): Promise<Runtime> {
	await refreshStatistics(database.owner);
	let version: DataVersion = { published: 0, demonstration: 0 };
	const refresh = async () => {
		version = await readDataVersion(database);
	};
	await refresh();
	let busy = false;
	const timer = setInterval(() => {
		// While the database is away the last known version stands, and with it the cached pages.
		if (busy) return;
		busy = true;
		refresh()
			.catch(() => {})
			.finally(() => (busy = false));
	}, POLL_MILLISECONDS);
	timer.unref();
	const runtime: Runtime = {
		database,
		configuration,
		// Without a token nobody can know one.
		access: access ?? createAccess(randomUUID(), configuration.origin),
		intake: (await openIntake?.(refresh)) ?? null,
		dataVersion: () => `${version.published}.${version.demonstration}`,
		refresh,
		close: async () => {
			clearInterval(timer);
			delete holder[KEY];
			await runtime.intake?.close();
			await database.close();
		}
	};
	holder[KEY] = runtime;
	return runtime;
}

/** The process's runtime. Throws when the server was not started through its entry. */
export function getRuntime(): Runtime {
	const runtime = holder[KEY];
	if (!runtime) throw new Error('the server has not been started');
	return runtime;
}

/** The process's desk. Throws in a process that takes no files in. */
export function getIntake(): IntakeDesk {
	const { intake } = getRuntime();
	if (!intake) throw new Error('this process takes no files in');
	return intake;
}

export function hasRuntime(): boolean {
	return holder[KEY] !== undefined;
}

async function readDataVersion({ db }: Database): Promise<DataVersion> {
	const { rows } = await sql<{ nature: Nature; posting_no: number }>`
		select nature, max(posting_no) as posting_no from posting group by nature`.execute(db);
	const version: DataVersion = { published: 0, demonstration: 0 };
	for (const nature of NATURES) version[nature] = rows.find((row) => row.nature === nature)?.posting_no ?? 0;
	return version;
}
