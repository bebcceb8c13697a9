import type { Handle } from '@sveltejs/kit';
import { randomUUID } from 'node:crypto';

const RETRY_SECONDS = 5;

/** What every answer of a route carries: its number, when to come back, and whether it may be indexed. */
export const headers: Handle = async ({ event, resolve }) => {
	event.locals.requestId = randomUUID();
	const response = await resolve(event);
	response.headers.set('x-request-id', event.locals.requestId);
	if (response.status === 503) response.headers.set('retry-after', String(RETRY_SECONDS));
	// Invented amounts must not be found by search engines as if they were GLO.ACT's.
	if (event.url.searchParams.get('nature') === 'demonstration')
		response.headers.set('x-robots-tag', 'noindex');
	return response;
};
