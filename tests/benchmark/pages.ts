import { readFileSync } from 'node:fs';
import http from 'node:http';
import { execFileSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { startApplication } from '../support/application.ts';
import { percentile } from './report.ts';

const CONNECTIONS = 16;
const SECONDS = 4;
const ROUNDS = 3;
const UNCACHED = 40;

/**
 * The overview: drawn anew (every request another address), and served again unchanged, beside a plain node:http server
 * that sends the same bytes. Ratios are of requests per second of the server's own processor time.
 */
export async function measurePages(): Promise<void> {
	const application = await startApplication();
	try {
		await fetch(`${application.address}/`);
		const times: number[] = [];
		for (let round = 0; round < UNCACHED; round++) {
			const start = performance.now();
			// Another day each time is another address, so nothing kept can answer.
			const response = await fetch(
				`${application.address}/?asof=20${20 + (round % 6)}-${String(1 + (round % 12)).padStart(2, '0')}-${String(1 + (round % 28)).padStart(2, '0')}`
			);
			await response.text();
			times.push(performance.now() - start);
		}
		console.log('\nOverview, drawn anew (PGlite, demonstration loaded)');
		console.log(
			`p50 ${percentile(times, 50).toFixed(1)} ms (aim <= 150), p95 ${percentile(times, 95).toFixed(1)} ms`
		);

		const bytes = await countBytes(`${application.address}/`);
		const plain = await startPlain(bytes);
		const ratios: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const own = await load(`${application.address}/`, application.pid);
			const theirs = await load(plain.address, plain.pid);
			ratios.push(own.perCpuSecond / theirs.perCpuSecond);
			console.log(
				`round ${round + 1}: overview ${own.perSecond.toFixed(0)} requests/s, ${own.perCpuSecond.toFixed(0)} per CPU second, p95 ${own.p95.toFixed(1)} ms; plain ${theirs.perSecond.toFixed(0)} requests/s, ${theirs.perCpuSecond.toFixed(0)} per CPU second`
			);
		}
		console.log(
			`Overview served again: ${percentile(ratios, 50).toFixed(2)} of a plain server with the same ${bytes} bytes (aim >= 0.7)`
		);
		plain.stop();
	} finally {
		await application.stop();
	}
}

/** How many bytes of a page go over the wire, compressed as most visitors take it. */
function countBytes(address: string): Promise<number> {
	return new Promise((resolve, reject) => {
		http
			.get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
				let bytes = 0;
				response.on('data', (piece: Buffer) => (bytes += piece.length));
				response.once('end', () => resolve(bytes));
			})
			.once('error', reject);
	});
}

/** A plain server in a process of its own, so that its processor time can be told apart. */
async function startPlain(bytes: number): Promise<{ address: string; pid: number; stop: () => void }> {
	const { spawn } = await import('node:child_process');
	const program = `
		const body = Buffer.alloc(${bytes}, 97);
		const server = require('node:http').createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length });
			response.end(body);
		});
		server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));
		process.stdin.on('end', () => process.exit(0)).resume();`;
	const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
	const port = await new Promise<string>((resolve) =>
		child.stdout.once('data', (data: Buffer) => resolve(data.toString()))
	);
	return { address: `http://127.0.0.1:${port}/`, pid: child.pid!, stop: () => child.stdin.end() };
}

type Load = { perSecond: number; perCpuSecond: number; p95: number };

/** Asks one address on 16 kept connections for four seconds, from a thread of its own. */
async function load(address: string, pid: number): Promise<Load> {
	const before = cpuSeconds(pid);
	const start = performance.now();
	const { requests, p95 } = await new Promise<{ requests: number; p95: number }>((resolve, reject) => {
		const worker = new Worker(new URL('./load-thread.ts', import.meta.url), { workerData: { address } });
		worker.once('message', resolve);
		worker.once('error', reject);
	});
	const seconds = (performance.now() - start) / 1000;
	return { perSecond: requests / seconds, perCpuSecond: requests / (cpuSeconds(pid) - before), p95 };
}

/** Processor time of a process so far, user and system; only Linux tells. */
function cpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const ticks = Number.parseInt(execFileSync('getconf', ['CLK_TCK']).toString(), 10);
	return (Number.parseInt(fields[11]!, 10) + Number.parseInt(fields[12]!, 10)) / ticks;
}

/** What the thread that asks does. */
export function askRepeatedly(address: string): Promise<{ requests: number; p95: number }> {
	const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const end = performance.now() + SECONDS * 1000;
	const times: number[] = [];
	const one = (): Promise<void> =>
		new Promise((resolve, reject) => {
			const start = performance.now();
			http
				.get(address, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
					response.resume();
					response.once('end', () => {
						times.push(performance.now() - start);
						resolve();
					});
				})
				.once('error', reject);
		});
	const connection = async () => {
		while (performance.now() < end) await one();
	};
	return Promise.all(Array.from({ length: CONNECTIONS }, connection)).then(() => {
		agent.destroy();
		return { requests: times.length, p95: percentile(times, 95) };
	});
}
