import type { Languages } from './languages.ts';
import type { Notes } from './notes.ts';
import type { Tally } from './tally.ts';

/** What reading any part of one activity needs to know of it and of its file. */
export type Scope = {
	notes: Notes;
	/** Of the whole file. */
	tally: Tally;
	languages: Languages;
	/** Of texts that name none; `und` where nobody names one. */
	language: string;
	/** `default-currency` as written, trimmed; null where there is none. */
	currency: string | null;
	/** The activity's own flag, where a transaction has none. */
	humanitarian: boolean | null;
};
