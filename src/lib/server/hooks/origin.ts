import type { Handle } from '@sveltejs/kit';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site sends in a visitor's name. Kit checks forms only; this covers every unsafe method and
 * content type: the browser's own word (Sec-Fetch-Site) first, else the Origin header, and one of them must be there.
 */
export const origin: Handle = ({ event, resolve }) => {
	// Nothing is written there whatever the method: it answers 405 itself.
	if (SAFE.has(event.request.method) || event.route.id?.startsWith('/api/v1')) return resolve(event);
	const site = event.request.headers.get('sec-fetch-site');
	const from = event.request.headers.get('origin');
	const allowed = site !== null ? site === 'same-origin' : from === event.url.origin;
	if (allowed) return resolve(event);
	return new Response('This request was sent from another site and is refused.\n', {
		status: 403,
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});
};
