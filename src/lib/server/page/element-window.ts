/** `iati-activity[AA-1]/transaction[2]`, `iati-organisation[AA-1]/total-budget[1]/value`: whose, which of its children. */
const PATH = /^(iati-(?:activity|organisation))\[(.+?)\](?:\/([\w-]+)\[(\d{1,9})\].*|\/.*)?$/;

/** Longer than the marks around an identifier, so that none is missed where two pieces meet. */
const OVERLAP = 300;
/** So much is shown before the element. */
const LEAD = 60;

/**
 * The part of a long text where an element begins, found as the text comes in: an activity by its identifier, and in it one
 * of its children by its number. Nothing is parsed, and no more is held than is shown.
 */
export class ElementWindow {
	readonly #end: RegExp;
	readonly #child: RegExp | null;
	readonly #length: number;
	#identifier: RegExp;
	#left: number;
	#phase: 'identifier' | 'child' | 'shown' | 'none' = 'identifier';
	#text = '';
	/** Whether something stands before what is shown. */
	#isCut = false;

	/** Null for a path of another shape. */
	static open(path: string, length: number): ElementWindow | null {
		const [, owner, identifier, child, number] = PATH.exec(path) ?? [];
		if (owner === undefined || identifier === undefined) return null;
		return new ElementWindow({ owner, identifier, child, number }, length);
	}

	private constructor(
		path: { owner: string; identifier: string; child: string | undefined; number: string | undefined },
		length: number
	) {
		const written = escaped(path.identifier.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
		this.#identifier = new RegExp(
			`<(?:[\\w.-]+:)?(?:iati|organisation)-identifier[^>]*>\\s*${written}\\s*</`
		);
		this.#end = new RegExp(`</(?:[\\w.-]+:)?${path.owner}\\s*>`);
		this.#child =
			path.child === undefined ? null : new RegExp(`<(?:[\\w.-]+:)?${escaped(path.child)}(?=[\\s/>])`);
		this.#left = Number.parseInt(path.number ?? '1', 10);
		this.#length = length;
	}

	push(text: string): void {
		if (this.#phase === 'none') return;
		if (this.#phase === 'shown') {
			this.#text += text.slice(0, Math.max(0, this.#length + 1 - this.#text.length));
			return;
		}
		this.#text += text;
		if (this.#phase === 'identifier') this.#findIdentifier();
		if (this.#phase === 'child') this.#findChild();
	}

	/** What is to be shown; null where the element was not found. */
	text(): string | null {
		if (this.#phase !== 'shown') return null;
		const shown = this.#text.slice(0, this.#length);
		return `${this.#isCut ? '… ' : ''}${shown}${this.#text.length > this.#length ? ' …' : ''}`;
	}

	#findIdentifier(): void {
		const found = this.#identifier.exec(this.#text);
		if (found === null) return this.#keep(this.#text.length - OVERLAP - this.#identifier.source.length);
		if (this.#child === null) return this.#show(found.index);
		this.#keep(found.index + found[0].length);
		this.#phase = 'child';
	}

	#findChild(): void {
		for (;;) {
			const end = this.#end.exec(this.#text)?.index ?? Infinity;
			const found = this.#child!.exec(this.#text);
			if (found === null || found.index > end) {
				if (end < Infinity) this.#phase = 'none';
				else this.#keep(this.#text.length - OVERLAP);
				return;
			}
			if (--this.#left === 0) return this.#show(found.index);
			this.#keep(found.index + found[0].length);
		}
	}

	#show(at: number): void {
		this.#phase = 'shown';
		this.#keep(at - LEAD);
		this.#text = this.#text.slice(0, this.#length + 1);
	}

	/** Forgets what stands before a place. */
	#keep(from: number): void {
		if (from <= 0) return;
		this.#isCut = true;
		this.#text = this.#text.slice(from);
	}
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
