import type { HandleServerError } from '@sveltejs/kit';
import { logError } from '#lib/server/log.ts';

/**
 * An error nobody expected: the visitor sees its number, the log holds the rest. Neither holds passwords or the query
 * string, which may name a person.
 */
export const errors: HandleServerError = ({ error, event, status, message }) => {
	const id = event.locals.requestId;
	event.locals.failure ??= error;
	if (status >= 500)
		logError(error, { request: id, method: event.request.method, route: event.route.id, status });
	return { message, id };
};
