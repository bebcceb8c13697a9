import { m } from '#lib/paraglide/messages.js';
import type { Runtime } from '#lib/server/runtime.ts';
import { formatCount } from '#lib/words/count.ts';
import { refuseDownload, type Refusing } from './refused.ts';

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
	event: AskedBy & Refusing,
	runtime: Runtime,
	rows: number,
	write: () => Response | Promise<Response>
): Promise<Response> {
	const decided = mayRowsLeave(event, runtime, rows);
	if (decided.leave === 'refused') {
		return refuseDownload(event, {
			status: 403,
			code: 'too_many_rows',
			title: m.exports_limit_title(),
			message: m.exports_limit_text({ rows: formatCount(rows), most: formatCount(decided.most) }),
			whatToDo: m.exports_limit_do(),
			advice: m.exports_limit_advice()
		});
	}
	if (decided.leave === 'wait') {
		const { seconds } = decided;
		return refuseDownload(event, {
			status: 429,
			code: 'too_many_wrong_tokens',
			title: m.exports_limit_wait_title(),
			message: m.sources_enter_wait({ minutes: String(Math.ceil(seconds / 60)) }),
			whatToDo: m.exports_limit_do(),
			advice: m.exports_limit_advice(),
			seconds
		});
	}
	const response = await write();
	if (decided.leave === 'holder') response.headers.set('cache-control', FOR_HOLDER);
	return response;
}
