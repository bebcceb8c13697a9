/** Private characters that no message uses: each language puts them where its sentence wants them. */
const FIRST = 0xe000;
const SLOTS = /([\ue000-\ue00f])/;

/** What to give a message for the part that will stand at this place, 0 to 15. */
export const slot = (index: number): string => String.fromCharCode(FIRST + index);

/** The text of a message as its pieces in order: words, and the numbers of its slots. */
export function unweave(text: string): (string | number)[] {
	return text
		.split(SLOTS)
		.filter((piece) => piece !== '')
		.map((piece) => (SLOTS.test(piece) ? piece.charCodeAt(0) - FIRST : piece));
}
