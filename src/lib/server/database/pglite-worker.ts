import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/*
 * PGlite runs in a thread of its own: a large posting would otherwise stop every page for seconds.
 * Messages in: { bytes } of the PostgreSQL wire protocol, { dump: true }, or { close: true }. Answers: the server's bytes.
 */
const { dataDir, loadDataDir } = workerData as {
	dataDir: string;
	loadDataDir: Uint8Array<ArrayBuffer> | null;
};
const port = parentPort!;

const open = PGlite.create({
	dataDir,
	extensions: { pg_trgm },
	...(loadDataDir ? { loadDataDir: new Blob([loadDataDir]) } : {})
});
open.then(
	() => port.postMessage({ ready: true }),
	(error: unknown) => port.postMessage({ failed: String(error) })
);

let queue: Promise<unknown> = open;
port.on('message', (message: { bytes?: Uint8Array; dump?: true; close?: true }) => {
	queue = queue
		.then(() => answer(message))
		.catch((error: unknown) => port.postMessage({ broken: String(error) }));
});

async function answer(message: { bytes?: Uint8Array; dump?: true; close?: true }): Promise<void> {
	const database = await open;
	if (message.bytes) {
		const bytes = await database.execProtocolRaw(message.bytes);
		port.postMessage({ bytes });
	} else if (message.dump) {
		const file = await database.dumpDataDir('none');
		port.postMessage({ dumped: new Uint8Array(await file.arrayBuffer()) });
	} else {
		await database.close();
		port.postMessage({ closed: true });
		port.close();
	}
}
