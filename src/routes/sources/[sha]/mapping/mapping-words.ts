import { m } from '#lib/paraglide/messages.js';
import { fieldLabel } from '#lib/words/intake.ts';

type Problem = { code: string; field?: string; column?: string; given?: string };
type Question = { code: string; column?: number; examples: string[]; answers: string[] };

/** What keeps a file from being read with a mapping, for the person who makes it. */
export function problemWords({ code, field, column = '', given = '' }: Problem): string {
	const name = field === undefined ? '' : fieldLabel(field);
	switch (code) {
		case 'missing':
			return m.mapping_problem_missing({ field: name });
		case 'twice':
			return m.mapping_problem_twice({ field: name, column });
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

/** What a guess could not decide alone, with what it saw. */
export function questionWords({ code, examples, answers }: Question): string {
	const shown = examples.join(', ');
	switch (code) {
		case 'date-order':
			return m.mapping_question_dates({ examples: shown });
		case 'dates-swapped':
			return m.mapping_question_swapped({ examples: shown });
		case 'number-style':
			return m.mapping_question_numbers({ examples: shown });
		case 'sheet':
			return m.mapping_question_sheet({ answers: answers.join(', ') });
		default:
			return m.mapping_question_header();
	}
}
