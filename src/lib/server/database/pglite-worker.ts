import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/*
 * PGlite runs in a thread of its own: a large posting would otherwise stop every page for seconds.
 * Messages in: { bytes } of the PostgreSQL wire protocol, { dump: true }, or { close: true }. Answers: the server's bytes.
 * { port } opens a second way in, for bytes only, answered there. All wait in one line.
 */
type Message = { bytes?: Uint8Array; dump?: true; close?: true; port?: MessagePort };

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
/** Answers one message after the other, each to where it came from. */
function answerOn(from: MessagePort): void {
	from.on('message', (message: Message) => {
		if (message.port) return answerOn(message.port);
		queue = queue
			.then(() => answer(from, message))
			.catch((error: unknown) => from.postMessage({ broken: String(error) }));
	});
}
answerOn(port);

async function answer(from: MessagePort, message: Message): Promise<void> {
	const database = await open;
	if (message.bytes) {
		const bytes = await database.execProtocolRaw(message.bytes);
		from.postMessage({ bytes });
	} else if (message.dump) {
		const file = await database.dumpDataDir('none');
		from.postMessage({ dumped: new Uint8Array(await file.arrayBuffer()) });
	} else {
		await database.close();
		from.postMessage({ closed: true });
		port.close();
	}
}
