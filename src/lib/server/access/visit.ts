import { error, redirect, type Cookies } from '@sveltejs/kit';
import { getRuntime } from '#lib/server/runtime.ts';
import type { PassCookie } from './access.ts';

/** What of a page's event says who asks. */
export type Asked = {
	request: Request;
	getClientAddress: () => string;
	setHeaders: (headers: Record<string, string>) => void;
};

/** Whether the visitor may write. The answer is theirs alone: no cache keeps it. */
export function mayWrite({ request, getClientAddress, setHeaders }: Asked): boolean {
	setHeaders({ 'cache-control': 'private, no-store' });
	return getRuntime().access.mayWrite(request, getClientAddress()).right === 'yes';
}

/**
 * As {@link mayWrite} for a page that everyone else sees alike: an answer to a visitor without a pass stays one that caches
 * may keep.
 */
export function mayWriteHere(event: Asked): boolean {
	const { headers } = event.request;
	return (headers.has('cookie') || headers.has('authorization')) && mayWrite(event);
}

/** Ends what only those may do who may write: 403, with what to do. */
export function refuseReaders({ request, getClientAddress }: Omit<Asked, 'setHeaders'>): void {
	const { right } = getRuntime().access.mayWrite(request, getClientAddress());
	if (right === 'wait') error(429, { message: 'too many wrong tokens' });
	if (right !== 'yes') error(403, { message: 'the token is needed' });
}

/** Exchanges the token for the browser's pass. Answers why not, or null. */
export function enter(
	cookies: Cookies,
	token: string,
	address: string
): { refused: 'wrong' } | { refused: 'wait'; seconds: number } | null {
	const exchange = getRuntime().access.exchange(token, address);
	if ('refused' in exchange) return exchange;
	setCookie(cookies, exchange.cookie);
	return null;
}

/** Takes the browser's pass back. */
export function leave(cookies: Cookies): void {
	setCookie(cookies, getRuntime().access.leave());
}

function setCookie(cookies: Cookies, { name, value, options }: PassCookie): void {
	cookies.set(name, value, options);
}

/** After a form: back to a page, so that reloading does not send it again. */
export function goTo(address: string): never {
	redirect(303, address);
}
