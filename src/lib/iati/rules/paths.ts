import type { XmlElement } from '../xml.ts';
import { upgradeCode, type RenumberedList } from '../version1.ts';
import type { Scope } from './rule.ts';

/*
 * The few forms of path that the rules need, read once into functions: `sector`, `reporting-org/@ref`,
 * `activity-date[@type=1|2]/@iso-date`, `../@measure`. Codes between bars are alternatives, an empty one also stands for
 * an attribute that is not there (`[@vocabulary=1|]`).
 */

/** An attribute or an element that a path leads to, with its text as written. */
export type Found = { element: XmlElement; attribute: string | null; text: string };
export type Path = (element: XmlElement, scope: Scope) => readonly Found[];
export type Condition = (element: XmlElement, scope: Scope) => boolean;

type Step = (from: readonly XmlElement[], scope: Scope) => readonly XmlElement[];

/** Where a path leads from an element. Attributes that are not there are not found. */
export function path(text: string): Path {
	const { steps, attribute } = parse(text);
	const walk = through(steps);
	return (element, scope) => {
		if (steps.length === 0) return take(element, attribute);
		const reached = walk([element], scope);
		return reached.length === 1
			? take(reached[0]!, attribute)
			: reached.flatMap((one) => take(one, attribute));
	};
}

const NOTHING: readonly Found[] = [];

function take(element: XmlElement, attribute: string | null): readonly Found[] {
	const text = attribute === null ? element.text : element.attributes[attribute];
	return text === undefined ? NOTHING : [{ element, attribute, text }];
}

/** The elements that a path without an attribute leads to. */
export function elements(text: string): (element: XmlElement, scope: Scope) => readonly XmlElement[] {
	const walk = through(parse(text).steps);
	return (element, scope) => walk([element], scope);
}

/** A path with codes, such as `../@measure=1|2`: true where one of what it leads to is one of them. */
export function condition(text: string): Condition {
	const [, where, codes] = /^(.*)=(.*)$/.exec(text)!;
	const { steps, attribute } = parse(where!);
	const walk = through(steps);
	const allowed = new Set(codes!.split('|'));
	return (element, scope) =>
		walk([element], scope).some((reached) => allowed.has(codeIn(reached, attribute!, scope)));
}

/** The vocabulary of an element as version 2 writes it; `1`, the DAC's or IATI's own list, where it names none. */
export function vocabularyOf(element: XmlElement, scope: Scope): string {
	return codeIn(element, 'vocabulary', scope) || '1';
}

/** The children of an element that have a name. */
export function childrenNamed(element: XmlElement, name: string, scope: Scope): readonly XmlElement[] {
	if (element === scope.root) return scope.byName.get(name) ?? [];
	return element.children.filter((child) => child.name === name);
}

/** The attributes that version 1 filled with other codes and that rules ask for. */
const RENUMBERED: Readonly<Record<string, RenumberedList>> = {
	'activity-date/@type': 'ActivityDateType',
	'sector/@vocabulary': 'SectorVocabulary',
	'policy-marker/@vocabulary': 'PolicyMarkerVocabulary'
};

function codeIn(element: XmlElement, attribute: string, scope: Scope): string {
	const code = element.attributes[attribute] ?? '';
	if (!scope.version1 || code === '') return code;
	const list = RENUMBERED[`${element.name}/@${attribute}`];
	return (list && upgradeCode(list, code)) ?? code;
}

function parse(text: string): { steps: Step[]; attribute: string | null } {
	const parts = text === '.' ? [] : text.split('/');
	const attribute = parts.at(-1)?.startsWith('@') ? parts.pop()!.slice(1) : null;
	return { steps: parts.map(step), attribute };
}

function step(text: string): Step {
	if (text === '..') return (from) => from.flatMap(({ parent }) => parent ?? []);
	const [, name, filter] = /^([^[]+)(?:\[(.+)\])?$/.exec(text)!;
	const wanted = filter === undefined ? null : condition(filter);
	return (from, scope) => {
		const children =
			from.length === 1
				? childrenNamed(from[0]!, name!, scope)
				: from.flatMap((element) => childrenNamed(element, name!, scope));
		return wanted ? children.filter((child) => wanted(child, scope)) : children;
	};
}

function through(steps: Step[]): Step {
	return (from, scope) => steps.reduce((reached, next) => next(reached, scope), from);
}
