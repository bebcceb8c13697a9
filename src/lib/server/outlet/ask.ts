import { answer } from '#lib/server/answer.ts';
import { openExtract, type Extract } from './extract.ts';

type Asked = Parameters<typeof answer>[0];

/** Reads the address of a download as its page reads it, and hands the slice on its way out to a writer. */
export function answerExtract(event: Asked, write: (extract: Extract) => Response): Promise<Response> {
	return answer(event, [], async ({ runtime, slice }) => {
		const { origin, portfolio } = runtime.configuration;
		return write(await openExtract(runtime.database.exports, slice, { origin, portfolio }));
	});
}
