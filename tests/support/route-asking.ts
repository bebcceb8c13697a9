import { paraglideMiddleware } from '#lib/paraglide/server.js';

type Asked = {
	headers?: Record<string, string>;
	/** What stands in the places of the route's brackets. */
	params?: Record<string, string>;
	/** The visitor's address. */
	visitor?: string;
};

/**
 * Asks what a route hands to the framework (`GET` or `load`) as the framework would, in the language of the address. The
 * process's runtime answers.
 */
export function askRoute<T>(
	route: unknown,
	address: string,
	{ headers = {}, params = {}, visitor = '127.0.0.1' }: Asked = {}
): Promise<T> {
	const request = new Request(new URL(address, 'https://portfolio.example.org'), { headers });
	const answer = route as (event: object) => T | Promise<T>;
	// The middleware is typed for responses and hands on whatever it is given.
	return paraglideMiddleware(request, (async () =>
		answer({
			url: new URL(request.url),
			request,
			params,
			getClientAddress: () => visitor,
			setHeaders: () => {},
			locals: { requestId: 'test' }
		})) as never) as Promise<T>;
}
