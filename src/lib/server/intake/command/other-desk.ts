import { createReadStream, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import type { Progress, Taken } from '../desk.ts';
import type { ImportReport } from '../desk/report.ts';
import { TYPE_UNKNOWN, type Counter } from './importer.ts';

/** The server that has the data folder does not answer, or not as it should. */
export class ServerError extends Error {
	override name = 'ServerError';
}

const LOOK_MILLISECONDS = 300;
const START_SECONDS = 60;

/**
 * The desk of the server that has the data folder, over its own address.
 * @throws ServerError when it does not answer
 */
export async function openOtherDesk(address: string, token: string): Promise<Counter> {
	const ask = <T>(method: string, path: string, file?: string) =>
		send<T>(new URL(path, address), method, token, file);
	await waitForStart(ask);
	return {
		async take(path, name) {
			const query = new URLSearchParams({ name, command: '1' });
			return (await ask<Taken>('PUT', `/sources/upload?${query}`, path)).body;
		},
		async settled(importId, tell) {
			for (;;) {
				const { body } = await ask<ImportReport & { progress: Progress | null }>(
					'GET',
					`/sources/imports/${importId}`
				);
				if (body.progress) tell(body.progress);
				else if (body.state !== 'reading' && body.state !== 'accepted') return body;
				await pause(LOOK_MILLISECONDS);
			}
		},
		async accept(importId) {
			const { status, body } = await ask<Taken>('POST', `/sources/imports/${importId}/accept`);
			return status === 409 && body.outcome === 'refused' ? body.refusal : null;
		},
		cancel: async (importId) => void (await ask('POST', `/sources/imports/${importId}/cancel`)),
		close: () => Promise.resolve()
	};
}

/** A server takes the folder before it listens. */
async function waitForStart(ask: (method: string, path: string) => Promise<unknown>): Promise<void> {
	const until = performance.now() + START_SECONDS * 1000;
	for (;;) {
		try {
			await ask('GET', '/sources/imports/0');
			return;
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (error instanceof ServerError || performance.now() > until) throw error;
			if (code !== 'ECONNREFUSED' && code !== 'ECONNRESET') throw error;
			await pause(LOOK_MILLISECONDS);
		}
	}
}

const EXPECTED = new Set([200, 202, 404, 409, 413, 507]);

/** One request; asked again while a posting keeps the server's database busy. */
async function send<T>(
	url: URL,
	method: string,
	token: string,
	file?: string
): Promise<{ status: number; body: T }> {
	for (;;) {
		const { status, text } = await sendOnce(url, method, token, file);
		if (status === 503) {
			await pause(LOOK_MILLISECONDS);
			continue;
		}
		if (status === 401 || status === 429)
			throw new ServerError(`the server at ${url.origin} does not take this token; is INTAKE_TOKEN its own?`);
		if (!EXPECTED.has(status)) throw new ServerError(`the server at ${url.origin} answered ${status}`);
		return { status, body: JSON.parse(text) as T };
	}
}

function sendOnce(
	url: URL,
	method: string,
	token: string,
	file?: string
): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const headers: Record<string, string> = { authorization: `Bearer ${token}` };
		if (file !== undefined) {
			headers['content-length'] = String(statSync(file).size);
			headers['content-type'] = TYPE_UNKNOWN;
		}
		const sending = request(url, { method, headers, agent: false }, (response) => {
			readText(response).then((text) => resolve({ status: response.statusCode!, text }), reject);
		});
		// Also what comes after an answer, as when a file is refused before it was sent whole.
		sending.on('error', reject);
		if (file === undefined) return void sending.end();
		createReadStream(file)
			.on('error', (error) => sending.destroy(error))
			.pipe(sending);
	});
}

async function readText(response: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of response) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString();
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
