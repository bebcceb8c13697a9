import { sql } from 'kysely';
import { getRuntime } from './runtime.ts';

/** State of this process and its database, without anything that helps an attacker. */
export type Health = {
	live: true;
	ready: boolean;
	engine: 'postgresql' | 'pglite';
	dataVersion: string;
	/** How history is protected from change. */
	history: 'rights and triggers' | 'triggers alone';
	/** What an administrator should know. */
	notes: string[];
};

export async function readHealth(): Promise<Health> {
	const { database, dataVersion, intake } = getRuntime();
	// While a posting has the only connection, asking would wait for it; the database is there.
	const ready = intake?.current()
		? true
		: await sql`select 1`.execute(database.db).then(
				() => true,
				() => false
			);
	const notes: string[] = [];
	if (database.engine === 'pglite') {
		notes.push(
			'PGlite does not force writes to disk: data posted shortly before a power loss can be lost. Use PostgreSQL for real records.'
		);
	}
	if (!database.twoRoles) {
		notes.push(
			'One database role owns and uses the tables: triggers alone protect history. Set DATABASE_OWNER_URL to a second role.'
		);
	}
	return {
		live: true,
		ready,
		engine: database.engine,
		dataVersion: dataVersion(),
		history: database.twoRoles ? 'rights and triggers' : 'triggers alone',
		notes
	};
}
