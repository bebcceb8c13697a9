import { escaped } from '#lib/iati/write/xml.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, getTextDirection } from '#lib/paraglide/runtime.js';

/** What of a request decides how a refusal looks: a person's browser says that it reads HTML. */
export type Refusing = { request: Request };

/** Why a download is not given, in the visitor's language. */
export type DownloadRefusal = {
	status: number;
	/** For programs: the same whatever the language. */
	code: string;
	/** For programs, which name parameters and headers. */
	message: string;
	whatToDo: string;
	/** For people, who find forms at the links below it. */
	title: string;
	text: string;
	/** Ways on, for people: address and text. */
	links: readonly (readonly [string, string])[];
	/** For programs: the parameter that cannot be answered, and what was given. */
	about?: { parameter?: string; value?: string };
	/** The number under which the log holds the rest. */
	id?: string;
	/** Seconds until it may be asked for again, where that is known. */
	seconds?: number;
};

/**
 * A download that is not given: a page for browsers, else the shape of every error under `/api/v1`. A file's address is
 * no page of the framework's, so this one is written here and needs nothing.
 */
export function refuseDownload({ request }: Refusing, refusal: DownloadRefusal): Response {
	const { status, code, message, whatToDo, about, seconds } = refusal;
	const isRead = isReadByPeople(request);
	const body = isRead
		? pageOf(refusal)
		: `${JSON.stringify({ error: { code, message, ...about, what_to_do: whatToDo } }, null, '\t')}\n`;
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

/** Whether the answer is for someone's eyes: browsers say that they read HTML, programs don't. */
export function isReadByPeople(request: Request): boolean {
	return request.headers.get('accept')?.includes('text/html') ?? false;
}

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-inline-size:40rem;margin:3rem auto;padding-inline:1rem}
li{margin-block:.5rem}
code{font:inherit;font-style:italic;overflow-wrap:anywhere}`;

function pageOf({ status, title, text, links, id }: DownloadRefusal): string {
	const items = links.map(([href, name]) => `<li><a href="${escaped(href)}">${escaped(name)}</a></li>`);
	const number =
		id === undefined ? '' : `<p>${escaped(m.layout_error_id())} <code>${escaped(id)}</code></p>\n`;
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
<p>${escaped(text)}</p>
<ul>
${items.join('\n')}
</ul>
${number}</main>
</body>
</html>
`;
}
