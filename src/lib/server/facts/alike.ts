import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { fold } from '#lib/words/fold.ts';

/** A word that stands in the texts, and how like the one asked for it is: 1 is the same. */
export type AlikeWord = { word: string; likeness: number };

/** A word of three letters or fewer has too few trigrams to be like anything. */
const SHORTEST = 4;
const MOST_ALIKE = 8;
/** "trafiking" is 0.47 like "trafficking", and 0.36 like "training". */
const LEAST_LIKENESS = 0.4;
/** A word less like than this part of the likest one is not what was meant. */
const NEAR_BEST = 0.8;
/** Texts that hold something like it, and texts that hold its beginning: more of either hold the same words again. */
const LIKE_TEXTS = 200;
const BEGINNING_TEXTS = 400;
const PUNCTUATION = `,.;:!?()[]"'’“”«»/-`;

/**
 * Words of some texts (a relation with the column `search_text`, folded) that a misspelt word may mean, the most alike
 * first; never empty: where there is none it is the word itself. Asking for words as they are written is many times
 * faster than comparing every text with one that is not, and a page asks often: for its rows, their number and each of
 * its choices.
 */
export async function findAlike(
	db: Kysely<DB>,
	texts: RawBuilder<unknown>,
	word: string
): Promise<AlikeWord[]> {
	const itself = [{ word, likeness: 1 }];
	if (word.length < SHORTEST) return itself;
	const beginning = `%${escapeLike(word.slice(0, 3))}%`;
	const { rows } = await sql<AlikeWord>`
		select word, likeness from (
			select word, likeness, max(likeness) over () as best from (
				select word, similarity(word, ${word}) as likeness from (
					select distinct unnest(string_to_array(translate(search_text, ${PUNCTUATION}, ${' '.repeat(PUNCTUATION.length)}), ' ')) as word from (
						(select c.search_text from ${texts} c where ${word} <% c.search_text limit ${LIKE_TEXTS}::integer)
						union all
						(select c.search_text from ${texts} c where c.search_text like ${beginning} limit ${BEGINNING_TEXTS}::integer)
					) text
				) held
			) compared where likeness >= ${LEAST_LIKENESS}::real
		) alike
		where likeness >= ${NEAR_BEST}::real * best order by likeness desc, word limit ${MOST_ALIKE}::integer`.execute(
		db
	);
	return rows.length === 0 ? itself : rows;
}

/** More words than these are not looked for. */
const MOST_WORDS = 8;

/** The words of a text as names and titles are searched: folded, none for no text. */
export const wordsOf = (text: string | null): string[] =>
	text === null ? [] : fold(text).split(' ').filter(Boolean).slice(0, MOST_WORDS);

/** A folded text holds a word, wherever in it. */
export const holdsWord = (text: RawBuilder<unknown>, word: string) =>
	sql`${text} like '%' || folded(${escapeLike(word)}) || '%'`;

/** Each of some words is to be found, as any of those that it may mean. */
export const holdsEach = (
	words: readonly (readonly AlikeWord[])[],
	holds: (word: string) => RawBuilder<unknown>
): RawBuilder<unknown> => {
	const anyOf = (alike: readonly AlikeWord[]) =>
		sql.join(
			alike.map(({ word }) => holds(word)),
			sql` or `
		);
	return sql`(${sql.join(
		words.map((alike) => sql`(${anyOf(alike)})`),
		sql` and `
	)})`;
};

/** A text that `like` is to find as it is written. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
