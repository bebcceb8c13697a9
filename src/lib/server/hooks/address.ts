import { redirect, type Handle } from '@sveltejs/kit';
import { withoutTracking } from '#lib/slice/codec.ts';

/** Campaign parameters are taken off by a redirect; every other unknown parameter is the page's to refuse. */
export const address: Handle = ({ event, resolve }) => {
	const { params, dropped } = withoutTracking(event.url.searchParams);
	if (dropped.length > 0 && (event.request.method === 'GET' || event.request.method === 'HEAD')) {
		const query = params.toString();
		redirect(302, event.url.pathname + (query === '' ? '' : `?${query}`));
	}
	return resolve(event);
};
