/** An identifier that was met before: where first, whether what stood there left already, whether it was met twice. */
export type Met = { line: number; accepted: boolean; repeated: boolean };

/** The identifiers of a file: where each was met first, and what was refused. */
export class Identifiers {
	#met = new Map<string, Met>();
	#refused = new Set<string>();
	#accepted = 0;

	/** What is known of an identifier from further up; null where this is the first. From now on nothing of it stands. */
	meet(identifier: string, line: number): Met | null {
		const first = this.#met.get(identifier);
		if (!first) {
			this.#met.set(identifier, { line, accepted: false, repeated: false });
			return null;
		}
		const before = { ...first };
		if (first.accepted) this.#accepted--;
		first.accepted = false;
		first.repeated = true;
		return before;
	}

	accept(identifier: string): void {
		this.#met.get(identifier)!.accepted = true;
		this.#accepted++;
	}

	/** By identifier, or by its place where it has none. */
	refuse(name: string): void {
		this.#refused.add(name);
	}

	/** How many stand. */
	get accepted(): number {
		return this.#accepted;
	}

	refused(): string[] {
		return [...this.#refused];
	}
}
