import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Right } from '#lib/server/access/access.ts';
import { addressOfVisitor } from '#lib/server/access/visitor.ts';
import { isAway } from '#lib/server/database/away.ts';
import { isBusy } from '#lib/server/database/only-connection.ts';
import { logError } from '#lib/server/log.ts';
import type { Handler } from '#lib/server/page-cache.ts';
import { SECURITY_HEADERS } from '#lib/server/security-headers.ts';
import type { Runtime } from '#lib/server/runtime.ts';
import { acceptOverHttp, cancelOverHttp, reportOverHttp } from './http-import.ts';
import { refused, type Answer } from './http-answer.ts';
import { upload } from './upload.ts';

type Route = {
	method: string;
	path: RegExp;
	answer: (runtime: Runtime, request: IncomingMessage, url: URL, found: RegExpExecArray) => Promise<Answer>;
};

/** Addresses that programs and the upload page's script use. Pages and their forms go through the framework. */
const ROUTES: readonly Route[] = [
	{ method: 'PUT', path: /^\/sources\/upload$/, answer: upload },
	{ method: 'GET', path: /^\/sources\/imports\/(\d+)$/, answer: reportOverHttp },
	{ method: 'POST', path: /^\/sources\/imports\/(\d+)\/accept$/, answer: acceptOverHttp },
	{ method: 'POST', path: /^\/sources\/imports\/(\d+)\/cancel$/, answer: cancelOverHttp }
];

const RETRY_SECONDS = 5;

/**
 * Answers the desk's own addresses before the framework sees them: a large file is streamed, past its limit for forms.
 * All ask for the token or a browser's pass.
 */
export function answerIntake(handler: Handler, runtime: Runtime): Handler {
	return (request, response) => {
		const address = request.url ?? '';
		if (!address.startsWith('/sources/')) return handler(request, response);
		const url = new URL(address, 'http://site');
		for (const route of ROUTES) {
			const found = route.path.exec(url.pathname);
			if (found && request.method === route.method)
				return respond(request, response, () => answerRight(runtime, route, request, url, found));
		}
		return handler(request, response);
	};
}

async function answerRight(
	runtime: Runtime,
	route: Route,
	request: IncomingMessage,
	url: URL,
	found: RegExpExecArray
): Promise<Answer> {
	const headers = { get: (name: string) => headerOf(request, name) };
	const right = runtime.access.mayWrite({ headers }, addressOfVisitor(request, runtime.configuration));
	return right.right === 'yes' ? route.answer(runtime, request, url, found) : refusalOf(right);
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
	const value = headers[name];
	return value === undefined ? null : String(value);
}

function refusalOf(right: Exclude<Right, { right: 'yes' }>): Answer {
	if (right.right === 'wait') {
		return refused(
			429,
			'wait',
			'Too many wrong tokens came from this address; try again later.',
			right.seconds
		);
	}
	if (right.right === 'foreign')
		return refused(403, 'foreign', 'This request was sent from another site and is refused.');
	return refused(
		401,
		'no-token',
		'This needs the token: as "Authorization: Bearer ...", or sign in on /sources.'
	);
}

async function respond(
	request: IncomingMessage,
	response: ServerResponse,
	ask: () => Promise<Answer>
): Promise<void> {
	const { status, body, retryAfter } = await ask().catch(explain);
	// Gone, as one is who aborts an upload.
	if (response.destroyed) return;
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
	if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
	response.setHeader('content-type', 'application/json; charset=utf-8');
	response.setHeader('cache-control', 'no-store');
	if (!request.complete) leaveUnread(request, response);
	response.writeHead(status).end(`${JSON.stringify(body)}\n`);
}

function explain(error: unknown): Answer {
	if (isBusy(error))
		return refused(503, 'busy', 'A report is being posted; try again in a moment.', RETRY_SECONDS);
	if (isAway(error))
		return refused(503, 'away', 'The database cannot be reached; try again in a moment.', RETRY_SECONDS);
	const { code } = error as { code?: string };
	if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
		return refused(400, 'aborted', 'The transfer broke off; nothing was kept.');
	logError(error, { part: 'intake' });
	return refused(500, 'failed', 'Something went wrong; nothing was kept.');
}

const LINGER_MILLISECONDS = 2000;

/** Lets a sender finish its sentence and read the answer, but not send a file for nothing. */
function leaveUnread(request: IncomingMessage, response: ServerResponse): void {
	response.setHeader('connection', 'close');
	request.resume();
	const timer = setTimeout(() => request.destroy(), LINGER_MILLISECONDS);
	request.once('close', () => clearTimeout(timer));
}
