import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { createAccess } from '#lib/server/access/access.ts';
import { readConfiguration } from '#lib/server/configuration.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { answerIntake } from '#lib/server/intake/desk/http.ts';
import { openDesk } from '#lib/server/intake/desk/open-desk.ts';
import type { ImportReport } from '#lib/server/intake/desk/report.ts';
import { startRuntime, type Runtime } from '#lib/server/runtime.ts';
import { startChild } from '../support/child.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { findFreePort } from '../support/free-port.ts';
import { createReporter, type Reporter } from '../support/reports.ts';

const TOKEN = 'a-token-of-the-test';
const MOST_BYTES = 1_000_000;
const bearer = { authorization: `Bearer ${TOKEN}` };

/** A server that answers the desk's addresses and nothing else, on a data folder of its own. */
let folder: string;
let address: string;
let server: Server;
let database: Database;
let runtime: Runtime;
let reporter: Reporter;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'dashboard-http-'));
	const port = await findFreePort();
	address = `http://127.0.0.1:${port}`;
	const loadDataDir = readFileSync(inject('pglite'));
	database = await openDatabase({ ...TEST_OPTIONS, dataDir: folder, serverAddress: address, loadDataDir });
	const configuration = { ...readConfiguration({}), dataDir: folder, queryTimeoutSeconds: 60 };
	runtime = await startRuntime(database, configuration, {
		access: createAccess(TOKEN, address),
		openIntake: (posted) =>
			openDesk(database, { dataDir: folder, maxBytes: MOST_BYTES, takesUp: false, posted })
	});
	const answer = answerIntake((_request, response) => response.writeHead(404).end('a page'), runtime);
	server = createServer((asked, response) => void answer(asked, response));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	expect((server.address() as AddressInfo).port).toBe(port);
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await runtime.close();
	rmSync(folder, { recursive: true });
});
beforeEach(async () => {
	reporter = await createReporter(database.db);
});

const put = (name: string, body: string, headers: Record<string, string> = bearer) =>
	fetch(`${address}/sources/upload?name=${encodeURIComponent(name)}`, { method: 'PUT', body, headers });
const listSources = () => database.db.selectFrom('source').select(['name', 'received_by']).execute();

async function report(importId: string): Promise<ImportReport> {
	await runtime.intake!.settled(importId);
	const response = await fetch(`${address}/sources/imports/${importId}`, { headers: bearer });
	expect(response.status).toBe(200);
	return (await response.json()) as ImportReport;
}

describe('an upload', () => {
	test('is stored and read, and its progress and end can be asked for', async () => {
		const response = await put('../folder/r\u202eeport.csv', reporter.text(3));
		expect(response.status).toBe(202);
		expect(response.headers.get('cache-control')).toBe('no-store');
		const taken = (await response.json()) as { outcome: string; importId: string };
		expect(taken).toMatchObject({ outcome: 'reading', importId: expect.any(String) as string });
		expect(await report(taken.importId)).toMatchObject({
			file: 'report.csv',
			state: 'staged',
			progress: null
		});
		const before = runtime.dataVersion();
		const accept = `${address}/sources/imports/${taken.importId}/accept`;
		expect((await fetch(accept, { method: 'POST', headers: bearer })).status).toBe(202);
		expect(await report(taken.importId)).toMatchObject({ state: 'posted', posted: { added: 3 } });
		expect(runtime.dataVersion()).not.toBe(before);
		const again = await fetch(accept, { method: 'POST', headers: bearer });
		expect([again.status, await again.json()]).toMatchObject([409, { refusal: { code: 'posted' } }]);
		expect(await (await put('again.csv', reporter.text(3))).json()).toMatchObject({
			outcome: 'identical',
			importId: taken.importId
		});
	});

	test('needs the token or a pass, and a pass from this site', async () => {
		const before = await listSources();
		const exchanged = runtime.access.exchange(TOKEN, '127.0.0.1');
		if (!('cookie' in exchanged)) throw new Error('no pass');
		const cookie = `${exchanged.cookie.name}=${exchanged.cookie.value}`;
		const asked: [Record<string, string>, number][] = [
			[{}, 401],
			[{ authorization: 'Bearer wrong' }, 401],
			[{ cookie, 'sec-fetch-site': 'cross-site' }, 403],
			[{ cookie, origin: 'http://evil.example' }, 403]
		];
		for (const [headers, status] of asked) expect((await put('x.csv', 'a,b', headers)).status).toBe(status);
		expect(await listSources()).toEqual(before);
		expect((await put('notes.json', '{}', { cookie, origin: address })).status).toBe(200);
	});

	test('that is too large is refused before it comes, and while it comes', async () => {
		const before = await listSources();
		const declared = await new Promise<number>((resolve, reject) => {
			const sending = request(
				`${address}/sources/upload?name=large.csv`,
				{ method: 'PUT', headers: { ...bearer, 'content-length': String(MOST_BYTES + 1) } },
				(response) => resolve(response.statusCode!)
			);
			sending.on('error', reject);
			// Not one byte of the body is sent.
			sending.flushHeaders();
			onTestFinished(() => void sending.destroy());
		});
		expect(declared).toBe(413);
		const grown = await new Promise<{ status: number; text: string }>((resolve, reject) => {
			const sending = request(
				`${address}/sources/upload?name=large.csv`,
				{ method: 'PUT', headers: bearer },
				(response) => {
					response
						.setEncoding('utf8')
						.on('data', (text: string) => resolve({ status: response.statusCode!, text }));
				}
			);
			sending.on('error', reject);
			sending.write(Buffer.alloc(MOST_BYTES, 'a'));
			sending.end(Buffer.alloc(MOST_BYTES, 'a'));
		});
		expect(grown.status).toBe(413);
		expect(JSON.parse(grown.text)).toMatchObject({ outcome: 'refused', refusal: { code: 'too-large' } });
		expect(await listSources()).toEqual(before);
	});

	test('that breaks off leaves nothing behind', async () => {
		const before = await listSources();
		const sending = request(`${address}/sources/upload?name=half.csv`, {
			method: 'PUT',
			headers: { ...bearer, 'content-length': '900000' }
		});
		sending.on('error', () => {});
		await new Promise<void>((resolve) => sending.write(reporter.text(5000), () => resolve()));
		sending.destroy();
		// Asked for after it, answered after it.
		expect((await put('whole.json', `{"${reporter.key}": 1}`)).status).toBe(200);
		expect((await listSources()).slice(before.length)).toEqual([
			{ name: 'whole.json', received_by: 'upload' }
		]);
		expect(readdirSync(folder).sort()).toEqual(['lock', 'pglite']);
	});

	test('must name its file; other addresses are the pages’', async () => {
		expect((await put(' ', 'x')).status).toBe(400);
		expect((await fetch(`${address}/sources/imports/999999`, { headers: bearer })).status).toBe(404);
		const page = await fetch(`${address}/sources/upload`, { headers: bearer });
		expect([page.status, await page.text()]).toEqual([404, 'a page']);
	});
});

describe('the command', () => {
	const run = (...words: string[]) => {
		const child = startChild('src/import.ts', words, {
			DATA_DIR: folder,
			INTAKE_TOKEN: TOKEN,
			DATABASE_URL: ''
		});
		onTestFinished(() => child.kill());
		return child.ended;
	};
	const fileOf = (name: string, text: string) => {
		const path = join(mkdtempSync(join(tmpdir(), 'dashboard-file-')), name);
		writeFileSync(path, text);
		onTestFinished(() => rmSync(join(path, '..'), { recursive: true }));
		return path;
	};

	test('hands its files to the server that has the data folder', async () => {
		const path = fileOf('handed.csv', reporter.text(4));
		const { code, lines } = await run(path, '--accept', '--json');
		expect([code, lines.length]).toEqual([0, 1]);
		expect(JSON.parse(lines[0]!)).toMatchObject({
			file: path,
			outcome: 'posted',
			read: { activities: 1, transactions: 4, sums: { EUR: { '4': { count: 4, sum: '4.04' } } } },
			posted: { added: 4, changed: 0, retired: 0, unchanged: 0 }
		});
		expect((await listSources()).at(-1)).toEqual({ name: 'handed.csv', received_by: 'command' });
	});

	test('says so when it has not the server’s token', async () => {
		const child = startChild('src/import.ts', [fileOf('x.csv', 'a,b')], {
			DATA_DIR: folder,
			INTAKE_TOKEN: 'another-token-entirely',
			DATABASE_URL: ''
		});
		const { code, lines } = await child.ended;
		expect(code).toBe(1);
		expect(lines).toEqual([
			expect.stringMatching(/^Cannot import: the server at .* does not take this token/)
		]);
	});
});
