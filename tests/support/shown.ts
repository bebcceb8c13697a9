/*
 * What a page shows, read back: its spaces do not break and its minus is U+2212.
 */

/** A text with each run of spaces, of whatever kind, as one. */
export function plain(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

/** A text of a page from right to left as {@link plain} has it, without the marks that hold its parts in their direction. */
export function plainWithoutMarks(text: string): string {
	return plain(text.replace(/[\u2066-\u2069\u200e\u200f]/g, ''));
}

/**
 * "DEMONSTRATION EUR 1 234.50" -> "1234.50": what a figure says in its exact form, which is the last number of its text.
 * @throws when there is none
 */
export function exactOf(text: string): string {
	const numbers = numbersOf(text);
	if (numbers.length === 0) throw new Error(`no number in "${text}"`);
	return numbers.at(-1)!;
}

/** The numbers of a text as decimals, in their order. */
export function numbersOf(text: string): string[] {
	return (
		text
			.replace(/[\u202f\u00a0]/g, '')
			.replaceAll('\u2212', '-')
			.match(/-?\d+(?:\.\d+)?/g) ?? []
	);
}

/** How many activities a list says that it found. */
export function resultsOf(html: string): number {
	return Number(/role="status"[^>]*>\s*(\d+)/.exec(html)![1]);
}
