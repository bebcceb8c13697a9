/**
 * Draws each thing once and keeps the drawing: it depends on nothing but what it is of, which mostly stays the same over the
 * pages that show it and over a posting that is about something else. What was asked for longest ago goes first.
 * @param most characters kept in all
 */
export function keepDrawings<T>(draw: (what: T) => string, most: number): (what: T) => string {
	const kept = new Map<string, string>();
	let size = 0;
	const forget = (key: string, drawing: string) => {
		kept.delete(key);
		size -= key.length + drawing.length;
	};
	return (what) => {
		const key = JSON.stringify(what);
		const known = kept.get(key);
		if (known !== undefined) forget(key, known);
		const drawing = known ?? draw(what);
		kept.set(key, drawing);
		size += key.length + drawing.length;
		for (const [oldest, its] of kept) {
			if (size <= most) break;
			forget(oldest, its);
		}
		return drawing;
	};
}
