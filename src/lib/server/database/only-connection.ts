import type { MessagePort } from 'node:worker_threads';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** The only connection is at work for a posting and stays so: the visitor is told to come back. */
export class BooksBusyError extends Error {
	override name = 'BooksBusyError';
}

/** By its name: the server's entry and the build's bundle each have a class of their own. */
export function isBusy(caught: unknown): boolean {
	return (caught as Error | null)?.name === 'BooksBusyError';
}

/** What lends the only connection of a PGlite to another thread. */
export type Lender = {
	/** The other thread's way to the database. */
	channel(): MessagePort;
	/** Waits for the connection, in line with everyone, and keeps it for the other thread. */
	lend(): Promise<Loan>;
	isLent(): boolean;
};

/** Gives the connection back; `broken` when the other thread is gone, with whatever it had begun. */
export type Loan = { giveBack(broken?: boolean): Promise<void> };

const LOOK_AGAIN_MILLISECONDS = 250;

/**
 * The one connection that a PGlite has, shared by all queries of this thread and lent whole to another. Whoever waits
 * for it while it is lent gives up in time and says so.
 */
export class OnlyConnection implements PostgresPool, Lender {
	options = {};
	channel: () => MessagePort;
	#pool: pg.Pool;
	#patience: number;
	#loans = 0;

	/** @param patienceSeconds how long a query waits while the connection is lent */
	constructor(pool: pg.Pool, channel: () => MessagePort, patienceSeconds: number) {
		this.#pool = pool;
		this.channel = channel;
		this.#patience = patienceSeconds * 1000;
	}

	/** @throws BooksBusyError */
	connect(): Promise<PostgresPoolClient> {
		const coming = this.#pool.connect();
		return new Promise((resolve, reject) => {
			let gaveUp = false;
			const look = () => {
				if (!this.isLent()) {
					timer = setTimeout(look, LOOK_AGAIN_MILLISECONDS);
					return;
				}
				gaveUp = true;
				reject(new BooksBusyError('the database is at work for a posting; try again in a moment'));
			};
			let timer = setTimeout(look, this.#patience);
			coming.then(
				(client) => {
					clearTimeout(timer);
					if (gaveUp) client.release();
					else resolve(client as unknown as PostgresPoolClient);
				},
				(error: Error) => {
					clearTimeout(timer);
					reject(error);
				}
			);
		});
	}

	end(): Promise<void> {
		return this.#pool.end();
	}

	isLent(): boolean {
		return this.#loans > 0;
	}

	async lend(): Promise<Loan> {
		const client = await this.#pool.connect();
		this.#loans++;
		let isOut = true;
		return {
			giveBack: async (broken = false) => {
				if (!isOut) return;
				isOut = false;
				try {
					// It is one session: what the other thread had begun would go on under the next query here.
					if (broken) await client.query('rollback');
				} finally {
					this.#loans--;
					client.release();
				}
			}
		};
	}
}
