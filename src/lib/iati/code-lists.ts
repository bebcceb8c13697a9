import { APPLIES_TO } from './code-list-paths.ts';
import { CODES, WITHDRAWN_CODES } from './code-lists-data.ts';
import { FILE_FORMATS, WITHDRAWN_FILE_FORMATS } from './file-formats-data.ts';

/** The lists by IATI's own names, those embedded in version 2.03 and those outside it. */
export type CodeListName = keyof typeof CODES | 'FileFormat';

export const CODE_LISTS: readonly CodeListName[] = [...(Object.keys(CODES) as CodeListName[]), 'FileFormat'];

const lists = new Map<CodeListName, { all: Set<string>; withdrawn: Set<string> }>();

/** True for a code that the list names, also for one withdrawn. Codes are compared as they stand, case included. */
export function isCode(list: CodeListName, code: string): boolean {
	return open(list).all.has(code);
}

/** True for a code that the list names and no longer wants used: a warning, never a reason to refuse. */
export function isWithdrawn(list: CodeListName, code: string): boolean {
	return open(list).withdrawn.has(code);
}

/** All codes of a list, those in use first, each part in the list's own order. */
export function codesOf(list: CodeListName): string[] {
	return [...open(list).all];
}

/**
 * The list that holds for a value, by its path as the mapping table of the standard writes it
 * (`//iati-activity/sector/@code`, with or without what stands before `iati-activity`) and the `@vocabulary` beside it,
 * where there is one. Null where IATI keeps no list: own vocabularies, references, texts.
 */
export function listFor(path: string, vocabulary?: string | null): CodeListName | null {
	if (path.endsWith('@xml:lang')) return 'Language';
	const stated = vocabulary ?? '';
	const rules = rulesByPath().get(path.slice(Math.max(0, path.search(ELEMENT))));
	return (
		rules?.find(
			(rule) => rule.vocabulary === null || rule.vocabulary === stated || (rule.orNone && stated === '')
		)?.list ?? null
	);
}

/**
 * The registration agency at the beginning of an organisation's identifier (`XM-DAC` of `XM-DAC-41128`), or null where
 * none that IATI knows stands there, or nothing after it. Every agency is two words with a hyphen between them.
 */
export function registrationAgencyOf(organisation: string): string | null {
	const agency = /^([^-]+-[^-]+)-./.exec(organisation)?.[1];
	return agency !== undefined && isCode('OrganisationRegistrationAgency', agency) ? agency : null;
}

/** Split when first asked for: most files touch a few of the lists only. */
function open(list: CodeListName) {
	let opened = lists.get(list);
	if (!opened) {
		const withdrawn = list === 'FileFormat' ? formats(WITHDRAWN_FILE_FORMATS) : words(withdrawnOf(list));
		const active = list === 'FileFormat' ? formats(FILE_FORMATS) : words(CODES[list]);
		lists.set(list, (opened = { all: new Set([...active, ...withdrawn]), withdrawn: new Set(withdrawn) }));
	}
	return opened;
}

function withdrawnOf(list: string): string {
	return (WITHDRAWN_CODES as Record<string, string>)[list] ?? '';
}

function formats(byType: Record<string, string>): string[] {
	return Object.entries(byType).flatMap(([type, subtypes]) =>
		words(subtypes).map((subtype) => `${type}/${subtype}`)
	);
}

function words(text: string): string[] {
	return text.split(/\s+/).filter((word) => word !== '');
}

type Rule = { list: CodeListName; vocabulary: string | null; orNone: boolean };

/** The outermost element that a path of the mapping table begins with, which itself may stand in a longer path. */
const ELEMENT = /iati-(?:activity|organisation)\/|iati-(?:activities|organisations)\/@/;
const LINE = /^([\w-]+)(?:\[(\w+)(\?)?\])?: (.+)$/;

let paths: Map<string, Rule[]> | undefined;

function rulesByPath(): Map<string, Rule[]> {
	if (paths) return paths;
	paths = new Map();
	for (const line of APPLIES_TO.trim().replaceAll('\n\t', ' ').split('\n')) {
		const [, list, vocabulary, orNone, places] = LINE.exec(line)!;
		const rule = {
			list: list as CodeListName,
			vocabulary: vocabulary ?? null,
			orNone: orNone !== undefined
		};
		for (const place of words(places!)) {
			const path = place.startsWith('/') ? place.slice(1) : `iati-activity/${place}`;
			paths.set(path, [...(paths.get(path) ?? []), rule]);
		}
	}
	return paths;
}
