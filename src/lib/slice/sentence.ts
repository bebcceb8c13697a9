import type { Locale } from '#lib/paraglide/runtime.js';

/** A part of a filter that is told as a sentence; all texts together are the sentence. */
export type SentencePart = {
	text: string;
	/**
	 * What an address without this part gives its parameters: other text, or null where the parameter falls away. Null for words
	 * that only hold the sentence together.
	 */
	without: Readonly<Record<string, string | null>> | null;
};

/** Never in a text: marks where a part goes. */
const MARK = '\u{E000}';

/** A text of the catalogue with parts in its places, in the order that the language wants. */
export function fillSentence<Name extends string>(
	text: (inputs: Record<Name, string>) => string,
	parts: Record<Name, readonly SentencePart[]>
): SentencePart[] {
	const names = Object.keys(parts) as Name[];
	const marks = Object.fromEntries(names.map((name, index) => [name, MARK + index + MARK]));
	const pieces = text(marks as Record<Name, string>).split(MARK);
	// Every second piece is a mark's number.
	return pieces.flatMap((piece, index) => {
		if (index % 2 === 1) return parts[names[Number(piece)]!];
		return piece === '' ? [] : [{ text: piece, without: null }];
	});
}

/** Phrases one after the other with a text between them. */
export function joinPhrases(phrases: readonly (readonly SentencePart[])[], between: string): SentencePart[] {
	return phrases.flatMap((phrase, index) =>
		index === 0 ? phrase : [{ text: between, without: null }, ...phrase]
	);
}

/** "Mali, Niger and Egypt" as the language writes it, each a part of its own. */
export function listPhrases(parts: readonly SentencePart[], locale: Locale): SentencePart[] {
	const format = new Intl.ListFormat(locale, { type: 'conjunction' });
	const pieces = format.formatToParts(parts.map((_, index) => String(index)));
	return pieces.map(({ type, value }) =>
		type === 'element' ? parts[Number(value)]! : { text: value, without: null }
	);
}
