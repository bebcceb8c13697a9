import { redirect } from '@sveltejs/kit';
import { delocalized } from '#lib/layout/address.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { answer, type Question } from '#lib/server/answer.ts';
import { writeReport, type MadeReport } from '#lib/server/outlet/report/write-report.ts';
import { fixQuestion } from '#lib/server/page/report.ts';
import { REPORT_LANGUAGES } from '#lib/words/language.ts';
import { finish, type Draft } from './draft.ts';
import { Stated } from './stated.ts';

/** What a report is drafted from: the question at one state of the books, and what keeps its figures. */
export type ReportQuestion = Question<'since' | 'status'>;
export type Drafting = (question: ReportQuestion, stated: Stated) => Promise<Draft>;

/**
 * Reads the address of a report as its page does, and answers it as a PDF. In a language without reports it is the English
 * one; what there is no report of is told in the visitor's own.
 */
export function answerReport(
	event: { url: URL; request: Request; locals: App.Locals },
	draft: Drafting
): Promise<Response> {
	const locale = getLocale();
	return answer(event, [], async (asked) => {
		const made = await makeReport(asked, draft);
		if (REPORT_LANGUAGES.some((language) => language === locale)) return writeReport(made, event.request);
		redirect(307, delocalized(event.url.pathname) + event.url.search);
	});
}

/** A report at one state of the books, ready to be written. */
export async function makeReport(asked: Question<never>, draft: Drafting): Promise<MadeReport> {
	const { question, state } = await fixQuestion(asked);
	const stated = new Stated(question.runtime.configuration.origin, state.version);
	const drafted = await draft({ ...question, fields: { since: null, status: null } }, stated);
	return finish(drafted, stated, asked, state);
}
