import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseEncoding, compress } from './page-cache/encoding.ts';
import { holdAnswer } from './page-cache/hold.ts';
import { PageStore, preparePage, sendPage } from './page-cache/store.ts';

/** A Node request handler that may answer later, as SvelteKit's does. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export type PageCacheOptions = {
	/** Bytes that all pages together may take; 0 keeps none. */
	limitBytes: number;
	/** The data version; a page is kept for one version only. */
	version: () => string;
	/** Whether an address is a file that the handler serves by itself, compressed already. */
	isFile?: (address: string) => boolean;
};

/** A larger answer is streamed and not kept. */
const LARGEST_PAGE = 2 * 1024 * 1024;
const LONGEST_ADDRESS = 4096;

/**
 * Puts a cache in front of a handler: answers of status 200 in text form that anyone may see, by address and data version
 * (the language is part of the address). Requests with a cookie or authorization never read it nor fill it, and an answer
 * that sets a cookie, is `private` or `no-store`, varies by more than its encoding, breaks off, or was made while the
 * version changed is not kept. Everything in text form is compressed, kept or not.
 */
export function cachePages(handler: Handler, { limitBytes, version, isFile }: PageCacheOptions): Handler {
	const store = new PageStore(limitBytes);
	/** Addresses that are being answered for the first time: who asks meanwhile waits instead of having it made twice. */
	const beingMade = new Map<string, Promise<void>>();

	// Kept pages are answered here and nowhere else: this way is the hot one.
	return (request, response) => {
		const { method, headers } = request;
		const address = request.url ?? '/';
		const isRead = method === 'GET' || method === 'HEAD';
		const isPublic = isRead && headers.cookie === undefined && headers.authorization === undefined;
		if (isPublic) {
			const page = store.get(address, version());
			if (page) return sendPage(request, response, page);
		}
		if (!isRead || isFile?.(address)) return handler(request, response);
		return make(request, response, address, isPublic);
	};

	async function make(
		request: IncomingMessage,
		response: ServerResponse,
		address: string,
		isPublic: boolean
	): Promise<void> {
		const { method, headers } = request;
		const isKept = isPublic && limitBytes > 0 && method === 'GET' && address.length <= LONGEST_ADDRESS;
		if (isKept) {
			const waiting = beingMade.get(address);
			if (waiting) {
				await waiting;
				if (response.destroyed) return;
				const page = store.get(address, version());
				if (page) return sendPage(request, response, page);
			}
		}

		const begunAt = version();
		let done = () => {};
		if (isKept && !beingMade.has(address)) {
			const made = new Promise<void>((resolve) => {
				done = () => {
					if (beingMade.get(address) === made) beingMade.delete(address);
					resolve();
				};
			});
			beingMade.set(address, made);
			response.once('close', done);
		}
		const encoding = chooseEncoding(headers['accept-encoding']);
		holdAnswer(response, {
			limit: LARGEST_PAGE,
			gzip: method === 'GET' && encoding !== 'identity',
			passed: done,
			whole: (body) => {
				finish(body).catch((error: Error) => response.destroy(error));
			}
		});
		await handler(request, response);

		async function finish(body: Buffer): Promise<void> {
			if (method === 'HEAD' || !mayBeKept(response)) {
				done();
				return sendOnce(response, body, method === 'HEAD' ? 'identity' : encoding);
			}
			const page = await preparePage(body, response.getHeaders());
			if (isKept && version() === begunAt) store.set(address, begunAt, page);
			done();
			for (const name of ['etag', 'content-length', 'vary', 'cache-control']) response.removeHeader(name);
			sendPage(request, response, page);
		}
	}
}

function mayBeKept(response: ServerResponse): boolean {
	if (response.statusCode !== 200 || response.hasHeader('set-cookie')) return false;
	const vary = String(response.getHeader('vary') ?? 'accept-encoding');
	return (
		!/\b(private|no-store)\b/.test(String(response.getHeader('cache-control') ?? '')) &&
		vary.toLowerCase() === 'accept-encoding'
	);
}

/** Sends an answer that is nobody else's: compressed, without an ETag of other bytes. */
async function sendOnce(
	response: ServerResponse,
	body: Buffer,
	wanted: ReturnType<typeof chooseEncoding>
): Promise<void> {
	if (body.length === 0) return void response.end();
	const { encoding, body: encoded } = await compress(body, wanted);
	if (encoding !== 'identity') {
		// A weak one names what it says, not its bytes.
		if (!String(response.getHeader('etag')).startsWith('W/')) response.removeHeader('etag');
		response.setHeader('content-encoding', encoding);
	}
	response.appendHeader('vary', 'Accept-Encoding');
	response.setHeader('content-length', encoded.length);
	response.end(encoded);
}
