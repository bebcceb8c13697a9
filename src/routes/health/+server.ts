import { readHealth } from '#lib/server/health.ts';
import type { RequestHandler } from './$types';

/** Live: this process answers. Ready: it can also ask the database. 503 while it can't. */
export const GET: RequestHandler = async () => {
	const health = await readHealth();
	return new Response(`${JSON.stringify(health, null, '\t')}\n`, {
		status: health.ready ? 200 : 503,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
	});
};
