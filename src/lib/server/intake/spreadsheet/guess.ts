import type { Survey } from './survey.ts';
import type { Mapping } from './mapping.ts';

/**
 * What a guess could not decide alone, with its evidence. A page asks these before anything else.
 * `date-order`: every date can be read day first or month first. `number-style`: every number can be read with a comma or
 * a point for decimals. `sheet`: more than one sheet looks like a ledger. `header`: no row looks like headings.
 */
export type Question = {
	code: 'date-order' | 'number-style' | 'sheet' | 'header';
	column?: number;
	/** What stands there, for example `03/04/2017`. */
	examples: string[];
	/** What it could mean, the guess first. */
	answers: string[];
};

/** How sure a guess of a column is: `remembered` from last time, `certain` by its heading and content, else `likely`. */
export type Certainty = 'remembered' | 'certain' | 'likely';

export type Guess = {
	mapping: Mapping;
	certainty: Partial<Record<keyof Mapping['columns'], Certainty>>;
	questions: Question[];
	/** Headings of columns that nothing is read from, by column. */
	unread: { column: number; header: string }[];
};

/**
 * A mapping guessed from a survey: sheet, header row, columns by their headings, number and date style by the whole
 * column's evidence, sign. `remembered` is the reporter's last mapping: its columns are found again by heading, then by
 * place, and its constants, translations and masks are taken over. The rest (reporter, activity ...) is for a person.
 */
export function guessMapping(_survey: Survey, _remembered?: Mapping | null): Guess {
	throw new Error('not built yet');
}
