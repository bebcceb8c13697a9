import type { XmlElement } from '../xml.ts';
import { shown } from './notes.ts';

/** Something that is said once for a whole file, with how often it was met and where first. */
export type Tallied = { rule: string; what: string; done: string; times: number; line: number };

/** Different things that are told apart; what more there are goes into one line. */
const KINDS = 200;

/** Counts over a whole file what would be noise at each place: elements that the books do not hold, and the like. */
export class Tally {
	#byName = new Map<string, Tallied>();

	/** An element (by its path below the activity) that is passed over. Those of a foreign namespace count as one. */
	notHeld(name: string, element: Pick<XmlElement, 'line'>): void {
		const foreign = name.lastIndexOf('}');
		this.count(
			'not-held',
			foreign < 0 ? name : `elements of ${name.slice(name.indexOf('{') + 1, foreign)}`,
			'kept with the source',
			element.line
		);
	}

	count(rule: string, what: string, done: string, line: number): void {
		const key = `${rule} ${done} ${what}`;
		const known = this.#byName.get(key);
		if (known) known.times++;
		else if (this.#byName.size < KINDS) {
			this.#byName.set(key, { rule, what: shown(what), done, times: 1, line });
		} else this.#others.times++;
	}

	#others: Tallied = { rule: 'not-held', what: 'others', done: 'kept with the source', times: 0, line: 1 };

	/** In the order first met. */
	all(): Tallied[] {
		const all = [...this.#byName.values()];
		return this.#others.times > 0 ? [...all, this.#others] : all;
	}
}
