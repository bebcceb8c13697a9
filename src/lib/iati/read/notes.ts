import type { XmlElement } from '../xml.ts';

/** Something to say of one place of an activity. An error stops the whole activity. */
export type Note = {
	severity: 'error' | 'warning';
	/** Stable short name, for example `currency-unknown`. */
	rule: string;
	/** Where; with `attribute`, which of its attributes. */
	element: XmlElement;
	attribute: string | null;
	/** What stood there, shortened. */
	read: string;
	/** What was done about it. */
	done: string;
	/** How many more of this rule there are in the activity, which are not listed. On the last one of a rule only. */
	further: number;
};

/** Of one rule in one activity, so that ten thousand equal faults are not ten thousand findings. */
const LISTED = 10;
const SHOWN = 200;

/** What there is to say of one activity (or organisation of an organisation file) that is being read. */
export class Notes {
	readonly list: Note[] = [];
	/** True once there is an error: what was read must not be used. */
	refused = false;
	readonly #whole: string;
	#byRule: Map<string, { last: Note; count: number }> | null = null;

	/** @param whole what an error stops: `activity` or `organisation` */
	constructor(whole: 'activity' | 'organisation' = 'activity') {
		this.#whole = whole;
	}

	error(rule: string, element: XmlElement, read: string, attribute: string | null = null): void {
		this.refused = true;
		this.#add('error', rule, element, read, `${this.#whole} not read`, attribute);
	}

	warn(rule: string, element: XmlElement, read: string, done: string, attribute: string | null = null): void {
		this.#add('warning', rule, element, read, done, attribute);
	}

	#add(
		severity: Note['severity'],
		rule: string,
		element: XmlElement,
		read: string,
		done: string,
		attribute: string | null
	): void {
		const said = (this.#byRule ??= new Map()).get(rule);
		if (said && said.count >= LISTED) {
			said.last.further++;
			return;
		}
		const last = { severity, rule, element, attribute, read: shown(read), done, further: 0 };
		this.#byRule.set(rule, { last, count: (said?.count ?? 0) + 1 });
		this.list.push(last);
	}
}

/** A text short enough for a finding, never cut inside a character. */
export function shown(text: string): string {
	return text.length <= SHOWN ? text : `${cut(text, SHOWN)}…`;
}

/** The beginning of a text, not ending in half a character. */
export function cut(text: string, length: number): string {
	const end = text.charCodeAt(length - 1);
	return text.slice(0, end >= 0xd800 && end <= 0xdbff ? length - 1 : length);
}
