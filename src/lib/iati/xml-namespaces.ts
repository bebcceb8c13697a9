import type { XmlRule } from './xml-problem.ts';
import { firstOf, ownCopy } from './xml-text.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
/** Characters that may stand in a name but not begin one. */
const NO_START = /^[-.\d\u00B7\u0300-\u036F\u203F\u2040]/;
const LONGEST = 1_000;
/** Names remembered at most, so that a file of ever new names does not fill the memory. */
const REMEMBERED = 4096;

interface Attribute {
	name: string;
	value: string;
}

/** What prefixes mean, as the elements open and close. */
export class Namespaces {
	readonly #home: ReadonlySet<string>;
	readonly #bound = new Map<string, string>([
		['', ''],
		['xml', XML]
	]);
	/** What the open elements changed, for the way back. Most change nothing. */
	readonly #changes: { depth: number; before: [prefix: string, namespace: string | undefined][] }[] = [];
	/** Names as written to names as handed on: one text for each, however often it is written. */
	readonly #elements = new Map<string, string>();
	#depth = 0;
	readonly #refuse: (rule: XmlRule, message: string) => never;

	/** `home`: namespaces whose elements go by their bare name. `refuse` is told of what XML's namespaces forbid. */
	constructor(home: readonly string[], refuse: (rule: XmlRule, message: string) => never) {
		this.#home = new Set(home);
		this.#refuse = refuse;
	}

	/** The depth of the innermost open element that declares something; 0 for none. */
	get depth(): number {
		return this.#depth;
	}

	/**
	 * An element opens at this depth whose `attributes` have some with a prefix, or declare namespaces: takes out the
	 * declarations and gives the others their full names.
	 */
	open(attributes: Record<string, string>, prefixed: readonly Attribute[], depth: number): void {
		const declarations = prefixed.filter(({ name }) => isDeclaration(name));
		if (declarations.length > 0) this.#declare(declarations, depth);
		for (const { name, value } of prefixed) {
			const full = isDeclaration(name) ? null : this.#attribute(name);
			if (full === name) continue;
			delete attributes[name];
			if (full === null) continue;
			if (full in attributes) {
				this.#refuse('xml.duplicate-attribute', `An element has the same attribute twice: ${firstOf(full)}.`);
			}
			attributes[full] = value;
		}
	}

	/** The element at {@link depth} closes: its declarations end. */
	close(): void {
		for (const [prefix, namespace] of this.#changes.pop()?.before ?? []) {
			if (namespace === undefined) this.#bound.delete(prefix);
			else this.#bound.set(prefix, namespace);
		}
		this.#elements.clear();
		this.#depth = this.#changes.at(-1)?.depth ?? 0;
	}

	/** An element's name as handed on: bare at home and in no namespace, else `{namespace}name`. */
	element(written: string): string {
		const known = this.#elements.get(written);
		if (known !== undefined) return known;
		if (this.#elements.size >= REMEMBERED) this.#elements.clear();
		const name = ownCopy(this.#resolve(written, true));
		this.#elements.set(ownCopy(written), name);
		return name;
	}

	#declare(declarations: readonly Attribute[], depth: number): void {
		const before: [string, string | undefined][] = [];
		this.#changes.push({ depth, before });
		this.#depth = depth;
		this.#elements.clear();
		for (const { name, value } of declarations) {
			const prefix = name === 'xmlns' ? '' : name.slice('xmlns:'.length);
			this.#checkDeclaration(name, prefix, value);
			before.push([prefix, this.#bound.get(prefix)]);
			this.#bound.set(prefix, value);
		}
	}

	/** The name of an attribute with a prefix: `xml:lang` stays so, else `{namespace}name`. */
	#attribute(written: string): string {
		if (written === 'xml:lang') return written;
		const name = this.#resolve(written, false);
		return written.startsWith('xml:') ? written : name;
	}

	#resolve(written: string, isElement: boolean): string {
		const colon = written.indexOf(':');
		const prefix = colon < 0 ? '' : written.slice(0, colon);
		const local = written.slice(colon + 1);
		if (colon === 0 || local === '' || local.includes(':') || NO_START.test(local)) {
			this.#refuse('xml.namespace', `The name ${written} has its colon in the wrong place.`);
		}
		const namespace = this.#bound.get(prefix);
		if (namespace === undefined) {
			this.#refuse(
				'xml.namespace',
				`The name ${written} begins with the prefix ${prefix}:, which nothing declares (xmlns:${prefix}="...").`
			);
		}
		return namespace === '' || (isElement && this.#home.has(namespace)) ? local : `{${namespace}}${local}`;
	}

	/** Namespaces in XML 1.0, section 3: what may be declared. */
	#checkDeclaration(name: string, prefix: string, namespace: string): void {
		// It becomes part of the name of every element in it.
		if (namespace.length > LONGEST) {
			this.#refuse('xml.name-length', `A namespace is longer than ${LONGEST} characters.`);
		}
		if (name !== 'xmlns' && (prefix === '' || prefix.includes(':') || NO_START.test(prefix))) {
			this.#refuse('xml.namespace', `The attribute ${name} declares no prefix that can be used.`);
		}
		if (prefix !== '' && namespace === '') {
			this.#refuse('xml.namespace', `The attribute ${name} declares a prefix without a namespace.`);
		}
		if (prefix === 'xmlns' || namespace === XMLNS || (prefix === 'xml') !== (namespace === XML)) {
			this.#refuse('xml.namespace', `The attribute ${name} declares what XML keeps for itself.`);
		}
	}
}

function isDeclaration(name: string): boolean {
	return name === 'xmlns' || name.startsWith('xmlns:');
}
