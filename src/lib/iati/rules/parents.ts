/** Activities remembered at most: more than any publisher has, and little memory. */
const REMEMBERED = 200_000;

/**
 * Which activity of a file is a part of which, to find those that are parts of each other: a sum over parts and wholes
 * would go round and round. An activity that names itself is its reader's matter.
 */
export class Parents {
	readonly #parentsOf = new Map<string, string[]>();

	/** Takes note of what an activity names: codes of RelatedActivityType, 1 its parent, 2 its child. */
	add(activity: string, related: readonly { type: string; key: string }[]): void {
		for (const { type, key } of related) {
			if (key === activity) continue;
			if (type === '1') this.#add(activity, key);
			else if (type === '2') this.#add(key, activity);
		}
	}

	/** The circles, each once, from one activity over its parent back to itself: `['B', 'C']`. */
	circles(): string[][] {
		const circles: string[][] = [];
		const done = new Set<string>();
		for (const start of this.#parentsOf.keys()) {
			// A walk up all parents, without recursion: chains may be as long as the file.
			const way: { activity: string; parents: readonly string[]; next: number }[] = [];
			const onWay = new Map<string, number>();
			const enter = (activity: string) => {
				onWay.set(activity, way.length);
				way.push({ activity, parents: this.#parentsOf.get(activity) ?? [], next: 0 });
			};
			if (!done.has(start)) enter(start);
			for (let at = way.at(-1); at; at = way.at(-1)) {
				const parent = at.parents[at.next++];
				if (parent === undefined) {
					done.add(at.activity);
					onWay.delete(at.activity);
					way.pop();
				} else if (onWay.has(parent)) {
					circles.push(way.slice(onWay.get(parent)).map(({ activity }) => activity));
				} else if (!done.has(parent)) enter(parent);
			}
		}
		return circles;
	}

	#add(child: string, parent: string): void {
		const parents = this.#parentsOf.get(child);
		if (parents) {
			if (!parents.includes(parent)) parents.push(parent);
		} else if (this.#parentsOf.size < REMEMBERED) this.#parentsOf.set(child, [parent]);
	}
}
