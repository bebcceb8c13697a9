import { isCode, registrationAgencyOf } from '../../code-lists.ts';
import { path, type Found } from '../paths.ts';
import type { Check, Rule, RuleOf, Scope } from '../rule.ts';

/** Two identifiers that must not be the same. */
export function differ(rule: RuleOf<'differ'>): Check {
	const [one, other] = rule.paths.map(path);
	return (element, scope) => {
		const taken = new Set(one!(element, scope).map(({ text }) => text.trim()));
		for (const found of other!(element, scope)) if (taken.has(found.text.trim())) add(rule, found, scope);
	};
}

/** An identifier begins with one of some others and a hyphen. Blanks around them are the matter of another rule. */
export function begin(rule: RuleOf<'begin'>): Check {
	const identifiers = path(rule.path);
	const prefixes = rule.prefixes.map(path);
	return (element, scope) => {
		for (const found of identifiers(element, scope)) {
			const begun = prefixes.some((prefix) =>
				prefix(element, scope).some(
					({ text }) => text.trim() !== '' && found.text.trim().startsWith(`${text.trim()}-`)
				)
			);
			if (!begun) add(rule, found, scope);
		}
	};
}

/** An organisation's identifier begins with a registration agency. Known publishers hold older ones, which stay good. */
export function agency(rule: RuleOf<'agency'>): Check {
	return each(rule, ({ text }, scope) => scope.publishers.has(text.trim()) || beginsWithAgency(text.trim()));
}

export function trimmed(rule: RuleOf<'trimmed'>): Check {
	return each(rule, ({ text }) => text.trim().length === text.length);
}

/** None of the four symbols that break addresses and lists. What known publishers hold is spared. */
export function symbols(rule: RuleOf<'symbols'>): Check {
	const spared = rule.spares === 'publishers' ? isPublisher : isOfPublisher;
	return each(rule, ({ text }, scope) => !/[/&|?]/.test(text) || spared(text, scope.publishers));
}

/** Nothing that looks like another identifier and is none: letters of other alphabets, characters that nobody sees. */
export function characters(rule: RuleOf<'characters'>): Check {
	const find = path(rule.path);
	return (element, scope) => {
		for (const found of find(element, scope)) {
			if (/[^ -~]/.test(found.text)) {
				const shown = found.text.trim();
				if (/[^ -~]/.test(shown)) add(rule, { ...found, text: showAll(shown) }, scope);
			}
		}
	};
}

/** A finding for each place that is not as it should be. */
function each(
	rule: RuleOf<'agency' | 'trimmed' | 'symbols'>,
	isGood: (found: Found, scope: Scope) => boolean
): Check {
	const find = path(rule.path);
	return (element, scope) => {
		for (const found of find(element, scope)) if (!isGood(found, scope)) add(rule, found, scope);
	};
}

function add(rule: Rule, found: Found, scope: Scope): void {
	scope.findings.add(rule, found.element, found.attribute, found.text);
}

/** An agency alone is no organisation, but it is not this rule that says so. */
function beginsWithAgency(text: string): boolean {
	return registrationAgencyOf(text) !== null || isCode('OrganisationRegistrationAgency', text);
}

function isPublisher(text: string, publishers: ReadonlySet<string>): boolean {
	return publishers.has(text);
}

/** True for a publisher's identifier with a hyphen and more. Looks up each beginning, not each publisher. */
function isOfPublisher(text: string, publishers: ReadonlySet<string>): boolean {
	for (let hyphen = text.indexOf('-'); hyphen > 0; hyphen = text.indexOf('-', hyphen + 1)) {
		if (publishers.has(text.slice(0, hyphen))) return true;
	}
	return false;
}

/** Letters as they are, each followed by its number where it is none of ASCII; what nobody sees as its number alone. */
function showAll(text: string): string {
	return text.replace(/[^ -~]/gu, (character) => {
		const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
		return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${character}<${number}>` : `<${number}>`;
	});
}
