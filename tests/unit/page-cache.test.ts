import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cachePages, type Handler } from '#lib/server/page-cache.ts';

const MEGABYTE = 1024 * 1024;
const PAGE = `<!doctype html><title>Mali</title>${'<p>EUR 1 234 567.89</p>'.repeat(200)}`;

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string; broken: boolean };

/** A server with the cache in front of a handler that counts how often it is asked. */
async function given(
	answer: (request: IncomingMessage, response: ServerResponse, nth: number) => unknown,
	limitBytes = MEGABYTE
) {
	let asked = 0;
	let version = '1.0';
	const handler: Handler = (request, response) => answer(request, response, ++asked);
	const cached = cachePages(handler, {
		limitBytes,
		version: () => version,
		isFile: (address) => address === '/file.svg'
	});
	const server = http.createServer((request, response) => void cached(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	const { port } = server.address() as AddressInfo;
	return {
		port,
		asked: () => asked,
		post: () => (version = `${Number.parseInt(version, 10) + 1}.0`),
		get: (path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET') =>
			request(port, path, headers, method)
	};
}

const DECODERS: Record<string, (body: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync };

function request(
	port: number,
	path: string,
	headers: http.OutgoingHttpHeaders,
	method: string
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = http.request({ port, path, headers, method, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', () => {});
			response.on('close', () => {
				const body = Buffer.concat(chunks);
				const broken = !response.complete;
				const decode =
					broken || body.length === 0 ? undefined : DECODERS[response.headers['content-encoding'] ?? ''];
				const plain = decode ? decode(body) : body;
				resolve({
					status: response.statusCode!,
					headers: response.headers,
					body,
					text: plain.toString(),
					broken
				});
			});
		});
		sent.on('error', reject);
		sent.end();
	});
}

function html(
	response: ServerResponse,
	body = PAGE,
	headers: http.OutgoingHttpHeaders = {},
	status = 200
): void {
	for (const [name, value] of Object.entries({ 'content-type': 'text/html', ...headers }))
		response.setHeader(name, value!);
	response.writeHead(status);
	response.write(Buffer.from(body));
	response.end();
}

describe('an anonymous page', () => {
	it('is made once and served again with the same bytes', async () => {
		const site = await given((_, response, nth) => html(response, `${PAGE}${nth}`));
		const first = await site.get('/countries/ML');
		const second = await site.get('/countries/ML');
		expect(site.asked()).toBe(1);
		expect([first.text, second.text]).toEqual([`${PAGE}1`, `${PAGE}1`]);
		expect(second.headers).toMatchObject({
			'content-type': 'text/html',
			'cache-control': 'no-cache',
			vary: 'Accept-Encoding'
		});
		expect(second.headers.etag).toBe(first.headers.etag);
	});

	it('is another page with another query', async () => {
		const site = await given((_, response, nth) => html(response, `${PAGE}${nth}`));
		await site.get('/?asof=2017-06-30');
		expect((await site.get('/?asof=2018-06-30')).text).toBe(`${PAGE}2`);
		expect((await site.get('/fr/?asof=2017-06-30')).text).toBe(`${PAGE}3`);
	});

	it('is made anew on the very next request after a posting', async () => {
		const site = await given((_, response, nth) => html(response, `${PAGE}${nth}`));
		await site.get('/');
		site.post();
		expect((await site.get('/')).text).toBe(`${PAGE}2`);
		expect((await site.get('/')).text).toBe(`${PAGE}2`);
	});

	it('is not kept when a posting came while it was made', async () => {
		const site = await given((_, response, nth) => {
			if (nth === 1) site.post();
			html(response, `${PAGE}${nth}`);
		});
		expect((await site.get('/')).text).toBe(`${PAGE}1`);
		expect((await site.get('/')).text).toBe(`${PAGE}2`);
	});

	it('is compressed as the visitor takes it, with an ETag of its own per encoding', async () => {
		const site = await given((_, response) => html(response));
		const answers = [];
		for (const accepted of ['gzip, deflate, br', 'gzip', 'br;q=0, gzip', 'gzip;q=0', '']) {
			answers.push(await site.get('/', { 'accept-encoding': accepted }));
		}
		expect(answers.map(({ headers }) => headers['content-encoding'])).toEqual([
			'br',
			'gzip',
			'gzip',
			undefined,
			undefined
		]);
		expect(answers.every(({ text }) => text === PAGE)).toBe(true);
		expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
		expect(answers[0]!.body.length).toBeLessThan(PAGE.length / 10);
		expect(site.asked()).toBe(1);
	});

	it('answers 304 to a visitor who has it, also after a posting that did not change it', async () => {
		const site = await given((_, response) => html(response));
		const { headers } = await site.get('/', { 'accept-encoding': 'br' });
		const again = await site.get('/', { 'accept-encoding': 'br', 'if-none-match': headers.etag });
		site.post();
		const later = await site.get('/', {
			'accept-encoding': 'gzip',
			'if-none-match': `W/"x", ${headers.etag}`
		});
		const other = await site.get('/', { 'if-none-match': '"something-else"' });
		expect([again.status, later.status, other.status]).toEqual([304, 304, 200]);
		expect(again.body.length).toBe(0);
		expect(again.headers.etag).toBeDefined();
	});

	it('answers HEAD from what GET left, without a body', async () => {
		const site = await given((_, response) => html(response));
		await site.get('/');
		const head = await site.get('/', {}, 'HEAD');
		expect([head.status, head.headers['content-length'], head.body.length, site.asked()]).toEqual([
			200,
			String(PAGE.length),
			0,
			1
		]);
	});

	it('is made once for all who ask at the same moment', async () => {
		const site = await given(async (_, response, nth) => {
			await new Promise((resolve) => setTimeout(resolve, 50));
			html(response, `${PAGE}${nth}`);
		});
		const answers = await Promise.all(Array.from({ length: 10 }, () => site.get('/')));
		expect(site.asked()).toBe(1);
		expect(new Set(answers.map(({ text }) => text))).toEqual(new Set([`${PAGE}1`]));
	});

	it('stays available when the handler can answer no longer', async () => {
		const site = await given((_, response, nth) =>
			nth === 1 ? html(response) : html(response, 'no database', {}, 503)
		);
		await site.get('/');
		expect((await site.get('/')).status).toBe(200);
		expect((await site.get('/other')).status).toBe(503);
		expect((await site.get('/')).text).toBe(PAGE);
	});
});

describe('what is never kept', () => {
	const cases: [string, http.OutgoingHttpHeaders, http.OutgoingHttpHeaders, number][] = [
		['a request with a cookie', { cookie: 'session=1' }, {}, 200],
		['a request with authorization', { authorization: 'Bearer x' }, {}, 200],
		['an answer that sets a cookie', {}, { 'set-cookie': 'a=1' }, 200],
		['a private answer', {}, { 'cache-control': 'private, max-age=60' }, 200],
		['a no-store answer', {}, { 'cache-control': 'no-store' }, 200],
		['an answer that varies by more than encoding', {}, { vary: 'Accept' }, 200],
		['a redirect', {}, { location: '/x' }, 302],
		['a malformed parameter', {}, {}, 400],
		['an unknown page', {}, {}, 404],
		['a failure', {}, {}, 500],
		['a missing database', {}, { 'retry-after': '5' }, 503]
	];
	for (const [name, requestHeaders, responseHeaders, status] of cases) {
		it(name, async () => {
			const site = await given((_, response, nth) =>
				html(response, `${PAGE}${nth}`, responseHeaders, status)
			);
			const first = await site.get('/', { ...requestHeaders, 'accept-encoding': 'gzip' });
			const second = await site.get('/', { ...requestHeaders, 'accept-encoding': 'gzip' });
			expect([first.status, second.status, first.text, second.text]).toEqual([
				status,
				status,
				`${PAGE}1`,
				`${PAGE}2`
			]);
			expect(second.headers['content-encoding']).toBe('gzip');
		});
	}

	it('a POST', async () => {
		const site = await given((_, response, nth) => html(response, `${PAGE}${nth}`));
		await site.get('/', {}, 'POST');
		expect((await site.get('/', {}, 'POST')).text).toBe(`${PAGE}2`);
	});

	it('reads nothing that was kept for others when there is a cookie', async () => {
		const site = await given((_, response, nth) => html(response, `${PAGE}${nth}`));
		await site.get('/');
		expect((await site.get('/', { cookie: 'session=1' })).text).toBe(`${PAGE}2`);
	});

	it('a page that breaks off half way, and the visitor can tell', async () => {
		const site = await given((_, response, nth) => {
			if (nth > 1) return html(response);
			response.setHeader('content-type', 'text/html');
			response.writeHead(200);
			response.write('<p>half');
			setImmediate(() => response.destroy(new Error('the database went away')));
		});
		await expect(site.get('/')).rejects.toThrow('socket hang up');
		expect(await site.get('/')).toMatchObject({ status: 200, text: PAGE });
		expect(site.asked()).toBe(2);
	});

	it('anything when the cache has no room', async () => {
		const site = await given((_, response, nth) => html(response, `${PAGE}${nth}`), 0);
		await site.get('/');
		expect((await site.get('/')).text).toBe(`${PAGE}2`);
	});
});

describe('other answers', () => {
	it('pass untouched when they are no text', async () => {
		const bytes = Buffer.from([1, 2, 3]);
		const site = await given((_, response) => {
			response.writeHead(200, { 'content-type': 'image/png', 'content-length': 3, etag: '"theirs"' });
			response.end(bytes);
		});
		const answer = await site.get('/picture.png', { 'accept-encoding': 'br' });
		expect(answer.body).toEqual(bytes);
		expect(answer.headers).toMatchObject({ etag: '"theirs"', 'content-length': '3' });
		await site.get('/picture.png');
		expect(site.asked()).toBe(2);
	});

	it('pass untouched when they are files of the build', async () => {
		const drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>';
		const site = await given((_, response) => {
			response.writeHead(200, {
				'content-type': 'image/svg+xml',
				'content-encoding': 'br',
				etag: 'W/"theirs"'
			});
			response.end(brotliCompressSync(drawing));
		});
		const answer = await site.get('/file.svg', { 'accept-encoding': 'br' });
		expect(answer.headers).toMatchObject({ etag: 'W/"theirs"', 'content-encoding': 'br' });
		expect(answer.text).toBe(drawing);
		await site.get('/file.svg', { 'accept-encoding': 'br' });
		expect(site.asked()).toBe(2);
	});

	const LINE = 'Mali,2017-06-30,EUR,1234567.89,Demonstration voucher\n';
	const LINES = 100_000;

	/** A long answer, written as fast as the response takes it. */
	function writeLong(response: ServerResponse, breakAt = LINES): void {
		response.setHeader('content-type', 'text/csv');
		response.writeHead(200);
		let line = 0;
		const more = () => {
			for (; line < breakAt; line += 1000) {
				if (!response.write(Buffer.from(LINE.repeat(1000)))) {
					line += 1000;
					response.once('drain', more);
					return;
				}
			}
			if (breakAt < LINES) response.destroy(new Error('the database went away'));
			else response.end();
		};
		more();
	}

	it('are streamed when they are long, compressed or not, and not kept', async () => {
		const site = await given((_, response) => writeLong(response));
		const plain = await site.get('/transactions.csv');
		const gzip = await site.get('/transactions.csv', { 'accept-encoding': 'gzip, br' });
		expect(plain.text.length).toBe(LINE.length * LINES);
		expect(gzip.headers['content-encoding']).toBe('gzip');
		expect(gzip.text).toBe(plain.text);
		expect(gzip.headers['content-length']).toBeUndefined();
		expect(site.asked()).toBe(2);
	});

	it('break off visibly when they are long and fail', async () => {
		const site = await given((_, response) => writeLong(response, LINES - 10_000));
		expect((await site.get('/transactions.csv')).broken).toBe(true);
		expect((await site.get('/transactions.csv', { 'accept-encoding': 'gzip' })).broken).toBe(true);
	});

	it('are kept when they are short tables', async () => {
		const site = await given((_, response, nth) =>
			html(response, `a,b\n${nth},2\n`, { 'content-type': 'text/csv; charset=utf-8' })
		);
		await site.get('/transactions.csv?country=ML');
		const again = await site.get('/transactions.csv?country=ML');
		expect([again.text, again.headers['content-type']]).toEqual(['a,b\n1,2\n', 'text/csv; charset=utf-8']);
	});
});

describe('the room that pages take', () => {
	it('is bounded; what was asked for lately stays', async () => {
		let seed = 1;
		// Bytes that do not compress, so that each page takes what it looks like.
		const noise = () =>
			Array.from({ length: 100_000 }, () =>
				String.fromCharCode(33 + ((seed = (seed * 48271) % 2147483647) % 90))
			).join('');
		const site = await given((_, response) => html(response, noise()), MEGABYTE);
		await site.get('/kept');
		for (let page = 0; page < 20; page++) {
			await site.get(`/${page}`);
			await site.get('/kept');
		}
		expect(site.asked()).toBe(21);
		await site.get('/0');
		expect(site.asked()).toBe(22);
	});
});
