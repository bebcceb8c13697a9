import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';

/** What a database thread answers on a port. */
export type WireAnswer = { bytes?: Uint8Array; broken?: string };

const TERMINATE = 'X'.charCodeAt(0);

/** What `pg` expects of a socket, over whatever carries PostgreSQL's wire protocol to a PGlite in another thread. */
export class WireSocket extends Duplex {
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

/** Speaks to a database thread through a port that {@link PgliteThread.channel} gave: answers come in the order of the questions. */
export function speakThrough(port: MessagePort): (bytes: Uint8Array) => Promise<Uint8Array> {
	const waiting: { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }[] = [];
	let gone = false;
	port.on('message', ({ bytes, broken }: WireAnswer) => {
		const asked = waiting.shift();
		if (bytes) asked?.resolve(bytes);
		else asked?.reject(new Error(broken));
	});
	port.on('close', () => {
		gone = true;
		for (const { reject } of waiting.splice(0)) reject(new Error('the database thread has ended'));
	});
	return (bytes) =>
		new Promise((resolve, reject) => {
			if (gone) return reject(new Error('the database thread has ended'));
			waiting.push({ resolve, reject });
			port.postMessage({ bytes });
		});
}
