import { error, redirect, type Cookies } from '@sveltejs/kit';
import { getRuntime } from '#lib/server/runtime.ts';

/** What of a page's event says who asks. */
type Asked = {
	request: Request;
	getClientAddress: () => string;
	setHeaders: (headers: Record<string, string>) => void;
};

/** Whether the visitor may write. The answer is theirs alone: no cache keeps it. */
export function mayWrite({ request, getClientAddress, setHeaders }: Asked): boolean {
	setHeaders({ 'cache-control': 'private, no-store' });
	return getRuntime().access.mayWrite(request, getClientAddress()).right === 'yes';
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

/** The framework writes cookies itself; its own words for what a `Set-Cookie` header says. */
function setCookie(cookies: Cookies, header: string): void {
	const [pair = '', ...attributes] = header.split('; ');
	const age = attributes.find((attribute) => attribute.startsWith('Max-Age='));
	cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1), {
		path: '/',
		httpOnly: true,
		sameSite: 'strict',
		secure: attributes.includes('Secure'),
		maxAge: Number.parseInt(age?.slice('Max-Age='.length) ?? '0', 10)
	});
}

/** After a form: back to a page, so that reloading does not send it again. */
export function goTo(address: string): never {
	redirect(303, address);
}
