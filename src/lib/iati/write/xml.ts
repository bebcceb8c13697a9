import { UNKNOWN_LANGUAGE } from '../read/languages.ts';
import type { Texts } from '../read/texts.ts';

export type Attributes = Record<string, string | number | null | undefined>;

/** An element with those attributes that have a value; `own:` ones are this project's. Content is XML already. */
export function element(name: string, attributes: Attributes, ...content: string[]): string {
	let tag = `<${name}`;
	for (const attribute in attributes) {
		const value = attributes[attribute];
		if (value !== null && value !== undefined) tag += ` ${attribute}="${escaped(String(value))}"`;
	}
	const inside = content.join('');
	return inside === '' ? `${tag}/>` : `${tag}>${inside}</${name}>`;
}

/** Every language of a text; nothing where there is none. */
export function narratives(texts: Texts | string | null): string {
	if (texts === null) return '';
	if (typeof texts === 'string') return narrative(texts, null);
	return Object.entries(texts)
		.map(([language, text]) => narrative(text, language))
		.join('');
}

function narrative(text: string, language: string | null): string {
	return element('narrative', { 'xml:lang': language === UNKNOWN_LANGUAGE ? null : language }, escaped(text));
}

/** An element of texts; nothing where there is none. */
export function texts(name: string, all: Texts | null, attributes: Attributes = {}): string {
	const inside = narratives(all);
	return inside === '' ? '' : element(name, attributes, inside);
}

export function coded(name: string, code: string | null | undefined): string {
	return code === null || code === undefined ? '' : element(name, { code });
}

export function flag(value: boolean | null | undefined): string | null {
	return value === null || value === undefined ? null : value ? '1' : '0';
}

const SPECIAL = /[&<>"\t\n\r\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udfff]/;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text inside an element or an attribute. White space other than the blank is a reference, because an attribute would
 * lose it, and a text its carriage return; a character that XML has no way to hold becomes U+FFFD.
 */
export function escaped(text: string): string {
	if (!SPECIAL.test(text)) return text;
	return text
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
		.replace(LONE, '\ufffd')
		.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
