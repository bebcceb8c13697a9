import type { XmlElement } from '../xml.ts';
import { checkCodes, checkLanguage, codePlaces, type CodePlace } from './codes.ts';
import { compile } from './kinds.ts';
import type { Check, Rule, Scope } from './rule.ts';

/** The checks of rules and code lists, hung up where they belong, so that one walk visits each element once. */
export type RuleTree = {
	checks: Check[];
	codes: CodePlace[];
	/** What is to be done at children of a name. */
	below: Map<string, RuleTree>;
	/** The same at children of any other name: only what holds for elements however deep. */
	elsewhere: RuleTree | null;
};

/** @param root the element that the rules' paths start at: `iati-activity` or `iati-organisation` */
export function buildTree(root: string, rules: readonly Rule[]): RuleTree {
	const tree = branch(null);
	for (const [path, places] of codePlaces()) {
		const [first, ...names] = path.split('/');
		if (first === root) reach(tree, names).codes.push(...places);
	}
	const elsewhere = branch(null);
	for (const rule of rules) {
		const check = compile(rule);
		for (const at of rule.at) {
			if (at.startsWith('//')) reach(elsewhere, [at.slice(2)]).checks.push(check);
			else reach(tree, at === '.' ? [] : at.split('/')).checks.push(check);
		}
	}
	spread(elsewhere, elsewhere);
	spread(tree, elsewhere);
	return tree;
}

/** Looks at an element and all that is in it. The reader of files bounds how deep that goes. */
export function walk(element: XmlElement, tree: RuleTree, scope: Scope): void {
	for (const check of tree.checks) check(element, scope);
	if (tree.codes.length > 0) checkCodes(element, tree.codes, scope);
	// Most elements hold codes and nothing else: looking up a language on each of them would cost more than all rules.
	if (element.text !== '' || element === scope.root) checkLanguage(element, scope);
	for (const child of element.children) {
		walk(child, tree.below.get(child.name) ?? tree.elsewhere!, scope);
	}
}

function branch(elsewhere: RuleTree | null): RuleTree {
	return { checks: [], codes: [], below: new Map(), elsewhere };
}

function reach(from: RuleTree, names: readonly string[]): RuleTree {
	let at = from;
	for (const name of names) {
		let next = at.below.get(name);
		if (!next) at.below.set(name, (next = branch(null)));
		at = next;
	}
	return at;
}

/** Gives each branch what holds everywhere, so that a walk asks once for each element. */
function spread(tree: RuleTree, elsewhere: RuleTree): void {
	tree.elsewhere = elsewhere;
	for (const [name, below] of tree.below) {
		if (tree !== elsewhere) below.checks.push(...(elsewhere.below.get(name)?.checks ?? []));
		spread(below, elsewhere);
	}
	if (tree === elsewhere) return;
	for (const [name, everywhere] of elsewhere.below) {
		if (!tree.below.has(name)) tree.below.set(name, everywhere);
	}
}
