import { APPLIES_TO } from '../code-list-paths.ts';
import { isCode, isWithdrawn, listFor, type CodeListName } from '../code-lists.ts';
import { codeOfName, NAMED_LISTS, RENUMBERED_LISTS, upgradeCode } from '../version1.ts';
import type { NamedList, RenumberedList } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import { vocabularyOf } from './paths.ts';
import type { Scope } from './rule.ts';

/** An attribute of an element (null: its text) that holds a code, and of which list, by the vocabulary beside it. */
export type CodePlace = {
	attribute: string | null;
	/** By vocabulary; the empty one stands for none, and for lists that ask for none. */
	lists: ReadonlyMap<string, CodeListName>;
	byVocabulary: boolean;
	/** Codes met here and found good, with their vocabulary before them: no more than the lists hold. */
	good: Set<string>;
};

/** The paths of elements that hold codes (`iati-activity/transaction/value`), with what of them holds one. */
export function codePlaces(): Map<string, CodePlace[]> {
	const places = new Map<string, CodePlace[]>();
	const vocabularies = [...new Set([...APPLIES_TO.matchAll(/\[(\w+)\??\]/g)].map(([, code]) => code!))];
	for (const path of new Set(APPLIES_TO.split(/\s+/).filter((word) => /@|text\(\)$/.test(word)))) {
		const whole = path.startsWith('/') ? path.slice(1) : `iati-activity/${path}`;
		const cut = whole.lastIndexOf('/');
		const last = whole.slice(cut + 1);
		if (last === '@xml:lang') continue;
		const lists = new Map<string, CodeListName>();
		for (const vocabulary of ['', ...vocabularies]) {
			const list = listFor(whole, vocabulary);
			if (list !== null) lists.set(vocabulary, list);
		}
		const place = {
			attribute: last.startsWith('@') ? last.slice(1) : null,
			lists,
			byVocabulary: vocabularies.some((vocabulary) => lists.get(vocabulary) !== lists.get('')),
			good: new Set<string>()
		};
		const element = whole.slice(0, cut);
		places.set(element, [...(places.get(element) ?? []), place]);
	}
	return places;
}

/** Codes that are on no list or were withdrawn. Where no list holds (own vocabularies), anything goes. */
export function checkCodes(element: XmlElement, places: readonly CodePlace[], scope: Scope): void {
	for (const { attribute, lists, byVocabulary, good } of places) {
		const written = attribute === null ? element.text : element.attributes[attribute];
		if (written === undefined || written === '') continue;
		const vocabulary = byVocabulary ? statedVocabulary(element, scope) : '';
		const list = lists.get(vocabulary);
		if (list === undefined) continue;
		const known = byVocabulary ? `${vocabulary} ${written}` : written;
		if (good.has(known)) continue;
		if (!isCode(list, written)) {
			if (written.trim() !== '' && !isOtherwiseKnown(list, written, scope)) {
				add(scope, 'code-unknown', list, element, attribute, written);
			}
		} else if (isWithdrawn(list, written)) add(scope, 'code-withdrawn', list, element, attribute, written);
		else good.add(known);
	}
}

/** The language that `xml:lang` names. */
export function checkLanguage(element: XmlElement, scope: Scope): void {
	const written = element.attributes['xml:lang'];
	if (written === undefined || isCode('Language', written)) return;
	if (written.trim() === '' || isLanguage(written)) return;
	add(scope, 'code-unknown', 'Language', element, 'xml:lang', written);
}

function add(
	scope: Scope,
	id: 'code-unknown' | 'code-withdrawn',
	list: CodeListName,
	element: XmlElement,
	attribute: string | null,
	written: string
): void {
	const says =
		id === 'code-unknown'
			? `This code is not on the IATI list ${list}.`
			: `IATI has withdrawn this code of its list ${list}.`;
	// Counted apart for each list, so that many unknown sectors do not hide one unknown country.
	scope.findings.add({ id, standard: null, says }, element, attribute, written, `${id} ${list}`);
}

function statedVocabulary(element: XmlElement, scope: Scope): string {
	const stated = element.attributes['vocabulary'] ?? '';
	return stated !== '' && scope.version1 ? vocabularyOf(element, scope) : stated;
}

/**
 * Languages and media types mean the same in capitals. Codes of version 1 belong into its files. Names in the place of
 * codes are for the reader to turn into codes, and to report.
 */
function isOtherwiseKnown(list: CodeListName, written: string, scope: Scope): boolean {
	if (list === 'Language') return isLanguage(written);
	if (list === 'FileFormat') return isCode(list, written.trim().toLowerCase());
	if (NAMED_LISTS.includes(list as NamedList) && codeOfName(list as NamedList, written) !== null) return true;
	if (!scope.version1 || !RENUMBERED_LISTS.includes(list as RenumberedList)) return false;
	return upgradeCode(list as RenumberedList, written) !== null;
}

/** True for a known first part, in capitals or not, as such tags are compared: `en`, `EN`, `en-GB`, `pt-BR`. */
function isLanguage(written: string): boolean {
	const language = /^\s*([A-Za-z]+)(?:[-_]\w+)*\s*$/.exec(written)?.[1];
	return language !== undefined && isCode('Language', language.toLowerCase());
}
