import { sql } from 'kysely';
import type { Configuration } from './configuration.ts';
import type { Database } from './database/open.ts';
import { NATURES, type Nature } from '#lib/slice/slice.ts';

/** The latest posting of each nature: the pair is the data version. */
export type DataVersion = Record<Nature, number>;

/** What one process shares: its open database, its configuration, and the data version it last saw. */
export type Runtime = {
	database: Database;
	configuration: Configuration;
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

/** Makes the process's runtime and starts watching the data version. */
export async function startRuntime(database: Database, configuration: Configuration): Promise<Runtime> {
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
		dataVersion: () => `${version.published}.${version.demonstration}`,
		refresh,
		close: async () => {
			clearInterval(timer);
			delete holder[KEY];
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
