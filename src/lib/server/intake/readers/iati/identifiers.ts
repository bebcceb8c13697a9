/** The identifiers of a file: where each was met first, and what was refused. */
export class Identifiers {
	#met = new Map<string, { line: number; accepted: boolean }>();
	#refused = new Set<string>();
	#accepted = 0;

	/** Where the identifier was met first, and whether what stood there left already; null where this is the first. */
	meet(identifier: string, line: number): { line: number; accepted: boolean } | null {
		const first = this.#met.get(identifier);
		if (!first) {
			this.#met.set(identifier, { line, accepted: false });
			return null;
		}
		const { accepted } = first;
		if (accepted) {
			first.accepted = false;
			this.#accepted--;
		}
		return { line: first.line, accepted };
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
