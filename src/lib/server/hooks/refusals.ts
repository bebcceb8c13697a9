import type { Handle, RequestEvent } from '@sveltejs/kit';
import { isPathOfFile } from '#lib/server/outlet/page-of-file.ts';
import { refuseFile } from '#lib/server/outlet/refuse-file.ts';
import { isReadByPeople } from '#lib/server/outlet/refused.ts';

/**
 * A file that cannot be given. The framework draws a page for what fails on a page; for all else its answer is one bare
 * line, and here it is told in full. Who asks for a file and reads no pages gets none.
 */
export const refusals: Handle = async ({ event, resolve }) => {
	let isDrawn = false;
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => {
			isDrawn = true;
			return html;
		}
	});
	const { failure } = event.locals;
	if (response.status < 400 || failure === undefined || (isDrawn && !isForPrograms(event))) return response;
	return isTold(event) ? response : refuseFile(event, { status: response.status, caught: failure });
};

/** Forms and what a page's own script asks are the framework's; under `/api/v1` this shape is the answer already. */
function isTold({ request: { method }, isDataRequest, route }: RequestEvent): boolean {
	const isRead = method === 'GET' || method === 'HEAD';
	return !isRead || isDataRequest || (route.id?.startsWith('/api/v1') ?? false);
}

function isForPrograms({ request, url }: RequestEvent): boolean {
	return isPathOfFile(url.pathname) && !isReadByPeople(request);
}
