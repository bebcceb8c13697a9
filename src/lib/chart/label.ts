/** A label in so much room, in drawing units: cut between whole characters, with an ellipsis. Its full form is spoken and in the table. */
export function shortened(label: string, room: number, letter: number): string {
	const most = lettersIn(room, letter);
	const plain = label.replace(/\s+/g, ' ').trim();
	if (plain.length <= most) return plain;
	const characters = [...new Intl.Segmenter().segment(plain)].map(({ segment }) => segment);
	return characters.length <= most
		? plain
		: `${characters
				.slice(0, most - 1)
				.join('')
				.trimEnd()}…`;
}

/** The same over as many lines as are allowed, broken between words; only what does not fit then is cut. At least one line. */
export function wrapped(label: string, room: number, letter: number, most: number): string[] {
	const fits = lettersIn(room, letter);
	const words = label.trim().split(/\s+/);
	const lines: string[] = [];
	while (words.length > 0 && lines.length < most - 1) {
		let line = words.shift()!;
		while (words.length > 0 && line.length + 1 + words[0]!.length <= fits) line += ` ${words.shift()!}`;
		lines.push(line);
	}
	if (words.length > 0) lines.push(words.join(' '));
	return lines.map((line) => shortened(line, room, letter));
}

/** Fewer than four letters name nothing: they stand even where there is no room for them. */
const lettersIn = (room: number, letter: number) => Math.max(4, Math.floor(room / letter));
