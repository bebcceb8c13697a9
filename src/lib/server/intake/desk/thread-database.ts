import { parentPort, type MessagePort } from 'node:worker_threads';
import { sql, type Kysely, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { PGLITE, POSTGRES, createPool, queryBy } from '#lib/server/database/connect.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { WireSocket, speakThrough } from '#lib/server/database/wire-socket.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** The database as the desk's thread has it. */
export type ThreadDatabase = {
	/** Does an import's work while no other process does; null when one is at it. */
	whileOurs<T>(importId: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T | null>;
};

export function openThreadDatabase(data: ThreadData): ThreadDatabase {
	return data.engine === 'pglite' ? openLent(data.port) : openOwn(data.url);
}

/** A connection of its own, with no limit of time; its lock tells other processes that an import is being worked on. */
function openOwn(url: string): ThreadDatabase {
	const db = queryBy(
		createPool({ ...POSTGRES, connectionString: url, max: 1, application_name: 'dashboard intake' })
	);
	return {
		whileOurs: (importId, work) =>
			db.connection().execute(async (own) => {
				const lock = sql`hashtext(${`intake of import ${importId}`})`;
				const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${lock}) as ours`.execute(
					own
				);
				if (!rows[0]!.ours) return null;
				try {
					return await work(own);
				} finally {
					// Lost with the connection otherwise.
					await sql`select pg_advisory_unlock(${lock})`.execute(own).catch(() => {});
				}
			})
	};
}

/** The main thread's only connection, borrowed for each transaction and each query outside of one. The folder's lock keeps other processes out. */
function openLent(port: MessagePort): ThreadDatabase {
	const db = queryBy(new BorrowedConnection(port));
	return { whileOurs: (_importId, work) => work(db) };
}

class BorrowedConnection implements PostgresPool {
	options = {};
	#pool: ReturnType<typeof createPool>;
	/** Ends when the connection is given back: one is out at a time. */
	#turn: Promise<void> = Promise.resolve();

	constructor(port: MessagePort) {
		const speak = speakThrough(port);
		this.#pool = createPool({ ...PGLITE, stream: () => new WireSocket(speak) as never });
	}

	async connect(): Promise<PostgresPoolClient> {
		const before = this.#turn;
		let over = () => {};
		this.#turn = new Promise((resolve) => (over = resolve));
		await before;
		try {
			await borrow();
		} catch (error) {
			over();
			throw error;
		}
		const giveBack = () => {
			say({ returned: true });
			over();
		};
		try {
			const client = await this.#pool.connect();
			const release = client.release.bind(client);
			client.release = (failed) => {
				release(failed);
				giveBack();
			};
			return client as unknown as PostgresPoolClient;
		} catch (error) {
			giveBack();
			throw error;
		}
	}

	end(): Promise<void> {
		return this.#pool.end();
	}
}

const say = (message: FromThread) => parentPort!.postMessage(message);

/** Asks the main thread for the connection and waits until it is free. */
function borrow(): Promise<void> {
	return new Promise((resolve, reject) => {
		const hear = (message: ToThread) => {
			if (!('lent' in message) && !('notLent' in message)) return;
			parentPort!.off('message', hear);
			if ('lent' in message) resolve();
			else reject(new Error(message.notLent));
		};
		parentPort!.on('message', hear);
		say({ borrow: true });
	});
}
