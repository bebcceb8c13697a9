import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runApplication, startApplication, type Application } from '../support/application.ts';
import { findFreePort } from '../support/free-port.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { addressOf, createDatabase, startCluster, type Cluster } from '../support/postgres-cluster.ts';

/** Exit code 1 and, after the steps that worked, exactly one line that says why. */
async function expectRefusal(environment: Record<string, string>, reason: RegExp): Promise<void> {
	const { code, lines } = await runApplication(environment);
	const last = lines.at(-1)!;
	expect(lines.filter((line) => !line.startsWith('Opening '))).toEqual([last]);
	expect(last).toMatch(/^Cannot start: .+\.$/);
	expect(last).toMatch(reason);
	expect(code).toBe(1);
}

/** Reads an answer to its end; one that breaks off is an error. */
async function readStatus(request: ClientRequest): Promise<number | undefined> {
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	for await (const _ of response);
	return response.statusCode;
}

describe('a start that cannot work', () => {
	it.each([
		[{ PORT: 'http' }, /PORT must be a whole number/],
		[{ DATABASE_URL: 'localhost/dashboard' }, /DATABASE_URL must look like/],
		[{ DEMONSTRATION: 'perhaps' }, /DEMONSTRATION must be on or off/],
		[
			{ DATABASE_URL: 'postgres://role:secret@127.0.0.1:1/dashboard' },
			/DATABASE_URL cannot be used: no server answers/
		],
		[
			{ DATABASE_URL: 'postgres://role:secret@no-such-host.invalid/dashboard' },
			/DATABASE_URL cannot be used: .*host name/
		]
	])('says why in one line: %o', async (environment, reason) => {
		await expectRefusal(environment, reason);
	});

	it('names the port that is taken', async () => {
		const port = await findFreePort();
		const other = createServer().listen(port, '127.0.0.1');
		onTestFinished(() => void other.close());
		await expectRefusal({ PORT: String(port) }, new RegExp(`port ${port} is in use`));
	});

	it('names the data folder that cannot be written', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'dashboard-start-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		writeFileSync(join(folder, 'file'), '');
		await expectRefusal({ DATA_DIR: join(folder, 'file', 'data') }, /the data folder .+ cannot be written/);
	});
});

const binaries = findPostgresBinaries();

describe.skipIf(binaries === null)('a start that PostgreSQL refuses', () => {
	let cluster: Cluster;
	beforeAll(async () => {
		cluster = await startCluster(binaries!);
	});
	afterAll(() => cluster.stop());

	it('names the database that is not there, without the password', async () => {
		const url = addressOf(cluster.address, 'nowhere');
		const { lines } = await runApplication({ DATABASE_URL: url });
		expect(lines.join('\n')).not.toContain(cluster.address.password);
		await expectRefusal(
			{ DATABASE_URL: url },
			/DATABASE_URL cannot be used: database "nowhere" does not exist/
		);
	});

	it('says that the password is wrong', async () => {
		const url = new URL(addressOf(cluster.address, await createDatabase(cluster.address)));
		url.password = 'wrong';
		await expectRefusal(
			{ DATABASE_URL: url.href },
			/DATABASE_URL cannot be used: password authentication failed/
		);
	});
});

describe('a running server', () => {
	let folder: string;
	let application: Application;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'dashboard-start-'));
		application = await startApplication({ DATA_DIR: folder, DEMONSTRATION: 'off' });
	});
	afterAll(async () => {
		await application.stop('SIGKILL');
		rmSync(folder, { recursive: true });
	});

	it('said each step, and its address last', () => {
		expect(application.lines.length).toBeGreaterThan(2);
		expect(application.lines.at(-1)).toBe(application.address);
	});

	it('keeps its data folder for itself', async () => {
		await expectRefusal({ DATA_DIR: folder }, new RegExp(`in use by process ${application.pid}`));
	});

	it('serves a page from memory the second time, and 304 to who has it', async () => {
		const first = await fetch(`${application.address}/transactions`);
		const etag = first.headers.get('etag')!;
		const again = await fetch(`${application.address}/transactions`, { headers: { 'if-none-match': etag } });
		expect([first.status, again.status]).toEqual([200, 304]);
	});

	it('finishes what it is answering when it is told to stop, and leaves its folder to the next', async () => {
		const paths = ['/transactions', '/fr/transactions', '/transactions.csv', '/health'];
		const requests = paths.map((path) => get(application.address + path, { agent: false }));
		const answers = Promise.all(requests.map(readStatus));
		await Promise.all(requests.map((request) => once(request, 'finish')));
		// Connections are taken in their order: what comes later and is answered tells that these are taken.
		await fetch(`${application.address}/favicon.svg`);
		const ended = await application.stop('SIGTERM');
		expect(await answers).toEqual([200, 200, 200, 200]);
		expect(ended.code).toBe(0);
		expect(ended.lines.at(-1)).toBe('Stopping');

		application = await startApplication({ DATA_DIR: folder, DEMONSTRATION: 'off' });
		expect((await fetch(`${application.address}/health`)).status).toBe(200);
	});
});
