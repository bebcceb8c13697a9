import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isHeld } from '#lib/server/entity-tag.ts';
import { chooseEncoding, compress, type Encoding } from './encoding.ts';

type Variant = { body: Buffer; headers: string[] };

/** A whole answer, ready to be sent in each encoding. */
export type Page = {
	hash: string;
	variants: Record<Encoding, Variant>;
	notModified: string[];
	bytes: number;
	/** Asked for since the store last looked for something to drop. */
	used: boolean;
};

/** Of one answer only, or set anew for each. */
const NOT_KEPT = new Set([
	'x-request-id',
	'etag',
	'content-length',
	'content-encoding',
	'vary',
	'cache-control'
]);

/** Bookkeeping that a page costs beside its bodies. */
const OVERHEAD = 2000;

/** An answer to a program names itself, by data version and address or by what it holds. Everything else goes by its bytes. */
const OWN_NAME = /^"((?:v\d+\.\d+|c)-[\w-]{22})"$/;

/** Prepares an answer's body once, in each encoding. `headers` are those of the answer it came from. */
export async function preparePage(body: Buffer, headers: OutgoingHttpHeaders): Promise<Page> {
	const hash =
		OWN_NAME.exec(String(headers.etag ?? ''))?.[1] ??
		createHash('sha256').update(body).digest('base64url').slice(0, 27);
	const kept = Object.entries(headers).flatMap(([name, value]) =>
		NOT_KEPT.has(name) ? [] : [name, String(value)]
	);
	// Stored by browsers and proxies, but asked for again each time: a posting shows at once, the rest is a 304.
	const common = [
		...kept,
		'cache-control',
		String(headers['cache-control'] ?? 'no-cache'),
		'vary',
		'Accept-Encoding'
	];

	const make = async (wanted: Encoding): Promise<Variant> => {
		const { encoding, body: encoded } = await compress(body, wanted);
		const mark = encoding === 'identity' ? '' : `-${encoding}`;
		return {
			body: encoded,
			headers: [
				...common,
				...(encoding === 'identity' ? [] : ['content-encoding', encoding]),
				...['content-length', String(encoded.length), 'etag', `"${hash}${mark}"`]
			]
		};
	};
	const [identity, gzip, br] = await Promise.all([make('identity'), make('gzip'), make('br')]);
	return {
		hash,
		variants: { identity, gzip, br },
		notModified: [...common, 'etag', `"${hash}"`],
		bytes: identity.body.length + gzip.body.length + br.body.length + OVERHEAD,
		used: false
	};
}

/** Answers a GET or HEAD from a prepared page: 304 when the visitor has these very bytes. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
	if (isHeld(request.headers['if-none-match'], page.hash)) {
		response.writeHead(304, page.notModified).end();
		return;
	}
	const { headers, body } = page.variants[chooseEncoding(request.headers['accept-encoding'])];
	response.writeHead(200, headers);
	if (request.method === 'HEAD') response.end();
	else response.end(body);
}

/** Pages of one data version by address. A new version empties it; what was not asked for lately goes first. */
export class PageStore {
	#pages = new Map<string, Page>();
	#version = '';
	#bytes = 0;
	#limit: number;

	constructor(limitBytes: number) {
		this.#limit = limitBytes;
	}

	get size(): number {
		return this.#pages.size;
	}

	get(address: string, version: string): Page | undefined {
		if (version !== this.#version) return undefined;
		const page = this.#pages.get(address);
		if (page) page.used = true;
		return page;
	}

	set(address: string, version: string, page: Page): void {
		if (version !== this.#version) {
			this.#pages.clear();
			this.#bytes = 0;
			this.#version = version;
		}
		if (page.bytes > this.#limit) return;
		this.#drop(address);
		this.#pages.set(address, page);
		this.#bytes += page.bytes;
		for (const [oldest, candidate] of this.#pages) {
			if (this.#bytes <= this.#limit) break;
			if (oldest === address) continue;
			if (candidate.used) {
				// A second chance: to the end of the line.
				candidate.used = false;
				this.#pages.delete(oldest);
				this.#pages.set(oldest, candidate);
			} else this.#drop(oldest);
		}
	}

	#drop(address: string): void {
		this.#bytes -= this.#pages.get(address)?.bytes ?? 0;
		this.#pages.delete(address);
	}
}
