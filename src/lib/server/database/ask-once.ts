import type { Kysely } from 'kysely';
import type { DB } from './schema.ts';

const answers = new WeakMap<Kysely<DB>, Map<string, Promise<unknown>>>();

/**
 * The same database for the reading of one page, whose parts ask for much of the same: a question that goes through
 * `askOnce` is put once to what this gives back, and its answer is shared. It is for reading only, and only as long as
 * one request takes: an answer is not asked for again when the books change.
 */
export function forOneReading(db: Kysely<DB>): Kysely<DB> {
	const reading = db.withoutPlugins();
	answers.set(reading, new Map());
	return reading;
}

/**
 * The answer to a question that was put before in the same reading, also while it is still being looked for; else what
 * `ask` finds. Who gets an answer leaves it as it is.
 * @param question names what is asked, with all that the answer depends on
 */
export function askOnce<T>(db: Kysely<DB>, question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
	const known = answers.get(db);
	if (known === undefined) return ask();
	const key = JSON.stringify(question);
	const answer = (known.get(key) as Promise<T> | undefined) ?? ask();
	known.set(key, answer);
	return answer;
}
