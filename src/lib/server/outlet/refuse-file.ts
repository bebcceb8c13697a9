import { isHttpError } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js';
import { refusedAddress, refusedFault, refusedFor, type Refused } from '../api/refusal.ts';
import { overviewLink, pageOfFile } from './page-of-file.ts';
import { refuseDownload, type DownloadRefusal } from './refused.ts';

/** The address of a file that was not given, and the number of its answer. */
export type FileAsked = { url: URL; request: Request; locals: Pick<App.Locals, 'requestId'> };

/**
 * What the address of a file answers when asking for it failed: for people a page in their language that says what, where
 * and what to do, for programs the shape of every error under `/api/v1`.
 * @param failed the status that it failed with, and what was thrown; of a fault of ours the log holds the rest by then
 */
export function refuseFile(
	{ url, request, locals }: FileAsked,
	{ status, caught }: { status: number; caught: unknown }
): Response {
	const unexpected = status === 404 ? refusedAddress(url.origin) : refusedFault();
	const refused = refusedFor(caught, `${url.origin}/api`) ?? unexpected;
	const body = isHttpError(caught) ? caught.body : null;
	const { code, message, what_to_do, parameter, value } = refused.body.error;
	const seconds = refused.headers?.['retry-after'];
	return refuseDownload(
		{ request },
		{
			status: refused.status,
			code,
			message,
			whatToDo: what_to_do,
			...forPeople(refused, body, url),
			about: { ...(parameter === undefined ? {} : { parameter }), ...(value === undefined ? {} : { value }) },
			id: locals.requestId,
			...(seconds === undefined ? {} : { seconds: Number.parseInt(seconds, 10) })
		}
	);
}

type ForPeople = Pick<DownloadRefusal, 'title' | 'text' | 'links'>;

/** Programs are told of parameters and headers, people of what they see and can open. */
function forPeople({ status, body: { error } }: Refused, body: App.Error | null, url: URL): ForPeople {
	const { code, message, what_to_do: advice, parameter } = error;
	const page = pageOfFile(url.pathname);
	const own = [page + url.search, m.exports_refused_page()] as const;
	const again = [url.pathname + url.search, m.layout_error_again()] as const;
	const back = overviewLink();
	if (status >= 500) return { ...wordsOfFault(status, body), links: [again, back] };
	if (parameter !== undefined) {
		const title = status === 404 ? m.exports_refused_404_title() : m.layout_error_400_title();
		// What is missing is asked for on the page; what is there and wrong is left out there.
		const way = url.searchParams.has(parameter)
			? m.exports_refused_without({ parameter })
			: m.exports_refused_page();
		return { title, text: message, links: [[page + without(url, parameter), way], back] };
	}
	if (code !== 'not_found' && code !== 'unknown_address')
		return { title: m.exports_refused_title(), text: `${message} ${advice}`, links: [own, back] };
	const [kind, ...below] = deLocalizeHref(url.pathname).split('/').slice(1);
	const list = [localizeHref(`/${kind}`), m.exports_refused_list()] as const;
	return {
		title: m.exports_refused_404_title(),
		text: m.exports_refused_404_text({ address: url.pathname.slice(0, 200) }),
		links: below.length === 0 ? [back] : [list, back]
	};
}

/** The question of an address with one parameter left out. */
function without({ searchParams }: URL, parameter: string): string {
	const others = new URLSearchParams([...searchParams].filter(([name]) => name !== parameter));
	return others.size === 0 ? '' : `?${others.toString()}`;
}

function wordsOfFault(status: number, body: App.Error | null): Pick<ForPeople, 'title' | 'text'> {
	if (status !== 503) return { title: m.layout_error_500_title(), text: m.layout_error_500_text() };
	if (!body?.work) return { title: m.layout_error_503_title(), text: m.layout_error_503_text() };
	const { percent } = body.work;
	const text = percent === null ? m.layout_error_busy_text() : m.layout_error_busy_percent({ percent });
	return { title: m.layout_error_busy_title(), text };
}
