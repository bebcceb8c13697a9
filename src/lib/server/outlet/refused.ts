import { escaped } from '#lib/iati/write/xml.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, getTextDirection, localizeHref } from '#lib/paraglide/runtime.js';

/** What of a request decides how a refusal looks: a person's browser says that it reads HTML. */
export type Refusing = { url: URL; request: Request };

/** Why a download is not given, in the visitor's language. */
export type DownloadRefusal = {
	status: number;
	/** For programs: the same whatever the language. */
	code: string;
	title: string;
	message: string;
	/** For programs, which name parameters and headers. */
	whatToDo: string;
	/** For people, who find forms at the links below it. */
	advice: string;
	/** Seconds until it may be asked for again, where that is known. */
	seconds?: number;
};

/**
 * A download that is not given: a page for browsers, else the shape of every error under `/api/v1`. A file's address is
 * no page of the framework's, so this one is written here and needs nothing.
 */
export function refuseDownload({ url, request }: Refusing, refusal: DownloadRefusal): Response {
	const { status, code, message, whatToDo, seconds } = refusal;
	const isRead = request.headers.get('accept')?.includes('text/html') ?? false;
	const body = isRead
		? pageOf(url, refusal)
		: `${JSON.stringify({ error: { code, message, what_to_do: whatToDo } }, null, '\t')}\n`;
	return new Response(body, {
		status,
		headers: {
			'content-type': isRead ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
			'cache-control': 'private, no-store',
			'x-robots-tag': 'noindex',
			...(seconds === undefined ? {} : { 'retry-after': String(seconds) })
		}
	});
}

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-inline-size:40rem;margin:3rem auto;padding-inline:1rem}
li{margin-block:.5rem}`;

function pageOf({ pathname, search }: URL, { status, title, message, advice }: DownloadRefusal): string {
	// The same question without the file's ending is its page, with the forms that narrow it.
	const links = [
		[pathname.replace(/\.[a-z]+$/, '') + search, m.exports_limit_narrow()],
		[localizeHref('/sources'), m.layout_error_token()],
		[localizeHref('/').replace(/(.)\/$/, '$1'), m.layout_error_overview()]
	] as const;
	const items = links.map(([href, text]) => `<li><a href="${escaped(href)}">${escaped(text)}</a></li>`);
	return `<!doctype html>
<html lang="${getLocale()}" dir="${getTextDirection()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p>${escaped(m.layout_error_status({ status }))}</p>
<h1>${escaped(title)}</h1>
<p>${escaped(message)} ${escaped(advice)}</p>
<ul>
${items.join('\n')}
</ul>
</main>
</body>
</html>
`;
}
