import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { isCompressible } from './encoding.ts';

type Holding = {
	/** Bytes held at most; a longer answer is streamed from there on. */
	limit: number;
	/** Whether a long answer may be streamed as gzip. */
	gzip: boolean;
	/** The answer is whole and nothing of it is sent yet. `body` is all that was written. */
	whole(body: Buffer): void;
	/** The answer is not held, or no longer: it goes to the visitor as it comes. */
	passed(): void;
};

const bytesOf = (chunk: unknown, encoding: unknown): Buffer =>
	typeof chunk === 'string'
		? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
		: Buffer.from(chunk as Uint8Array);

/**
 * Holds back what a handler writes to a response, until it is whole or too long. Text only: other answers (pictures,
 * event streams, anything encoded already) pass untouched. An answer that breaks off is never given as whole.
 */
export function holdAnswer(response: ServerResponse, { limit, gzip, whole, passed }: Holding): void {
	const chunks: Buffer[] = [];
	let size = 0;
	let begun = false;

	// The methods of the prototype come back when the own ones go.
	const release = () => {
		for (const method of ['writeHead', 'write', 'end']) Reflect.deleteProperty(response, method);
	};
	const pass = () => {
		release();
		passed();
	};
	const isHeld = () => {
		if (begun) return true;
		begun = true;
		const type = String(response.getHeader('content-type') ?? '');
		return isCompressible(type) && !response.hasHeader('content-encoding') && response.statusCode !== 206;
	};
	const keep = (chunk: unknown, encoding: unknown) => {
		const bytes = bytesOf(chunk, encoding);
		chunks.push(bytes);
		size += bytes.length;
	};

	response.writeHead = ((status: number, ...rest: unknown[]) => {
		response.statusCode = status;
		const headers = rest.find((value) => typeof value === 'object' && value !== null);
		for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value as string);
		return response;
	}) as typeof response.writeHead;

	response.write = ((chunk: unknown, encoding: unknown, done: unknown) => {
		if (!isHeld()) {
			pass();
			return response.write(chunk as Buffer, encoding as BufferEncoding, done as () => void);
		}
		keep(chunk, encoding);
		if (size <= limit) return true;
		pass();
		if (gzip) streamAsGzip(response);
		return response.write(Buffer.concat(chunks.splice(0)));
	}) as typeof response.write;

	response.end = ((chunk: unknown, encoding: unknown, done: unknown) => {
		const last = typeof chunk === 'function' ? undefined : chunk;
		if (!isHeld()) {
			pass();
			return response.end(chunk as Buffer, encoding as BufferEncoding, done as () => void);
		}
		if (last !== undefined && last !== null) keep(last, encoding);
		release();
		whole(Buffer.concat(chunks));
		return response;
	}) as typeof response.end;
}

/** Whatever is written from now on goes out as gzip, no faster than the visitor takes it. */
function streamAsGzip(response: ServerResponse): void {
	const gzip = createGzip({ level: 4 });
	const write = response.write.bind(response);
	const end = response.end.bind(response);
	response.removeHeader('content-length');
	response.removeHeader('etag');
	response.setHeader('content-encoding', 'gzip');
	response.appendHeader('vary', 'Accept-Encoding');

	response.write = ((chunk: Buffer) => gzip.write(chunk)) as typeof response.write;
	response.end = ((chunk?: Buffer) => {
		gzip.end(chunk);
		return response;
	}) as typeof response.end;
	gzip.on('data', (piece: Buffer) => {
		if (write(piece)) return;
		gzip.pause();
		response.once('drain', () => gzip.resume());
	});
	gzip.on('drain', () => response.emit('drain'));
	gzip.on('end', () => end());
	// A visitor who leaves, or a writer that breaks off: nothing more may come, least of all a proper end.
	response.on('close', () => gzip.destroy());
}
