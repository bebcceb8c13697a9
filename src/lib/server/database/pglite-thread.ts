import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';

type Answer = {
	ready?: true;
	failed?: string;
	broken?: string;
	bytes?: Uint8Array;
	dumped?: Uint8Array<ArrayBuffer>;
	closed?: true;
};

/** A PGlite database in a worker thread, spoken to in PostgreSQL's own wire protocol. */
export type PgliteThread = {
	/** A stream that `pg` takes for a socket. Only one may be open at a time: PGlite has one connection. */
	socket(): Duplex;
	/** The whole data folder as a tar file, to start another one from. */
	dump(): Promise<Uint8Array<ArrayBuffer>>;
	close(): Promise<void>;
};

/**
 * Starts PGlite in its own thread.
 * @param dataDir a folder, or `memory://`
 * @param loadDataDir a folder's tar (from {@link PgliteThread.dump}) to begin with
 */
export async function startPglite(
	dataDir: string,
	loadDataDir: Uint8Array<ArrayBuffer> | null = null
): Promise<PgliteThread> {
	const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
		workerData: { dataDir, loadDataDir },
		// Keeps a warning about type stripping and the parent's flags out of the thread.
		execArgv: ['--disable-warning=ExperimentalWarning']
	});
	const waiting: ((answer: Answer) => void)[] = [];
	const failing: ((error: Error) => void)[] = [];
	let gone: Error | null = null;

	const ask = (message: object): Promise<Answer> =>
		new Promise((resolve, reject) => {
			if (gone) return reject(gone);
			waiting.push(resolve);
			failing.push(reject);
			worker.postMessage(message);
		});
	const fail = (error: Error) => {
		gone ??= error;
		waiting.length = 0;
		for (const reject of failing.splice(0)) reject(error);
	};

	await new Promise<void>((resolve, reject) => {
		worker.once('message', (answer: Answer) => {
			if (answer.ready) resolve();
			else reject(new Error(answer.failed ?? 'PGlite did not start'));
		});
		worker.once('error', reject);
	});
	worker.on('message', (answer: Answer) => {
		const resolve = waiting.shift();
		const reject = failing.shift();
		if (answer.broken) reject?.(new Error(answer.broken));
		else resolve?.(answer);
	});
	worker.on('error', fail);
	worker.on('exit', () => fail(new Error('the database thread has ended')));

	return {
		socket: () => new ThreadSocket((bytes) => ask({ bytes }).then((answer) => answer.bytes!)),
		dump: () => ask({ dump: true }).then((answer) => answer.dumped!),
		close: async () => {
			if (!gone) await ask({ close: true });
			await worker.terminate();
		}
	};
}

const TERMINATE = 'X'.charCodeAt(0);

/** What `pg` expects of a socket, over the thread. */
class ThreadSocket extends Duplex {
	#send: (bytes: Uint8Array) => Promise<Uint8Array>;
	constructor(send: (bytes: Uint8Array) => Promise<Uint8Array>) {
		super();
		this.#send = send;
	}
	connect(): this {
		process.nextTick(() => this.emit('connect'));
		return this;
	}
	setNoDelay(): this {
		return this;
	}
	setKeepAlive(): this {
		return this;
	}
	ref(): this {
		return this;
	}
	unref(): this {
		return this;
	}
	override _read(): void {}
	override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
		// Ending a connection must not end the only backend there is.
		if (chunk[0] === TERMINATE && chunk.length === 5) return done();
		this.#send(chunk).then(
			(answer) => {
				if (answer.length > 0) this.push(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));
				done();
			},
			(error: Error) => done(error)
		);
	}
	override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
		this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', done);
	}
	override _final(done: () => void): void {
		this.push(null);
		done();
	}
}
