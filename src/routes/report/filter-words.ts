import { m } from '#lib/paraglide/messages.js';
import type { Question } from '#lib/server/answer.ts';

/** What a report was asked, in words: what it is of, in which currency, and whether what is invented was left out. */
export function filterWords(
	subject: string,
	{ slice, view }: Pick<Question<never>, 'slice' | 'view'>
): string {
	return [
		subject,
		m.report_amounts_in({ currency: slice.currency }),
		...(view.demonstration === 'off' ? [m.report_without_demonstration()] : [])
	].join('; ');
}
