import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce } from './versions.ts';

/** A word that stands in the texts of activities, and how like the one asked for it is: 1 is the same. */
export type AlikeWord = { word: string; likeness: number };

/** A word of three letters or fewer has too few trigrams to be like anything. */
const SHORTEST = 4;
const MOST_ALIKE = 8;
/** A misspelling that more activities than this are like is of a word so common that these hold it. */
const LOOKED_THROUGH = 200;
const PUNCTUATION = `,.;:!?()[]"'’“”«»/`;

/**
 * Words of the activities in force that a misspelt word may mean, the most alike first; never empty: where there is none
 * it is the word itself. Asking for words as they are written is many times faster than comparing every text with one
 * that is not, and a page asks often: for its rows, their number and each of its choices.
 */
export async function findAlike(db: Kysely<DB>, at: FactsAt, word: string): Promise<AlikeWord[]> {
	const itself = [{ word, likeness: 1 }];
	if (word.length < SHORTEST) return itself;
	const { rows } = await sql<AlikeWord>`
		select word, word_similarity(${word}, word) as likeness
		from (
			select distinct unnest(string_to_array(translate(text.search_text, ${PUNCTUATION}, ${' '.repeat(PUNCTUATION.length)}), ' ')) as word
			from (select c.search_text from ${activitiesInForce(at)} c where ${word} <% c.search_text limit ${LOOKED_THROUGH}::integer) text
		) held
		where ${word} <% word order by likeness desc, word limit ${MOST_ALIKE}::integer`.execute(db);
	return rows.length === 0 ? itself : rows;
}
