import type { Duplex } from 'node:stream';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { WireSocket } from './wire-socket.ts';

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
	/** A way for another thread to the same connection. Who uses it must have the connection to itself meanwhile. */
	channel(): MessagePort;
	/** The whole data folder as a tar file, to start another one from. */
	dump(): Promise<Uint8Array<ArrayBuffer>>;
	close(): Promise<void>;
};

/**
 * Starts PGlite in its own thread.
 * @param dataDir a folder, or `memory://`
 * @param loadDataDir a folder's tar (from {@link PgliteThread.dump}) to begin with; it is handed over, not copied
 */
export async function startPglite(
	dataDir: string,
	loadDataDir: Uint8Array<ArrayBuffer> | null = null
): Promise<PgliteThread> {
	const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
		workerData: { dataDir, loadDataDir },
		transferList: loadDataDir ? [loadDataDir.buffer] : [],
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
		socket: () => new WireSocket((bytes) => ask({ bytes }).then((answer) => answer.bytes!)),
		channel: () => {
			const { port1, port2 } = new MessageChannel();
			worker.postMessage({ port: port1 }, [port1]);
			return port2;
		},
		dump: () => ask({ dump: true }).then((answer) => answer.dumped!),
		close: async () => {
			if (!gone) await ask({ close: true });
			await worker.terminate();
		}
	};
}
