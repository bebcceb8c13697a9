import type { SaxesAttributePlain } from 'saxes';
import { describeFailure, TEXT_OUTSIDE } from './xml-failures.ts';
import { Feed } from './xml-feed.ts';
import type { ParserOptions, XmlHandler, XmlParser } from './xml-handler.ts';
import { Namespaces } from './xml-namespaces.ts';
import type { XmlProblem, XmlRule } from './xml-problem.ts';
import { beforeEndTag, contextOf, createSaxes } from './xml-saxes.ts';
import { firstOf, hasColon, isBlank, ownCopy } from './xml-text.ts';
import type { XmlAttributes } from './xml.ts';

const NO_ATTRIBUTES: XmlAttributes = Object.freeze(Object.create(null) as Record<string, string>);

/** Leaves saxes from inside one of its calls. */
class Refusal extends Error {
	readonly problem: XmlProblem;

	constructor(problem: XmlProblem) {
		super(problem.message);
		this.problem = problem;
	}
}

/** A tokenizer that refuses what is not well-formed and what no honest file holds, and says where. */
export function createParser(handler: XmlHandler, options: ParserOptions): XmlParser {
	const { limits } = options;
	const saxes = createSaxes();
	const feed = new Feed(saxes, limits, (...fault) => {
		throw new Refusal(at(...fault));
	});
	const namespaces = new Namespaces(options.home, refuse);
	/** The open elements: as handed on, as written, and the line they began in. */
	const names: string[] = [];
	const written: string[] = [];
	const lines: number[] = [];

	let refused: XmlProblem | null = null;
	let version = '1.0';
	let elements = 0;
	/** Once saxes is closed, it has forgotten it. */
	let lastLine: number | null = null;
	/** The declaration was there; the root element. */
	let declared = false;
	let rooted = false;

	/** The start tag being read. */
	let inTag = false;
	let attributes = 0;
	let prefixed: SaxesAttributePlain[] | null = null;
	let cut: { name: string; length: number }[] | null = null;

	/** Where the text or markup begins that is being read: just behind the last that saxes told of. */
	let mark = 0;
	let markLine = 1;
	let markColumn = 1;

	function at(line: number, column: number, rule: XmlRule, message: string, found: string): XmlProblem {
		return { rule, message, line, column: Math.max(1, column), byte: null, path: shownPath(names), found };
	}

	/** Refuses the text or markup being read, from where it begins. */
	function refuse(rule: XmlRule, message: string, found = feed.seen): never {
		skipLeadingBlanks();
		throw new Refusal(at(markLine, markColumn, rule, message, found));
	}

	/** What saxes tells of is over; `beyond` counts the characters that still belong to it, and one. */
	function setMark(beyond: number): void {
		const here = saxes.position;
		if (here - mark > limits.tokenLength) refuseLength();
		mark = here + Math.max(0, beyond - 1);
		markLine = saxes.line;
		markColumn = saxes.column + beyond;
	}

	function refuseLength(): never {
		refuse(
			'xml.token-length',
			`A text, comment or tag begins here that is longer than ${limits.tokenLength} characters.`,
			''
		);
	}

	/** Of white space at the very beginning, saxes does not tell. */
	function skipLeadingBlanks(): void {
		if (mark > 0 || feed.begin === null) return;
		mark = feed.begin.position;
		markLine = feed.begin.line;
		markColumn = feed.begin.column;
	}

	function checkName(name: string): void {
		if (name.length <= limits.nameLength) return;
		refuse('xml.name-length', `A name is longer than ${limits.nameLength} characters.`, firstOf(name));
	}

	function checkEncoding(label: string | undefined): void {
		const contradiction = options.contradiction(label);
		if (contradiction) refuse(contradiction.rule, contradiction.message, label ?? '');
	}

	/** Refuses text outside of the root element. */
	function refuseText(): never {
		const { rule, message } = TEXT_OUTSIDE;
		// CDATA counts as text.
		if (feed.seen.endsWith('<![CDATA[')) refuse(rule, message, '<![CDATA[');
		const { line, column, found } = feed.firstFrom(mark);
		throw new Refusal(at(line, column, rule, message, found));
	}

	saxes.on('error', ({ message }) => {
		const failure = describeFailure(message, feed.character);
		if (failure.place === 'begin') refuse(failure.rule, failure.message);
		const isOutside = rooted && !inTag && names.length === 0 && contextOf(saxes) === 'text';
		if (isOutside || failure.place === 'text') refuseText();
		throw new Refusal(at(saxes.line, saxes.column, failure.rule, failure.message, feed.seen));
	});

	saxes.on('xmldecl', (declaration) => {
		declared = true;
		version = declaration.version ?? version;
		checkEncoding(declaration.encoding);
		if (version !== '1.0') {
			const message = `The file says that it is XML ${version}. It was read by the rules of XML 1.0.`;
			handler.warning(at(markLine, markColumn, 'xml.version', message, version));
		}
		setMark(1);
	});

	saxes.on('opentagstart', ({ name }) => {
		if (!rooted && !declared) checkEncoding(undefined);
		if (!rooted) skipLeadingBlanks();
		rooted = true;
		checkName(name);
		if (names.length >= limits.depth)
			refuse('xml.depth', `More than ${limits.depth} elements stand inside each other.`);
		inTag = true;
		attributes = 0;
		prefixed = null;
		cut = null;
	});

	saxes.on('attribute', (attribute) => {
		const { name, value } = attribute;
		attributes++;
		if (attributes > limits.attributes)
			refuse('xml.attributes', `An element has more than ${limits.attributes} attributes.`, '');
		checkName(name);
		if (saxes.position - mark > limits.tokenLength) refuseLength();
		if (name === 'xmlns' || hasColon(name)) (prefixed ??= []).push(attribute);
		if (value.length > limits.attributeLength) {
			(cut ??= []).push({ name, length: value.length });
			attribute.value = ownCopy(value.slice(0, limits.attributeLength).replace(/[\uD800-\uDBFF]$/, ''));
		} else {
			attribute.value = ownCopy(value);
		}
	});

	saxes.on('opentag', (tag) => {
		inTag = false;
		elements++;
		if (prefixed) namespaces.open(tag.attributes, prefixed, names.length + 1);
		const name = namespaces.element(tag.name);
		names.push(name);
		written.push(tag.name);
		lines.push(markLine);
		const faults = cut?.map(({ name: attribute, length }) => {
			const message = `The attribute ${firstOf(attribute)} is ${length} characters long. At most ${limits.attributeLength} are read.`;
			return at(markLine, markColumn, 'xml.attribute-length', message, firstOf(attribute));
		});
		const own = attributes === 0 ? NO_ATTRIBUTES : tag.attributes;
		handler.open(name, own, markLine, markColumn, faults ?? null, saxes.position - mark);
		// Saxes keeps the tags of all open elements. Their attributes are the handler's alone from here on.
		tag.attributes = NO_ATTRIBUTES as Record<string, string>;
		setMark(1);
	});

	saxes.on('closetag', () => {
		if (names.length === namespaces.depth) namespaces.close();
		const name = names.pop() ?? '';
		written.pop();
		lines.pop();
		handler.close(name);
		setMark(1);
	});

	beforeEndTag(saxes, (name) => {
		const expected = written[written.length - 1];
		if (name === expected) return;
		const found = `</${firstOf(name)}>`;
		const wrong =
			expected === undefined
				? 'where no element is open'
				: `where </${firstOf(expected)}> is expected, for the <${firstOf(expected)}> in line ${lines.at(-1)}`;
		refuse('xml.end-tag', `The end tag ${found} stands ${wrong}.`, found);
	});

	saxes.on('text', (text) => {
		if (names.length > 0) handler.text(text, markLine, markColumn);
		else if (!isBlank(text)) refuseText();
		// Saxes tells of a text when it has read the `<` behind it: there the next begins.
		setMark(0);
	});
	saxes.on('cdata', (text) => {
		if (names.length > 0 && text !== '') handler.text(text, markLine, markColumn);
		setMark(1);
	});
	// Told of before its `>`.
	saxes.on('comment', () => setMark(2));
	saxes.on('processinginstruction', ({ target }) => {
		if (target.includes(':'))
			refuse('xml.namespace', `The name of a processing instruction has a colon: ${firstOf(target)}.`);
		setMark(1);
	});

	function readEnd(): void {
		if (feed.begin === null) refuse('xml.blank', 'The file holds nothing but white space.', '');
		feed.end();
		const innermost = names.at(-1);
		if (innermost !== undefined || inTag || !rooted) {
			const open =
				innermost === undefined ? '' : `: <${firstOf(innermost)}> in line ${lines.at(-1)} is still open`;
			const message = `The file ends too early${open}. It may have been cut off on its way.`;
			throw new Refusal(at(saxes.line, saxes.column, 'xml.truncated', message, feed.seen));
		}
		lastLine = saxes.line;
		saxes.close();
	}

	function attempt(read: () => void): XmlProblem | null {
		try {
			if (refused === null) read();
		} catch (cause) {
			if (!(cause instanceof Refusal)) throw cause;
			refused = cause.problem;
		}
		return refused;
	}

	return {
		write: (more) =>
			attempt(() => {
				feed.write(more, () => rooted);
				if (feed.position - mark > limits.tokenLength) refuseLength();
			}),
		end: () => attempt(readEnd),
		problem: (rule, message, found) => at(saxes.line, saxes.column + 1, rule, message, found),
		get begun() {
			return feed.position > 0;
		},
		get lines() {
			return lastLine ?? saxes.line;
		},
		get elements() {
			return elements;
		},
		get version() {
			return version;
		}
	};
}

/** The open elements as a path; of a very long one the end. */
function shownPath(names: readonly string[]): string {
	const path = names.map((name) => `/${name}`).join('');
	return path.length <= 200 ? path : `…${path.slice(-200)}`;
}
