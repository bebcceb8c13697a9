import type { IncomingMessage } from 'node:http';
import type { Runtime } from '#lib/server/runtime.ts';
import type { Taken } from '../desk.ts';
import { refused, type Answer } from './http-answer.ts';

const LONGEST_NAME = 200;
/** A transfer that stands still so long is given up. */
const IDLE_MILLISECONDS = 60_000;

const STATUS: Record<Taken['outcome'], number> = { reading: 202, identical: 200, stored: 200, refused: 413 };

/**
 * `PUT /sources/upload?name=report.xml` with the file as the body: the file's bytes as they are, read as they come. Answers
 * what became of it. One that breaks off leaves nothing behind. `command=1` says that it comes from the command line.
 */
export async function upload(runtime: Runtime, request: IncomingMessage, url: URL): Promise<Answer> {
	const name = nameOf(url.searchParams.get('name') ?? '');
	if (name === '') return refused(400, 'no-name', 'The address must name the file: ?name=report.xml');
	const desk = runtime.intake;
	if (!desk) return refused(503, 'no-desk', 'This server takes no files in.');

	const length = request.headers['content-length'];
	const refusal = length === undefined ? null : await desk.findNoRoom(Number.parseInt(length, 10));
	if (refusal) return answerOf({ outcome: 'refused', refusal });

	request.setTimeout(IDLE_MILLISECONDS, () => request.destroy());
	const taken = await desk.take({
		name,
		mediaType: request.headers['content-type'] ?? 'application/octet-stream',
		bytes: request,
		receivedBy: url.searchParams.get('command') === '1' ? 'command' : 'upload',
		released: false
	});
	return answerOf(taken);
}

function answerOf(taken: Taken): Answer {
	const isFull = taken.outcome === 'refused' && taken.refusal.code === 'no-space';
	return { status: isFull ? 507 : STATUS[taken.outcome], body: taken };
}

/** The last part of a path, without what cannot be shown or kept. */
export function nameOf(given: string): string {
	const last = given.split(/[/\\]/).at(-1)!;
	const shown = last.replaceAll(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').toWellFormed();
	return [...shown.trim()].slice(0, LONGEST_NAME).join('');
}
