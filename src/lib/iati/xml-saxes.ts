import { SaxesParser } from 'saxes';

/**
 * The tokenizer. Namespaces are resolved by us, which is faster; and a file that says it is XML 1.1 is read by the rules
 * of 1.0, because 1.1 allows control characters that no later XML file, workbook or screen can hold.
 */
const OPTIONS = { xmlns: false, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true } as const;

export type Saxes = SaxesParser<typeof OPTIONS>;

/**
 * Makes a tokenizer with room for every handler. Saxes' `on` adds each as a property by a computed name, and after a few
 * of these V8 turns the whole object into a dictionary, which reads at a fifth of the speed.
 */
export function createSaxes(): Saxes {
	const saxes = new SaxesParser(OPTIONS);
	saxes['xmldeclHandler'] = undefined;
	saxes['openTagStartHandler'] = undefined;
	saxes['attributeHandler'] = undefined;
	saxes['openTagHandler'] = undefined;
	saxes['closeTagHandler'] = undefined;
	saxes['textHandler'] = undefined;
	saxes['cdataHandler'] = undefined;
	saxes['commentHandler'] = undefined;
	saxes['piHandler'] = undefined;
	saxes['errorHandler'] = undefined;
	return saxes;
}

/**
 * In what the next character would stand: `text` between tags, the `value` of an attribute, a `doctype`, or something
 * else. Saxes tells of a DOCTYPE or of an unescaped `&` only when it is over, which can be at the end of the file.
 */
export function contextOf(saxes: Saxes): 'text' | 'value' | 'doctype' | 'other' {
	switch (stateOf(saxes)) {
		case IN_TEXT:
			return 'text';
		case IN_VALUE['"']:
		case IN_VALUE["'"]:
			return 'value';
		case IN_DOCTYPE:
			return 'doctype';
		default:
			return 'other';
	}
}

/** Calls `check` with the name in each end tag before saxes closes the element: saxes closes first and compares after. */
export function beforeEndTag(saxes: Saxes, check: (name: string) => void): void {
	const closeTag = saxes['closeTag'] as () => void;
	saxes['closeTag'] = () => {
		check(saxes['name'] as string);
		closeTag.call(saxes);
	};
}

// The numbers of saxes' states are its own affair, so they are learned from it.
const IN_TEXT = stateAfter('<a>');
const IN_VALUE = { '"': stateAfter('<a b="'), "'": stateAfter("<a b='") };
const IN_DOCTYPE = stateAfter('<!DOCTYPE');

function stateAfter(text: string): number {
	return stateOf(createSaxes().write(text));
}

function stateOf(saxes: Saxes): number {
	return saxes['state'] as number;
}
