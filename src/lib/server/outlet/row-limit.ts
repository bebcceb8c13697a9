import { m } from '#lib/paraglide/messages.js';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { Runtime } from '#lib/server/runtime.ts';
import { formatCount } from '#lib/words/count.ts';
import { overviewLink, pageOfFile } from './page-of-file.ts';
import { refuseDownload } from './refused.ts';

/** What of a request says who asks. */
export type AskedBy = { request: Request; getClientAddress: () => string };

/**
 * Whether so many rows may leave. `anyone`: within the limit, nobody was asked who they are. `holder`: beyond it, to one who
 * may write; the answer is theirs alone. `wait`: too many wrong tokens came from this address.
 */
export type RowsLeave =
	| { leave: 'anyone' | 'holder' }
	| { leave: 'refused'; rows: number; most: number }
	| { leave: 'wait'; seconds: number };

/** For the answer to one who may write: no cache keeps it for anyone else. */
export const FOR_HOLDER = 'private, no-store';

/** Decides before the first row is read; `rows` are those of the whole answer. */
export function mayRowsLeave(
	{ request, getClientAddress }: AskedBy,
	{ configuration: { exportMaxRows: most }, access }: Pick<Runtime, 'configuration' | 'access'>,
	rows: number
): RowsLeave {
	if (most === 0 || rows <= most) return { leave: 'anyone' };
	const right = access.mayWrite(request, getClientAddress());
	if (right.right === 'yes') return { leave: 'holder' };
	if (right.right === 'wait') return { leave: 'wait', seconds: right.seconds };
	return { leave: 'refused', rows, most };
}

/** Hands rows out where they may leave, else says how many they are, what the limit is and what to do. */
export async function withinLimit(
	event: AskedBy & { url: URL },
	runtime: Runtime,
	rows: number,
	write: () => Response | Promise<Response>
): Promise<Response> {
	const decided = mayRowsLeave(event, runtime, rows);
	if (decided.leave === 'refused') {
		const message = m.exports_limit_text({ rows: formatCount(rows), most: formatCount(decided.most) });
		return refuseDownload(event, {
			status: 403,
			code: 'too_many_rows',
			message,
			whatToDo: m.exports_limit_do(),
			title: m.exports_limit_title(),
			text: `${message} ${m.exports_limit_advice()}`,
			links: linksFor(event.url)
		});
	}
	if (decided.leave === 'wait') {
		const { seconds } = decided;
		const message = m.sources_enter_wait({ minutes: String(Math.ceil(seconds / 60)) });
		return refuseDownload(event, {
			status: 429,
			code: 'too_many_wrong_tokens',
			message,
			whatToDo: m.exports_limit_do(),
			title: m.exports_limit_wait_title(),
			text: `${message} ${m.exports_limit_advice()}`,
			links: linksFor(event.url),
			seconds
		});
	}
	const response = await write();
	if (decided.leave === 'holder') response.headers.set('cache-control', FOR_HOLDER);
	return response;
}

/** The same question on its page, with the forms that narrow it; and where the token is given. */
const linksFor = (url: URL) =>
	[
		[pageOfFile(url.pathname) + url.search, m.exports_limit_narrow()],
		[localizeHref('/sources'), m.layout_error_token()],
		overviewLink()
	] as const;
