import { wordsOf, type XmlElement } from '../xml.ts';
import { cut, shown } from './notes.ts';
import type { Scope } from './scope.ts';

/** Texts by lower-case language code. */
export type Texts = Record<string, string>;

/** In UTF-16 code units. No honest description comes near. */
const LONGEST_TEXT = 200_000;

/**
 * The texts of the elements of one name, by language: from `narrative` as version 2 has them, or directly inside, one
 * element a language, as version 1 does. The first of each language counts. Null where there is none.
 */
export function readTexts(elements: readonly XmlElement[] | undefined, scope: Scope): Texts | null {
	if (elements === undefined) return null;
	let texts: Texts | null = null;
	for (const element of elements) {
		const own = element.attributes['xml:lang'];
		let hasNarrative = false;
		for (const child of element.children) {
			if (child.name !== 'narrative') continue;
			hasNarrative = true;
			texts = addText(texts, child, child.attributes['xml:lang'] ?? own, scope);
		}
		if (!hasNarrative) texts = addText(texts, element, own, scope);
	}
	return texts;
}

/** The same for one element that may be missing. */
export function readText(element: XmlElement | undefined, scope: Scope): Texts | null {
	return element === undefined ? null : readTexts([element], scope);
}

/** The text in the language that the activity's texts are in, else the first. */
export function mainText(texts: Texts | null, language: string): string | null {
	if (texts === null) return null;
	return texts[language] ?? Object.values(texts)[0] ?? null;
}

function addText(
	texts: Texts | null,
	element: XmlElement,
	stated: string | undefined,
	scope: Scope
): Texts | null {
	const text = oneText(element, scope);
	if (text === '') return texts;
	const language = stated === undefined || stated === '' ? scope.language : scope.languages.read(stated);
	if (texts === null) return { [language]: text };
	if (texts[language] === undefined) texts[language] = text;
	else if (texts[language] !== text) {
		scope.notes.warn(
			'text-repeated',
			element,
			`${language}: ${shown(text)}`,
			'the first one in its language is kept'
		);
	}
	return texts;
}

function oneText(element: XmlElement, { notes }: Scope): string {
	let text = element.text;
	if (element.children.length > 0) {
		text = wordsOf(element);
		if (text.trim() !== '') {
			notes.warn(
				'markup-in-text',
				element,
				shown(text),
				`read without the markup of ${element.children[0]!.name}`
			);
		}
	}
	text = text.trim();
	if (text.length <= LONGEST_TEXT) return text;
	notes.warn('text-too-long', element, `${text.length} characters`, `cut after ${LONGEST_TEXT}`);
	return cut(text, LONGEST_TEXT);
}
