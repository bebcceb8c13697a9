import { existsSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAccess } from '#lib/server/access/access.ts';
import { TokenError, readIntakeToken } from '#lib/server/access/intake-token.ts';
import { ConfigurationError, readConfiguration, type Configuration } from '#lib/server/configuration.ts';
import { FolderInUseError } from '#lib/server/database/folder-lock.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { DatabaseError, openDatabase } from '#lib/server/database/open.ts';
import { answerIntake } from '#lib/server/intake/desk/http.ts';
import { openDesk } from '#lib/server/intake/desk/open-desk.ts';
import { logError } from '#lib/server/log.ts';
import { cachePages, type Handler } from '#lib/server/page-cache.ts';
import { startRuntime, type Runtime } from '#lib/server/runtime.ts';
import { secure } from '#lib/server/security-headers.ts';
import { loadFirstPortfolio } from '../db/seed/load.ts';

/*
 * The server's entry. It runs as it is, unbundled; the pages come from the build. It says what it does, one line a step,
 * and its last line is the address. What cannot work is one line and exit code 1.
 */

const BUILD = join(process.cwd(), 'build');
const SECONDS_TO_FINISH = 10;
const FORM_SECONDS = 120;

/** The address cannot be listened on, or there is no build: one line that says what to do. */
class StartError extends Error {
	override name = 'StartError';
}
const EXPECTED = [ConfigurationError, DatabaseError, FolderInUseError, StartError, TokenError];

const say = (line: string) => console.log(line[0]!.toUpperCase() + line.slice(1));

let running: { server: Server; runtime: Runtime } | null = null;
let stopping = false;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
// Whoever started this process is gone: it would be left behind.
if (process.connected) process.once('disconnect', stop);
// One answer that fails must not end the process for everyone.
process.on('unhandledRejection', (error) => logError(error));

try {
	await start();
} catch (error) {
	const isExpected = EXPECTED.some((kind) => error instanceof kind);
	console.error(isExpected ? `Cannot start: ${(error as Error).message}.` : error);
	process.exit(1);
}

async function start(): Promise<void> {
	const configuration = readConfiguration();
	if (!existsSync(join(BUILD, 'handler.js')))
		throw new StartError('there is no build; start with "npm start"');
	// Before the database, so that a second start beside a running one changes nothing.
	await listen(createServer(), configuration).then(close);

	say(
		configuration.databaseUrl
			? `opening ${nameOf(configuration.databaseUrl)}`
			: `opening PGlite in ${configuration.dataDir}`
	);
	const database = await openDatabase({ ...configuration, serverAddress: ownAddress(configuration) });
	const migrated = await migrateToLatest(database);
	if (migrated.length > 0)
		say(`migrated the database: ${migrated.length} ${migrated.length === 1 ? 'step' : 'steps'}`);
	await loadFirstPortfolio(database, configuration, say);
	const { token, file, made } = readIntakeToken(configuration);
	const runtime = await startRuntime(database, configuration, {
		access: createAccess(token, configuration.origin),
		openIntake: (posted) =>
			openDesk(database, {
				dataDir: configuration.dataDir,
				maxBytes: configuration.intakeMaxBytes,
				takesUp: true,
				posted
			})
	});

	const pages = cachePages(await loadHandler(configuration), {
		limitBytes: configuration.pageCacheBytes,
		version: runtime.dataVersion,
		isFile: findFiles()
	});
	const answer = answerIntake(pages, runtime);
	// A large file over a slow line takes as long as it takes; one that stands still is ended by who reads it.
	const server = createServer({ requestTimeout: 0 }, (request, response) =>
		respond(answer, request, response)
	);
	// Longer than the usual proxy keeps its own side open, so that none sends into a closed connection.
	server.keepAliveTimeout = 65_000;
	await listen(server, configuration);
	running = { server, runtime };
	// Shown once: from now on it is in its file.
	if (made) say(`the token for handing in files is ${token} (kept in ${file})`);
	if (configuration.host !== '127.0.0.1')
		say(`listening on ${configuration.host}, port ${configuration.port}`);
	console.log(`http://localhost:${configuration.port}`);
}

/** Where a command on this machine reaches this process. */
function ownAddress({ host, port }: Configuration): string {
	const anywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
	return `http://${anywhere[host] ?? (host.includes(':') ? `[${host}]` : host)}:${port}`;
}

/** Host and database of a connection string, without role and password. */
function nameOf(url: string): string {
	const { host, pathname } = new URL(url);
	return `PostgreSQL at ${host}${pathname}`;
}

function listen(server: Server, { host, port }: Configuration): Promise<Server> {
	return new Promise((resolve, reject) => {
		server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
			const reasons: Record<string, string> = {
				EADDRINUSE: `port ${port} is in use; stop what uses it, or set PORT to another`,
				EACCES: `port ${port} may not be used by this user; set PORT to one above 1023`,
				EADDRNOTAVAIL: `HOST ${host} is not an address of this machine`,
				ENOTFOUND: `HOST ${host} is not known`
			};
			reject(new StartError(reasons[code ?? ''] ?? message));
		});
		server.listen(port, host, () => resolve(server));
	});
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => server.close(() => resolve()));
}

/** SvelteKit's handler. The first call opens the site: the runtime must be there. */
async function loadHandler({ origin }: Configuration): Promise<Handler> {
	// Forms are accepted from this address only, and whole addresses (citations, reports) begin with it. Never from a
	// header: a page kept for everyone must not repeat what one visitor claimed.
	// eslint-disable-next-line no-restricted-syntax -- SvelteKit's adapter takes its setting from here and nowhere else
	process.env.ORIGIN = origin;
	const { handler } = (await import(pathToFileURL(join(BUILD, 'handler.js')).href).catch((error: Error) => {
		throw /ORIGIN|BODY_SIZE_LIMIT/.test(error.message)
			? new ConfigurationError(error.message.replace(/\.$/, ''))
			: error;
	})) as { handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown };
	return secure(
		(request, response) => handler(request, response, () => response.writeHead(404).end()),
		origin
	);
}

/** Addresses of the build's own files, which lie there compressed already. */
function findFiles(): (address: string) => boolean {
	const folder = join(BUILD, 'client');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
	const addresses = new Set(files);
	return (address) => addresses.has(address.split('?', 1)[0]!);
}

function respond(answer: Handler, request: IncomingMessage, response: ServerResponse): void {
	if (stopping) response.setHeader('connection', 'close');
	if (request.method === 'POST') limitPatience(request);
	const answering = answer(request, response);
	if (!(answering instanceof Promise)) return;
	answering.catch((error: unknown) => {
		logError(error);
		if (response.headersSent) response.destroy();
		else
			response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('Something went wrong.\n');
	});
}

/** A form that comes in drop by drop is not waited for. */
function limitPatience(request: IncomingMessage): void {
	const timer = setTimeout(() => request.destroy(), FORM_SECONDS * 1000);
	timer.unref();
	request.once('close', () => clearTimeout(timer));
}

/** Takes no new request, lets the running ones finish, closes the database, ends. */
function stop(): void {
	if (stopping) return;
	stopping = true;
	// Nothing is served yet; whatever a start was doing in the database is one transaction.
	if (!running) process.exit(0);
	const { server, runtime } = running;
	say('stopping');
	const idle = setInterval(() => server.closeIdleConnections(), 100);
	const patience = setTimeout(() => server.closeAllConnections(), SECONDS_TO_FINISH * 1000);
	void close(server)
		.then(() => {
			clearInterval(idle);
			clearTimeout(patience);
			return runtime.close();
		})
		.then(
			() => process.exit(0),
			(error: unknown) => {
				logError(error);
				process.exit(1);
			}
		);
}
