import { answer } from '#lib/server/answer.ts';
import { fixQuestion } from '#lib/server/page/report.ts';
import { withinLimit, type AskedBy } from '../row-limit.ts';
import { openAnnex, type Annex } from './annex.ts';

type Asked = Parameters<typeof answer>[0] & AskedBy;

/** Reads the address of a download as the page of the agreement reads it, and hands the annex to a writer. */
export function answerAnnex(event: Asked, key: string, write: (annex: Annex) => Response): Promise<Response> {
	return answer(event, [], async (asked) => {
		const { question, state } = await fixQuestion(asked);
		const { configuration, database } = question.runtime;
		const { origin, portfolio } = configuration;
		const annex = await openAnnex(database.exports, question, { key, state, site: { origin, portfolio } });
		return withinLimit(event, question.runtime, annex.rows, () => write(annex));
	});
}
