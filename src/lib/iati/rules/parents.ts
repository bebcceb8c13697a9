/** Relations remembered at most: more than any publisher has, and little memory. */
const REMEMBERED = 200_000;
/** Circles told of at most, and activities named of each. */
const CIRCLES = 100;
const NAMED = 10;

/**
 * Activities that are parts of each other, each of the next and the last of the first: the first few of `length`, and the
 * line that says so of the first one.
 */
export type Circle = { activities: string[]; length: number; line: number };

/**
 * Which activity of a file is a part of which, to find those that are parts of each other: a sum over parts and wholes
 * would go round and round. An activity that names itself is its reader's matter.
 */
export class Parents {
	readonly #parentsOf = new Map<string, { parents: Set<string>; line: number }>();
	#relations = 0;

	/** Takes note of what an activity names: codes of RelatedActivityType, 1 its parent, 2 its child. */
	add(activity: string, related: readonly { type: string; key: string }[], line: number): void {
		for (const { type, key } of related) {
			if (key === activity) continue;
			if (type === '1') this.#add(activity, key, line);
			else if (type === '2') this.#add(key, activity, line);
		}
	}

	/** The circles, each once, by whichever of its activities the file names first as a part. */
	circles(): Circle[] {
		const circles: Circle[] = [];
		const done = new Set<string>();
		for (const start of this.#parentsOf.keys()) {
			// A walk up all parents, without recursion: chains may be as long as the file.
			const way: { activity: string; parents: Iterator<string> }[] = [];
			const onWay = new Map<string, number>();
			const enter = (activity: string) => {
				onWay.set(activity, way.length);
				way.push({ activity, parents: (this.#parentsOf.get(activity)?.parents ?? []).values() });
			};
			if (!done.has(start)) enter(start);
			for (let at = way.at(-1); at; at = way.at(-1)) {
				const { done: last, value: parent } = at.parents.next();
				if (last) {
					done.add(at.activity);
					onWay.delete(at.activity);
					way.pop();
				} else if (onWay.has(parent)) {
					const from = onWay.get(parent)!;
					const activities = way.slice(from, from + NAMED).map(({ activity }) => activity);
					const { line } = this.#parentsOf.get(parent)!;
					circles.push({ activities, length: way.length - from, line });
					if (circles.length === CIRCLES) return circles;
				} else if (!done.has(parent)) enter(parent);
			}
		}
		return circles;
	}

	#add(child: string, parent: string, line: number): void {
		let known = this.#parentsOf.get(child);
		if (known?.parents.has(parent) || this.#relations >= REMEMBERED) return;
		if (!known) this.#parentsOf.set(child, (known = { parents: new Set(), line }));
		known.parents.add(parent);
		this.#relations++;
	}
}
