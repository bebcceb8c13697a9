import { answer } from '#lib/server/answer.ts';
import { openExtract, type Extract } from './extract.ts';
import { withinLimit, type AskedBy } from './row-limit.ts';

type Asked = Parameters<typeof answer>[0] & AskedBy;

/**
 * Reads the address of a download as its page reads it, and hands the slice on its way out to a writer. Of more rows than
 * anyone may take the answer is a refusal.
 */
export function answerExtract(event: Asked, write: (extract: Extract) => Response): Promise<Response> {
	return answer(event, [], async ({ runtime, slice }) => {
		const { origin, portfolio } = runtime.configuration;
		const extract = await openExtract(runtime.database.exports, slice, { origin, portfolio });
		return withinLimit(event, runtime, extract.pinned.total.entries, () => write(extract));
	});
}

/** As {@link answerExtract} for what is told of a slice without its rows: that has no limit. */
export function answerMetadata(event: Asked, write: (extract: Extract) => Response): Promise<Response> {
	return answer(event, [], async ({ runtime, slice }) => {
		const { origin, portfolio } = runtime.configuration;
		return write(await openExtract(runtime.database.exports, slice, { origin, portfolio }));
	});
}
