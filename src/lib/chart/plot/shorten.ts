/** A name cut to the room it has, in drawing units, with an ellipsis; its full form is spoken and in the table. */
export function shorten(text: string, room: number, letter: number): string {
	const fits = Math.max(4, Math.floor(room / letter));
	return text.length <= fits ? text : `${text.slice(0, fits - 1).trimEnd()}…`;
}
