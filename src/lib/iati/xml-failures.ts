import type { XmlRule } from './xml-problem.ts';

/** A failure that saxes reports, in plain words. */
export interface Failure {
	rule: XmlRule;
	message: string;
	/**
	 * Where it is: `here`, where saxes noticed; where the tag or other markup `begin`s that saxes is in; or where there is
	 * `text` since the markup before.
	 */
	place: 'here' | 'begin' | 'text';
}

export const DOCTYPE =
	'The file has a DOCTYPE, which is never accepted: it can make a small file grow without end or fetch other files. Save it without one. If this is a web page, save the data itself.';

const DECLARATION =
	'The XML declaration is wrong. It has to read like <?xml version="1.0" encoding="UTF-8"?>.';

export const TEXT_OUTSIDE: Failure = {
	rule: 'xml.syntax',
	message: 'Text stands outside of the root element.',
	place: 'text'
};

/** By how saxes' message begins; the first that fits. */
const FAILURES: readonly [begins: string, rule: XmlRule, message: string, place?: Failure['place']][] = [
	[
		'documents may contain only one root',
		'xml.syntax',
		'A second root element begins here. A file has one.',
		'begin'
	],
	['inappropriately located doctype', 'xml.doctype', DOCTYPE, 'begin'],
	[
		'disallowed character in tag name',
		'xml.syntax',
		'A < stands here that begins no tag. Write it as &lt;.',
		'begin'
	],
	['disallowed character in attribute name', 'xml.syntax', 'A character stands here that belongs in no tag.'],
	['disallowed character in closing tag', 'xml.syntax', 'An end tag holds more than a name.', 'begin'],
	['weird empty close tag', 'xml.end-tag', 'An end tag has no name.', 'begin'],
	['forward-slash in opening tag', 'xml.syntax', 'A / stands in a tag without the > that belongs behind it.'],
	['attribute without value', 'xml.syntax', 'An attribute has no value.'],
	['unquoted attribute value', 'xml.syntax', 'An attribute has a value without quotation marks.'],
	['no whitespace between attributes', 'xml.syntax', 'Two attributes stand without a space between them.'],
	['duplicate attribute', 'xml.duplicate-attribute', 'An element has the same attribute twice', 'begin'],
	['malformed comment', 'xml.syntax', 'A comment holds two hyphens (--), which may only end it.'],
	['the string "]]>"', 'xml.syntax', 'The characters ]]> stand in a text. Write them as ]]&gt;.'],
	[
		'incorrect syntax',
		'xml.syntax',
		'Something begins with <! that is neither a comment nor CDATA.',
		'begin'
	],
	[
		'unexpected end',
		'xml.truncated',
		'The file ends in the middle of a tag or comment. It may have been cut off.'
	],
	[
		'an XML declaration must be at the start',
		'xml.syntax',
		'The XML declaration does not stand at the very start.',
		'begin'
	],
	[
		'the XML declaration must appear at the start',
		'xml.syntax',
		'A processing instruction is called xml.',
		'begin'
	],
	['processing instruction', 'xml.syntax', 'A processing instruction has no name.', 'begin'],
	[
		'disallowed character in processing',
		'xml.syntax',
		'The name of a processing instruction holds a character that no name can.'
	]
];

/** What saxes' message means; `character` is the one it stopped at. */
export function describeFailure(said: string, character: string): Failure {
	if (said === 'disallowed character.') return describeCharacter(character);
	if (said.startsWith('text data outside of root node')) return TEXT_OUTSIDE;
	for (const [begins, rule, message, place = 'here'] of FAILURES) {
		if (!said.startsWith(begins)) continue;
		const named = rule === 'xml.duplicate-attribute' ? `: ${said.slice('duplicate attribute: '.length)}` : '';
		return { rule, message: message + named, place };
	}
	// What is left are the ways to get the XML declaration wrong.
	return { rule: 'xml.syntax', message: DECLARATION, place: 'here' };
}

function describeCharacter(character: string): Failure {
	if (character === '<') {
		return {
			rule: 'xml.syntax',
			message:
				'A < stands in the value of an attribute. Write it as &lt;, or close the quotation mark before it.',
			place: 'here'
		};
	}
	const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return { rule: 'xml.character', message: `The character U+${code} is not allowed in XML.`, place: 'here' };
}
