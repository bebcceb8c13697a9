import type { XmlElement } from '../xml.ts';
import { checkCodes, checkLanguage, codePlaces, type CodePlace } from './codes.ts';
import { compile } from './kinds.ts';
import type { Check, Rule, Scope } from './rule.ts';

/** What is to be done at the elements of one path. */
type Station = { checks: Check[]; codes: CodePlace[]; below: Map<string, Station> };

/** The checks of rules and code lists, hung up where they belong, so that one walk visits each element once. */
export type RuleTree = { root: Station; anywhere: Map<string, Station> };

/** @param root the element that the rules' paths start at: `iati-activity` or `iati-organisation` */
export function buildTree(root: string, rules: readonly Rule[]): RuleTree {
	const tree: RuleTree = { root: station(), anywhere: new Map() };
	for (const [path, places] of codePlaces()) {
		const [first, ...names] = path.split('/');
		if (first === root) reach(tree.root, names).codes.push(...places);
	}
	const everywhere: [name: string, check: Check][] = [];
	for (const rule of rules) {
		const check = compile(rule);
		for (const at of rule.at) {
			if (at.startsWith('//')) everywhere.push([at.slice(2), check]);
			else reach(tree.root, at === '.' ? [] : at.split('/')).checks.push(check);
		}
	}
	for (const [name, check] of everywhere) {
		let elsewhere = tree.anywhere.get(name);
		if (!elsewhere) tree.anywhere.set(name, (elsewhere = station()));
		elsewhere.checks.push(check);
		for (const known of named(tree.root, name)) known.checks.push(check);
	}
	return tree;
}

/** Looks at an element and all that is in it. Not recursive: how deep a file goes is not ours to trust. */
export function walk(tree: RuleTree, scope: Scope): void {
	const waiting: { element: XmlElement; at: Station }[] = [{ element: scope.root, at: tree.root }];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		const { element, at } = next;
		for (const check of at.checks) check(element, scope);
		if (at.codes.length > 0) checkCodes(element, at.codes, scope);
		checkLanguage(element, scope);
		for (let index = element.children.length - 1; index >= 0; index--) {
			const child = element.children[index]!;
			waiting.push({
				element: child,
				at: at.below.get(child.name) ?? tree.anywhere.get(child.name) ?? ELSEWHERE
			});
		}
	}
}

const ELSEWHERE = station();

function station(): Station {
	return { checks: [], codes: [], below: new Map() };
}

function reach(from: Station, names: readonly string[]): Station {
	let at = from;
	for (const name of names) {
		let next = at.below.get(name);
		if (!next) at.below.set(name, (next = station()));
		at = next;
	}
	return at;
}

/** The stations of a name, however deep. */
function named(from: Station, name: string): Station[] {
	return [...from.below].flatMap(([own, below]) => [...(own === name ? [below] : []), ...named(below, name)]);
}
