import { m } from '#lib/paraglide/messages.js';
import { fieldLabel } from '#lib/words/intake.ts';

type Problem = { code: string; field?: string; column?: string; given?: string };
type Unread = { field: string; given: string };
type Question = { code: string; column?: number; examples: string[]; answers: string[] };

/** What keeps a file from being read with a mapping, for the person who makes it. */
export function problemWords({ code, field, column = '', given = '' }: Problem): string {
	const name = field === undefined ? '' : fieldLabel(field);
	switch (code) {
		case 'missing':
			return m.mapping_problem_missing({ field: name });
		case 'same-field':
			return m.mapping_problem_same_field({ field: name, column });
		case 'twice':
			return column === ''
				? m.mapping_problem_amount_twice()
				: m.mapping_problem_twice({ field: name, column });
		case 'no-such-sheet':
			return m.mapping_problem_sheet({ given });
		case 'no-such-row':
			return m.mapping_problem_row({ given });
		case 'no-such-column':
			return m.mapping_problem_column({ column });
		case 'header-differs':
			return m.mapping_problem_header({ column, given });
		default:
			return m.mapping_problem_wrong({ field: name, given });
	}
}

/** A line of the form that cannot be read, or a column's use that does not exist. */
export function unreadWords({ field, given }: Unread): string {
	if (field === 'translations') return m.mapping_unread_translation({ given });
	if (field === 'stated') return m.mapping_unread_stated({ given });
	return m.mapping_unread({ field: fieldLabel(field), given });
}

/** What a guess could not decide alone, with what it saw. */
export function questionWords({ code, examples, answers }: Question): string {
	const shown = examples.join(m.words_slice_join());
	switch (code) {
		case 'date-order':
			return m.mapping_question_dates({ examples: shown });
		case 'dates-swapped':
			return m.mapping_question_swapped({ examples: shown });
		case 'number-style':
			return m.mapping_question_numbers({ examples: shown });
		case 'sheet':
			return m.mapping_question_sheet({ answers: answers.join(m.words_slice_join()) });
		default:
			return m.mapping_question_header();
	}
}

/** Id of the control that a problem is about; null where it is about the file. */
export function controlOf({ code, field, column }: Problem): string | null {
	if (code === 'missing' || code === 'wrong')
		return field === 'amount' || field === 'date' ? 'columns' : `constant-${field ?? ''}`;
	if (code === 'no-such-sheet') return 'recall-sheet';
	if (code === 'no-such-row') return 'recall-row';
	return column ? 'columns' : null;
}
