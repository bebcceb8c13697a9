import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findFreePort } from './free-port.ts';

/** The built server in a process of its own. */
export type Application = {
	/** `http://localhost:<port>`, without a slash at the end. */
	address: string;
	pid: number;
	/** What it printed so far, line by line. */
	lines: string[];
	/** Sends the signal and answers how it ended. A folder made for it goes. */
	stop(signal?: NodeJS.Signals): Promise<Ended>;
};

/** How a run ended: its exit code (null when a signal ended it) and all that it printed. */
export type Ended = { code: number | null; lines: string[] };

const COMPILED = resolve('.cache/node');

/** Variables of the person or machine that runs the tests must not reach the server. */
const NOT_PASSED_ON = [
	'DATABASE_URL',
	'DATABASE_OWNER_URL',
	'DATA_DIR',
	'HOST',
	'PORT',
	'PORTFOLIO',
	'DEMONSTRATION',
	'REPORTING_ORG',
	'ORIGIN',
	'QUERY_TIMEOUT_SECONDS',
	'PAGE_CACHE_MB',
	'EXPORT_MAX_ROWS',
	'BODY_SIZE_LIMIT',
	'INTAKE_TOKEN',
	'INTAKE_MAX_BYTES',
	'PROTOCOL_HEADER',
	'HOST_HEADER',
	'ADDRESS_HEADER',
	'NODE_OPTIONS',
	'VITEST',
	'NODE_ENV'
];

type Running = {
	pid: number;
	lines: string[];
	ended: Promise<Ended>;
	kill: (signal: NodeJS.Signals) => void;
};

function launch(environment: Record<string, string>): Running {
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.includes(name));
	const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/server.ts'], {
		// What was compiled once need not be again.
		env: { NODE_COMPILE_CACHE: COMPILED, ...Object.fromEntries(inherited), ...environment },
		// The channel makes the server end when the test run is killed.
		stdio: ['ignore', 'pipe', 'pipe', 'ipc']
	});
	const lines: string[] = [];
	for (const stream of [child.stdout!, child.stderr!]) {
		let rest = '';
		stream.setEncoding('utf8').on('data', (text: string) => {
			const pieces = (rest + text).split('\n');
			rest = pieces.pop()!;
			lines.push(...pieces);
		});
	}
	const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, lines })));
	return { pid: child.pid!, lines, ended, kill: (signal) => void child.kill(signal) };
}

function makeDataFolder(): string {
	return mkdtempSync(join(tmpdir(), 'dashboard-data-'));
}

/**
 * Starts the built server on a free port, with a new data folder unless the environment names a folder or a database.
 * @throws with all it printed when it ends or has not said its address within `seconds`
 */
export async function startApplication(
	environment: Record<string, string> = {},
	seconds = 120
): Promise<Application> {
	const folder = environment.DATA_DIR || environment.DATABASE_URL ? null : makeDataFolder();
	const port = environment.PORT ?? String(await findFreePort());
	const address = `http://localhost:${port}`;
	const running = launch({
		HOST: '127.0.0.1',
		PORT: port,
		...(folder ? { DATA_DIR: folder } : {}),
		...environment
	});
	const removeFolder = () => folder && rmSync(folder, { recursive: true, force: true });

	const deadline = Date.now() + seconds * 1000;
	let ended: Ended | null = null;
	void running.ended.then((result) => (ended = result));
	while (!running.lines.includes(address)) {
		if (ended || Date.now() > deadline) {
			running.kill('SIGKILL');
			await running.ended;
			removeFolder();
			throw new Error(`the application did not start:\n${running.lines.join('\n')}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	return {
		address,
		pid: running.pid,
		lines: running.lines,
		stop: async (signal = 'SIGTERM') => {
			running.kill(signal);
			const result = await running.ended;
			removeFolder();
			return result;
		}
	};
}

/** Runs the built server until it ends by itself, as it does when it refuses to start. Ended by force after `seconds`. */
export async function runApplication(environment: Record<string, string>, seconds = 30): Promise<Ended> {
	const folder = environment.DATA_DIR || environment.DATABASE_URL ? null : makeDataFolder();
	const port = environment.PORT ?? String(await findFreePort());
	const running = launch({
		HOST: '127.0.0.1',
		PORT: port,
		...(folder ? { DATA_DIR: folder } : {}),
		...environment
	});
	const timer = setTimeout(() => running.kill('SIGKILL'), seconds * 1000);
	try {
		return await running.ended;
	} finally {
		clearTimeout(timer);
		if (folder) rmSync(folder, { recursive: true, force: true });
	}
}
