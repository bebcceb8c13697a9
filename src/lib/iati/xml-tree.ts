import { isBlank, ownCopy } from './xml-text.ts';
import type { XmlElement } from './xml-elements.ts';
import type { XmlAttributes } from './xml.ts';

/** An element while it is read. */
type Growing = Omit<XmlElement, 'children' | 'parent'> & { children: Growing[]; parent: Growing | null };

/** Puts one element together from what the reader tells. */
export class TreeBuilder {
	/** The element that is put together, from its start tag on. */
	top: XmlElement | null = null;
	/** Elements so far. */
	size = 0;
	#open: Growing | null = null;
	#depth = -1;
	/** Of each open element, whether it has text other than white space. */
	readonly #solid: boolean[] = [];

	open(name: string, attributes: XmlAttributes, line: number, column: number, path: string): XmlElement {
		const parent = this.#open;
		const offset = parent === null ? 0 : parent.text.length;
		const element: Growing = {
			name,
			attributes,
			children: NO_CHILDREN,
			text: '',
			line,
			column,
			parent,
			offset,
			ordinal: 0,
			path
		};
		this.size++;
		this.#open = element;
		this.#depth++;
		this.#solid[this.#depth] = false;
		if (parent === null) {
			this.top = element;
			return element;
		}
		// Most elements have no children, so the list is made when the first comes.
		if (parent.children === NO_CHILDREN) parent.children = [element];
		else parent.children.push(element);
		return element;
	}

	text(text: string): void {
		const element = this.#open;
		if (element === null) return;
		element.text = element.text === '' ? text : element.text + text;
		if (!this.#solid[this.#depth] && !isBlank(text)) this.#solid[this.#depth] = true;
	}

	/** The element when the last that was open closes, else `null`. */
	close(): XmlElement | null {
		const element = this.#open;
		if (element === null) return null;
		const isBetween = element.children !== NO_CHILDREN && !this.#solid[this.#depth];
		element.text = isBetween ? '' : ownCopy(element.text);
		this.#depth--;
		this.#open = element.parent;
		return element.parent === null ? element : null;
	}
}

const NO_CHILDREN: Growing[] = [];
Object.freeze(NO_CHILDREN);

/** Tags after which words of HTML do not run on, in any case of letters. */
const BREAKS = /(?:^|\})(?:br|p|div|li|ul|ol|dl|dt|dd|tr|td|th|table|h[1-6]|hr|blockquote|pre)$/i;

/**
 * All words inside an element in their order, those of its child elements among them: `Fight <b>human</b> trafficking`
 * gives `Fight human trafficking`. Tags that break a line in HTML (`br`, `p`, `li`, ...) leave a line break, so that no
 * two words grow together. Without child elements it is the same as `text`.
 */
export function wordsOf(element: XmlElement): string {
	if (element.children.length === 0) return element.text;
	const parts: string[] = [];
	collectWords(element, parts);
	return parts.join('');
}

function collectWords({ text, children }: XmlElement, parts: string[]): void {
	let told = 0;
	for (const child of children) {
		// Blank text between elements is not kept, but it still parts them.
		if (child.offset > told) parts.push(text === '' ? ' ' : text.slice(told, child.offset));
		told = child.offset;
		const breaks = BREAKS.test(child.name);
		if (breaks) breakLine(parts);
		collectWords(child, parts);
		if (breaks) breakLine(parts);
	}
	if (told < text.length) parts.push(text.slice(told));
}

function breakLine(parts: string[]): void {
	const last = parts.at(-1);
	if (last !== undefined && !/\s$/.test(last)) parts.push('\n');
}

/**
 * Where an element stands: `/iati-activities/iati-activity[3]/transaction[2]/value[1]`. Each name is counted among the
 * siblings of that name, from 1; the root has no number. Cheap to ask for many: siblings are numbered once.
 */
export function pathOf(element: XmlElement): string {
	const { parent } = element;
	if (parent === null) return element.path;
	if (element.ordinal === 0) number(parent.children);
	return `${pathOf(parent)}/${element.name}[${element.ordinal}]`;
}

function number(siblings: readonly XmlElement[]): void {
	const counts = new Map<string, number>();
	for (const sibling of siblings) {
		const count = (counts.get(sibling.name) ?? 0) + 1;
		counts.set(sibling.name, count);
		sibling.ordinal = count;
	}
}
