import type { XmlElement } from '../xml.ts';
import { readPlainDay } from './dates.ts';
import type { Scope } from './scope.ts';
import { readTexts, type Texts } from './texts.ts';
import { readAttribute, readCode } from './values.ts';

export type ReadDocument = {
	url: string;
	format: string | null;
	titles: Texts | null;
	descriptions: Texts | null;
	categories: string[];
	languages: string[];
	date: string | null;
};

/** A link to a document: kept as text, never opened. Null with a warning where it links nowhere. */
export function readDocument(element: XmlElement, scope: Scope): ReadDocument | null {
	const url = readAttribute(element, 'url');
	if (url === null) {
		scope.notes.warn('document-without-address', element, 'no url', 'left out');
		return null;
	}
	if (!/^https?:\/\//i.test(url)) {
		scope.notes.warn('document-not-on-the-web', element, url, 'kept as text, not as a link', 'url');
	}
	const named = (name: string) => element.children.filter((child) => child.name === name);
	const codes = (name: string) =>
		named(name)
			.map((child) => readCode(child, scope) ?? (child.text.trim() || null))
			.filter((code) => code !== null);
	for (const child of element.children) {
		if (!HELD.has(child.name)) scope.tally.notHeld(`document-link/${child.name}`, child);
	}
	const language = readCode(element, scope, 'language');
	return {
		url,
		format: readCode(element, scope, 'format'),
		titles: readTexts(named('title'), scope),
		descriptions: readTexts(named('description'), scope),
		categories: codes('category'),
		languages: [...codes('language'), ...(language === null ? [] : [language])].map((tag) =>
			scope.languages.read(tag)
		),
		date: readPlainDay(named('document-date')[0], scope)
	};
}

const HELD = new Set(['title', 'description', 'category', 'language', 'document-date']);
