import { parseDecimal } from '#lib/money/decimal.ts';
import { wordsOf, type XmlElement } from '../../xml.ts';
import { childrenNamed, condition, elements, path, vocabularyOf, type Condition } from '../paths.ts';
import type { Check, RuleOf } from '../rule.ts';

/** One of several things is there: an attribute that is not empty, an element, or (`text`) words in a `narrative`. */
export function present(rule: RuleOf<'present'>): Check {
	const holds = when(rule.when);
	const any = rule.any.map(presence);
	return (element, scope) => {
		if (!holds(element, scope) || any.some((isThere) => isThere(element, scope))) return;
		scope.findings.add(rule, element, null, '');
	};
}

export function absent(rule: RuleOf<'absent'>): Check {
	const holds = when(rule.when);
	const find = path(rule.path);
	return (element, scope) => {
		if (!holds(element, scope)) return;
		for (const found of find(element, scope)) {
			if (found.text.trim() !== '') scope.findings.add(rule, found.element, found.attribute, found.text);
		}
	};
}

/** A decimal number without separators. Where nothing stands, another rule asks for it. */
export function number(rule: RuleOf<'number'>): Check {
	const holds = when(rule.when);
	const find = path(rule.path);
	return (element, scope) => {
		if (!holds(element, scope)) return;
		for (const found of find(element, scope)) {
			if (found.text.trim() === '' || parseDecimal(found.text) !== null) continue;
			scope.findings.add(rule, found.element, found.attribute, found.text);
		}
	};
}

/** A default on the root, or the same attribute on all of the elements that would take it. */
export function defaultOrEach(rule: RuleOf<'default-or-each'>): Check {
	const names = new Set(rule.elements);
	return (element, scope) => {
		if (isStated(element, rule.default)) return;
		const all = within(element, names);
		const without = all.filter((found) => !isStated(found, rule.attribute));
		if (without.length === 0) return;
		scope.findings.add(rule, without[0]!, null, `${without.length} of ${all.length} without`);
	};
}

/** No two of one vocabulary. */
export function oneOfVocabulary(rule: RuleOf<'one-of-vocabulary'>): Check {
	const find = elements(rule.items);
	return (element, scope) => {
		const items = find(element, scope);
		if (items.length < 2) return;
		for (const [vocabulary, own] of Map.groupBy(items, (item) => vocabularyOf(item, scope))) {
			if (own.length < 2) continue;
			const codes = own.map((item) => item.attributes['code'] ?? '').join(', ');
			scope.findings.add(rule, own[1]!, null, `vocabulary ${vocabulary}: ${codes}`);
		}
	};
}

/** Where there are codes of other vocabularies, there is one of the DAC's. */
export function dacToo(rule: RuleOf<'dac-too'>): Check {
	const find = elements(rule.items);
	return (element, scope) => {
		const items = find(element, scope);
		if (items.length === 0) return;
		const vocabularies = new Set(items.map((item) => vocabularyOf(item, scope)));
		if (vocabularies.has('1')) return;
		scope.findings.add(rule, items[0]!, null, `vocabularies: ${[...vocabularies].join(', ')}`);
	};
}

/** On the element or on its parent, not on both. */
export function hereOrAbove(rule: RuleOf<'here-or-above'>): Check {
	return (element, scope) => {
		const here = childrenNamed(element, rule.name, scope);
		if (here.length === 0 || !element.parent) return;
		const above = childrenNamed(element.parent, rule.name, scope);
		if (above.length > 0) scope.findings.add(rule, here[0]!, null, codesOf([...here, ...above]));
	};
}

function presence(text: string): Condition {
	if (text === 'text') return (element, scope) => hasText(element, scope.version1);
	const find = path(text);
	return (element, scope) =>
		find(element, scope).some(({ attribute, text: read }) => attribute === null || read.trim() !== '');
}

function hasText(element: XmlElement, version1: boolean): boolean {
	for (const child of element.children) {
		if (child.name === 'narrative' && wordsOf(child).trim() !== '') return true;
	}
	return version1 && wordsOf(element).trim() !== '';
}

function when(text: string | undefined): Condition {
	return text === undefined ? () => true : condition(text);
}

function isStated(element: XmlElement, attribute: string): boolean {
	return (element.attributes[attribute] ?? '').trim() !== '';
}

function within(element: XmlElement, names: ReadonlySet<string>): XmlElement[] {
	return element.children.flatMap((child) => [
		...(names.has(child.name) ? [child] : []),
		...within(child, names)
	]);
}

function codesOf(items: readonly XmlElement[]): string {
	return items.map((item) => item.attributes['code'] ?? '').join(', ');
}
