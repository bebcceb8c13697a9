import { codeOfName } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';
import { readText, readTexts, type Texts } from './texts.ts';
import { readAttribute, readCode } from './values.ts';

const GENERAL = '1';

/**
 * The general description (type 1, or without a type; else the first), and the others by their type. In version 1 several
 * elements of one type are several languages.
 */
export function readDescriptions(
	elements: readonly XmlElement[],
	scope: Scope
): { general: Texts | null; others: { type: string; text: Texts }[] } {
	const byType = new Map<string, XmlElement[]>();
	for (const element of elements) {
		const stated = readCode(element, scope, 'type');
		const type = stated === null ? GENERAL : (codeOfName('DescriptionType', stated) ?? stated);
		const same = byType.get(type);
		if (same) same.push(element);
		else byType.set(type, [element]);
	}
	const texts = [...byType].flatMap(([type, same]) => {
		const text = readTexts(same, scope);
		return text === null ? [] : [{ type, text }];
	});
	const general = texts.find(({ type }) => type === GENERAL) ?? texts[0];
	return { general: general?.text ?? null, others: texts.filter((text) => text !== general) };
}

/** What the books keep as read, by name. Null when there is none of it. */
export function readFurther(
	element: XmlElement,
	all: (name: string) => readonly XmlElement[],
	descriptions: readonly { type: string; text: Texts }[],
	scope: Scope
): Record<string, unknown> | null {
	const further = {
		descriptions,
		otherIdentifiers: all('other-identifier').flatMap((child) => readOtherIdentifier(child, scope) ?? []),
		humanitarianScopes: all('humanitarian-scope').flatMap((child) => readCoded(child, scope, 'type') ?? []),
		tags: all('tag').flatMap((child) => readCoded(child, scope) ?? []),
		vocabularies: readVocabularies(all),
		lastUpdated: readAttribute(element, 'last-updated-datetime') ?? [],
		budgetNotProvided: readAttribute(element, 'budget-not-provided') ?? []
	};
	const stated = Object.entries(further).filter(([, value]) => value.length > 0);
	return stated.length > 0 ? Object.fromEntries(stated) : null;
}

/** Version 1 has the identifier as text, version 2 as `ref`. */
function readOtherIdentifier(element: XmlElement, scope: Scope) {
	const reference = readAttribute(element, 'ref') ?? (element.text.trim() || null);
	if (reference === null) return null;
	const owner = element.children.find(({ name }) => name === 'owner-org');
	return {
		reference,
		type: readCode(element, scope, 'type'),
		ownerReference: readAttribute(owner, 'ref') ?? readAttribute(element, 'owner-ref'),
		ownerName: readText(owner, scope) ?? readAttribute(element, 'owner-name')
	};
}

function readCoded(element: XmlElement, scope: Scope, typeName?: string) {
	const code = readCode(element, scope);
	if (code === null) return null;
	return {
		...(typeName === undefined ? {} : { type: readCode(element, scope, typeName) }),
		vocabulary: readCode(element, scope, 'vocabulary') ?? '1',
		code,
		text: readText(element, scope)
	};
}

/** Where own vocabularies are explained, each once. */
function readVocabularies(all: (name: string) => readonly XmlElement[]) {
	const vocabularies = new Map<string, { element: string; vocabulary: string; address: string }>();
	for (const name of ['sector', 'recipient-region', 'policy-marker', 'humanitarian-scope', 'tag']) {
		for (const element of all(name)) {
			const address = readAttribute(element, 'vocabulary-uri');
			const vocabulary = readAttribute(element, 'vocabulary');
			if (address === null || vocabulary === null) continue;
			vocabularies.set(`${name} ${vocabulary} ${address}`, { element: name, vocabulary, address });
		}
	}
	return [...vocabularies.values()];
}
