import { isEqual, isPassGood, issuePass, PASS_SECONDS } from './pass.ts';
import { FailedTries } from './tries.ts';

/** What of a request decides; SvelteKit's `Request` fits. */
export type AskedBy = { headers: { get(name: string): string | null } };

/**
 * Whether a request may write. `no`: it carries no token or pass, or a wrong one. `foreign`: its pass is good, but
 * another site sent it in the visitor's name. `wait`: too many wrong tokens came from this address.
 */
export type Right =
	{ right: 'yes' } | { right: 'no' } | { right: 'foreign' } | { right: 'wait'; seconds: number };

/** A cookie as SvelteKit's `cookies.set(name, value, options)` takes it. `maxAge` in seconds; 0 takes it back. */
export type PassCookie = {
	name: string;
	value: string;
	options: { path: '/'; maxAge: number; httpOnly: true; sameSite: 'strict'; secure: boolean };
};

/** What a token is exchanged for: a browser's pass, or why not. */
export type Exchange = { cookie: PassCookie } | { refused: 'wrong' } | { refused: 'wait'; seconds: number };

/** Who may write. Where a request comes from grants nothing: behind a proxy every visitor is local. */
export type Access = {
	/** @param address the visitor's, by which wrong tokens are counted */
	mayWrite(request: AskedBy, address: string): Right;
	exchange(token: string, address: string): Exchange;
	/** The cookie that takes the pass back from a browser. */
	leave(): PassCookie;
};

/**
 * Makes the guard of one process.
 * @param origin the site's address as visitors see it; over TLS the cookie is bound to it
 */
export function createAccess(token: string, origin: string, clock: () => number = Date.now): Access {
	const tries = new FailedTries();
	const isSecure = origin.startsWith('https://');
	const name = isSecure ? '__Host-intake' : 'intake';
	const cookie = (value: string, maxAge: number): PassCookie => ({
		name,
		value,
		options: { path: '/', maxAge, httpOnly: true, sameSite: 'strict', secure: isSecure }
	});

	/** Whether a token is right; a wrong one counts. */
	const check = (given: string, address: string): Right => {
		const now = clock();
		const seconds = tries.secondsToWait(address, now);
		if (seconds > 0) return { right: 'wait', seconds };
		if (isEqual(given, token)) return { right: 'yes' };
		tries.add(address, now);
		return { right: 'no' };
	};

	return {
		mayWrite({ headers }, address) {
			const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
			if (bearer !== undefined) return check(bearer, address);
			const pass = readCookie(headers.get('cookie'), name);
			if (pass === null || !isPassGood(token, pass, clock())) return { right: 'no' };
			return isSameSite(headers, origin) ? { right: 'yes' } : { right: 'foreign' };
		},
		exchange(given, address) {
			const checked = check(given.trim(), address);
			if (checked.right === 'yes') return { cookie: cookie(issuePass(token, clock()), PASS_SECONDS) };
			if (checked.right === 'wait') return { refused: 'wait', seconds: checked.seconds };
			return { refused: 'wrong' };
		},
		leave: () => cookie('', 0)
	};
}

/** The browser's own word first, else the Origin header. A page that is only read may come from anywhere the cookie does. */
function isSameSite(headers: AskedBy['headers'], origin: string): boolean {
	const site = headers.get('sec-fetch-site');
	// `none`: typed or bookmarked, which no other site can make a browser do.
	if (site !== null) return site === 'same-origin' || site === 'none';
	const from = headers.get('origin');
	return from === null || from === origin;
}

function readCookie(header: string | null, name: string): string | null {
	for (const part of (header ?? '').split(';')) {
		const [key, ...value] = part.trim().split('=');
		if (key === name) return value.join('=');
	}
	return null;
}
