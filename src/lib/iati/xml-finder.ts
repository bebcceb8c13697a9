import type { ElementsItem, ElementsWanted, XmlElement, XmlStart } from './xml-elements.ts';
import { XML_LIMITS, type XmlLimits } from './xml-limits.ts';
import type { XmlHandler } from './xml-handler.ts';
import type { XmlProblem, XmlRule } from './xml-problem.ts';
import { firstOf, isBlank } from './xml-text.ts';
import { pathOf, TreeBuilder } from './xml-tree.ts';
import type { XmlAttributes } from './xml.ts';

/** Names of children that are counted in one container, so that a file of ever new names does not fill the memory. */
const COUNTED = 1000;

type Role = Extract<ElementsItem, { kind: 'root' }>['role'];

/** An open element that may hold the wanted ones. */
interface Container {
	start: XmlStart;
	role: Role;
	/** How many children of each name there were. */
	counts: Map<string, number>;
}

/** A wanted element being put together. */
interface Growth {
	tree: TreeBuilder;
	/** Characters of text and start tags so far. */
	length: number;
	faults: { element: XmlElement; problem: XmlProblem }[];
	/** Over a limit: what follows inside is passed over. */
	full: boolean;
	/** Open elements that are passed over. */
	passed: number;
}

/** Finds the wanted elements in what the parser tells, one after the other. */
export class ElementFinder implements XmlHandler {
	/** Why the file is refused though it is good XML. */
	refused: XmlProblem | null = null;

	readonly #wanted: ReadonlySet<string>;
	readonly #roots: ReadonlySet<string>;
	readonly #wrappers: ReadonlySet<string>;
	readonly #limits: XmlLimits;
	readonly #containers: Container[] = [];
	#items: ElementsItem[] = [];
	#growth: Growth | null = null;
	#stray: { start: XmlStart; depth: number; elements: number } | null = null;

	constructor(wanted: ElementsWanted) {
		this.#wanted = new Set(wanted.element);
		this.#roots = new Set(wanted.root);
		this.#wrappers = new Set(wanted.wrapper);
		this.#limits = { ...XML_LIMITS, ...wanted.limits };
	}

	/** What was found since it was last asked. */
	take(): ElementsItem[] {
		const items = this.#items;
		if (items.length > 0) this.#items = [];
		return items;
	}

	open(
		name: string,
		attributes: XmlAttributes,
		line: number,
		column: number,
		faults: readonly XmlProblem[] | null,
		length: number
	): void {
		if (this.#growth) {
			this.#growth.length += length;
			this.#grow(this.#growth, name, attributes, line, column, '', faults);
		} else if (this.#stray) {
			this.#stray.depth++;
			this.#stray.elements++;
		} else if (!this.refused)
			this.#enter({ name, attributes, line, column, path: this.#pathOf(name) }, faults);
	}

	text(text: string, line: number, column: number): void {
		if (this.#growth) {
			this.#growth.length += text.length;
			if (!this.#isFull(this.#growth)) this.#growth.tree.text(text);
			return;
		}
		const container = this.#containers.at(-1);
		if (this.#stray || !container || isBlank(text)) return;
		const { path } = container.start;
		this.#items.push({ kind: 'stray-text', text: firstOf(text.trim()), line, column, path });
	}

	close(): void {
		if (this.#growth) this.#shrink(this.#growth);
		else if (this.#stray) {
			if (this.#stray.depth-- > 1) return;
			const { start, elements } = this.#stray;
			this.#items.push({ kind: 'stray', start, elements });
			this.#stray = null;
		} else this.#containers.pop();
	}

	warning(problem: XmlProblem): void {
		this.#items.push({ kind: 'warning', problem });
	}

	/** An element in a container, or the root. */
	#enter(start: XmlStart, faults: readonly XmlProblem[] | null): void {
		const { name, attributes, line, column, path } = start;
		const isRoot = this.#containers.length === 0;
		if (this.#wanted.has(name)) {
			if (isRoot) this.#items.push({ kind: 'root', role: 'bare', start, faults: faults ?? [] });
			this.#growth = { tree: new TreeBuilder(), length: 0, faults: [], full: false, passed: 0 };
			this.#grow(this.#growth, name, attributes, line, column, path, faults);
			return;
		}
		const role = this.#roleOf(name);
		if (role !== null) {
			this.#containers.push({ start, role, counts: new Map() });
			this.#items.push({ kind: 'root', role, start, faults: faults ?? [] });
		} else if (isRoot) {
			this.refused = this.#wrongRoot(start);
		} else {
			this.#stray = { start, depth: 1, elements: 1 };
		}
	}

	#roleOf(name: string): Role | null {
		if (this.#wrappers.has(name)) return 'wrapper';
		if (!this.#roots.has(name)) return null;
		return this.#containers.some(({ role }) => role !== 'wrapper') ? 'nested' : 'root';
	}

	#grow(
		growth: Growth,
		name: string,
		attributes: XmlAttributes,
		line: number,
		column: number,
		path: string,
		faults: readonly XmlProblem[] | null
	): void {
		if (growth.passed > 0 || this.#isFull(growth)) {
			growth.passed++;
			return;
		}
		const element = growth.tree.open(name, attributes, line, column, path);
		if (faults) for (const problem of faults) growth.faults.push({ element, problem });
	}

	#shrink(growth: Growth): void {
		if (growth.passed > 0) {
			growth.passed--;
			return;
		}
		const element = growth.tree.close();
		if (element === null) return;
		const within = this.#containers.at(-1)?.start ?? null;
		const faults = growth.faults.map(({ element: faulty, problem }) => ({
			...problem,
			path: pathOf(faulty)
		}));
		this.#items.push({ kind: 'element', element, within, faults });
		this.#growth = null;
	}

	/** Whether the element being put together is over a limit; says so once, on the element as a whole. */
	#isFull(growth: Growth): boolean {
		if (growth.full) return true;
		const { elementSize, elementLength } = this.#limits;
		const { tree } = growth;
		const isLong = growth.length > elementLength;
		if (!isLong && tree.size < elementSize) return false;
		growth.full = true;
		if (tree.top === null) return true;
		const { name, line, column } = tree.top;
		const rule: XmlRule = isLong ? 'xml.element-length' : 'xml.element-size';
		const most = isLong ? `${elementLength} characters` : `${elementSize} elements`;
		const message = `More than ${most} stand in this <${name}>. The rest of it is not read.`;
		const problem = { rule, message, line, column, byte: null, path: '', found: name };
		growth.faults.push({ element: tree.top, problem });
		return true;
	}

	#pathOf(name: string): string {
		const container = this.#containers.at(-1);
		if (!container) return `/${name}`;
		const { counts, start } = container;
		const count = (counts.get(name) ?? 0) + 1;
		if (count > 1 || counts.size < COUNTED) counts.set(name, count);
		return `${start.path}/${name}[${count}]`;
	}

	#wrongRoot({ name, line, column, path }: XmlStart): XmlProblem {
		const expected = [...this.#roots, ...this.#wanted].map((one) => `<${one}>`).join(' or ');
		const [, namespace, local = name] = /^\{(.*)\}(.*)$/.exec(name) ?? [];
		const where = namespace === undefined ? '' : ` in the namespace ${firstOf(namespace)}`;
		const message = `The root element is <${firstOf(local)}>${where}. Expected is ${expected}${where && ', in no namespace'}.`;
		return { rule: 'xml.root', message, line, column, byte: null, path, found: firstOf(name) };
	}
}
