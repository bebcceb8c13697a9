import type { Handler } from './page-cache.ts';

/** Headers of every answer: pages, files, downloads and errors. The policy for content is the framework's, by hash. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()'
};

const YEAR_SECONDS = 31_536_000;

/** Sets them before the handler answers; a kept page keeps them. `origin` over TLS also binds browsers to TLS. */
export function secure(handler: Handler, origin: string): Handler {
	const headers = Object.entries(SECURITY_HEADERS);
	if (origin.startsWith('https://')) headers.push(['strict-transport-security', `max-age=${YEAR_SECONDS}`]);
	return (request, response) => {
		for (const [name, value] of headers) response.setHeader(name, value);
		return handler(request, response);
	};
}
