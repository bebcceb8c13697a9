import { DOCTYPE } from './xml-failures.ts';
import type { XmlLimits } from './xml-limits.ts';
import type { XmlRule } from './xml-problem.ts';
import { faultOfReference } from './xml-references.ts';
import { contextOf, type Saxes } from './xml-saxes.ts';
import { isBlank, lastOf } from './xml-text.ts';

/** How much of what stood before a fault is kept to be shown. */
const SHOWN = 40;

/** Refuses the file for what stands at a place. */
export type Fail = (line: number, column: number, rule: XmlRule, message: string, found: string) => never;

/** Gives saxes its text, but never what it would follow too far: a DOCTYPE, an `&` that begins no reference. */
export class Feed {
	/** Where the first character other than white space stands, once there was one. */
	begin: { line: number; column: number; position: number } | null = null;

	readonly #saxes: Saxes;
	readonly #limits: XmlLimits;
	readonly #fail: Fail;
	/** A reference begun at the end of a piece, waiting for the next. */
	#held = '';
	/** Characters that saxes has had, and whether it is at work on more. */
	#given = 0;
	#feeding = false;
	/** What saxes was given last, and where it begins. */
	#last = '';
	#lastStart = { line: 1, column: 0, position: 0 };
	/** The piece being read, with a little of what was before it, and where in the whole it begins. */
	#context = '';
	#contextStart = 0;

	constructor(saxes: Saxes, limits: XmlLimits, fail: Fail) {
		this.#saxes = saxes;
		this.#limits = limits;
		this.#fail = fail;
	}

	/** Characters read so far. Between its calls saxes' own count is wrong. */
	get position(): number {
		return this.#feeding ? this.#saxes.position : this.#given;
	}

	/** What was read last, up to the character that saxes stands at. */
	get seen(): string {
		return lastOf(this.#context.slice(0, Math.max(0, this.position - this.#contextStart)), SHOWN);
	}

	/** The character that saxes stands at. */
	get character(): string {
		return this.#context.charAt(this.position - this.#contextStart - 1);
	}

	/** Where the first character other than white space stands, from a position on, in what saxes was given last. */
	firstFrom(position: number): { line: number; column: number; found: string } {
		let { line, column } = this.#lastStart;
		let found = '';
		const text = this.#last;
		for (let index = 0; index < text.length; index++) {
			found = String.fromCodePoint(text.codePointAt(index) ?? 0);
			if (this.#lastStart.position + index >= position && !isBlank(found)) break;
			if (found === '\n' || (found === '\r' && text[index + 1] !== '\n')) {
				line++;
				column = 0;
			} else if (found !== '\r') column++;
			index += found.length - 1;
		}
		return { line, column: column + 1, found };
	}

	/** Reads more text. `hasRoot`: whether the first element was met. */
	write(more: string, hasRoot: () => boolean): void {
		const text = this.#held + more;
		this.#held = '';
		const before = this.#context.slice(0, this.#given - this.#contextStart).slice(-SHOWN);
		this.#context = before + text;
		this.#contextStart = this.#given - before.length;
		this.#readOn(text, this.#readProlog(text, hasRoot));
	}

	/** Reads what was waiting for more. */
	end(): void {
		this.#give(this.#held);
		this.#held = '';
	}

	/** Reads character by character up to the first element, so that a DOCTYPE is met before anything in it. */
	#readProlog(text: string, hasRoot: () => boolean): number {
		const { prologLength } = this.#limits;
		let index = 0;
		for (; index < text.length && !hasRoot(); index++) {
			const character = text.charAt(index);
			if (this.begin === null && !isBlank(character)) this.#begin(character);
			this.#give(character);
			if (contextOf(this.#saxes) === 'doctype') {
				const { line, column } = this.#saxes;
				this.#fail(line, column - '!DOCTYPE'.length, 'xml.doctype', DOCTYPE, '<!DOCTYPE');
			}
			if (this.#given > prologLength) {
				this.#failHere(
					'xml.prolog-length',
					`More than ${prologLength} characters stand before the first element.`,
					''
				);
			}
		}
		return index;
	}

	#begin(character: string): void {
		this.begin = { ...this.#next, position: this.#given };
		if (character === '<') return;
		if (character === '{' || character === '[') {
			this.#failHere('xml.json', 'This is JSON, not XML. Ask for the XML form of the same data.', character);
		}
		this.#failHere('xml.not-xml', 'This is not XML: the file does not begin with a <.', character);
	}

	/** Reads on, but stops before an `&` that begins no reference: saxes would look for its end as far as the file goes. */
	#readOn(text: string, start: number): void {
		let from = start;
		for (let next = text.indexOf('&', from); next !== -1; next = text.indexOf('&', next + 1)) {
			const fault = faultOfReference(text, next);
			if (fault === null) continue;
			this.#give(text.slice(from, next));
			from = next;
			if (fault === 'unfinished') {
				this.#held = text.slice(next);
				return;
			}
			// In comments, CDATA and processing instructions it stands for itself.
			if (contextOf(this.#saxes) === 'other') continue;
			this.#failHere('xml.entity', fault.message, `${this.seen}${fault.found}`);
		}
		this.#give(text.slice(from));
	}

	#give(text: string): void {
		// Saxes keeps a carriage return back until it knows what follows.
		const kept = this.#last.endsWith('\r') ? '\r' : '';
		this.#lastStart = {
			line: this.#saxes.line,
			column: this.#saxes.column,
			position: this.#given - kept.length
		};
		this.#last = kept + text;
		this.#feeding = true;
		this.#saxes.write(text);
		this.#feeding = false;
		this.#given += text.length;
	}

	/** The place of the next character. */
	get #next(): { line: number; column: number } {
		const { line, column } = this.#saxes;
		return this.#last.endsWith('\r') ? { line: line + 1, column: 1 } : { line, column: column + 1 };
	}

	/** Refuses what the next character begins. */
	#failHere(rule: XmlRule, message: string, found: string): never {
		this.#fail(this.#next.line, this.#next.column, rule, message, found);
	}
}
