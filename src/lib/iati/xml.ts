import type { XmlLimits } from './xml-limits.ts';
import type { XmlProblem } from './xml-problem.ts';
import { piecesOf, startReading } from './xml-reading.ts';
import { ownCopy } from './xml-text.ts';

export { XML_LIMITS, type XmlLimits } from './xml-limits.ts';
export type { XmlProblem, XmlRule } from './xml-problem.ts';
export {
	readElements,
	type ElementsItem,
	type ElementsWanted,
	type XmlElement,
	type XmlStart
} from './xml-elements.ts';
export { pathOf, wordsOf } from './xml-tree.ts';

/**
 * Attributes by name, without a prototype. A plain name is in no namespace; `xml:lang` and the other `xml:` ones are
 * written so; one of a foreign namespace is `{namespace}name`, so that it is never taken for ours. Declarations of
 * namespaces are left out.
 */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/**
 * What an XML file says, in its order. Names are as in {@link XmlAttributes}: `title` in no namespace (or one of
 * `home`), `{http://example.org/}title` in another. The last event of a file is `end` or `problem`, never neither: a
 * file is read whole only when `end` came.
 */
export type XmlEvent =
	| {
			kind: 'open';
			name: string;
			attributes: XmlAttributes;
			/** Where its `<` stands, 1-based. */
			line: number;
			column: number;
			/** Attributes whose value was cut at the limit, one `xml.attribute-length` each; else `null`. */
			faults: readonly XmlProblem[] | null;
	  }
	/** Text or CDATA, entities resolved once, never empty. One run of text may come as several events. */
	| { kind: 'text'; text: string }
	| { kind: 'close'; name: string }
	/** Reading goes on. */
	| { kind: 'warning'; problem: XmlProblem }
	/** The file is refused; nothing comes after it. */
	| { kind: 'problem'; problem: XmlProblem }
	| { kind: 'end'; summary: XmlSummary };

/** A file read to its end. */
export interface XmlSummary {
	bytes: number;
	lines: number;
	elements: number;
	/** The encoding it was read in: `utf-8`, `utf-16le`, `iso-8859-1`, `windows-1252`, ... */
	encoding: string;
	/** As its declaration says: `1.0` without one. */
	version: string;
}

export interface XmlOptions {
	limits?: Partial<XmlLimits>;
	/** Namespaces whose elements go by their bare name, as those in no namespace do. None by default. */
	home?: readonly string[];
}

/**
 * Reads an XML file as batches of events, one batch for at most 64 KB of it, and only when asked for the next: memory is
 * flat, and a slow consumer slows the reading. Leaving the loop ends it and closes `bytes`. Never throws for content:
 * what is wrong comes as the last event. Throws only what `bytes` throws.
 */
export async function* readXml(
	bytes: AsyncIterable<Uint8Array>,
	options: XmlOptions = {}
): AsyncGenerator<XmlEvent[], void, undefined> {
	let batch: XmlEvent[] = [];
	const reading = startReading(
		{
			open: (name, attributes, line, column, faults) =>
				batch.push({ kind: 'open', name, attributes, line, column, faults }),
			text: (text) => batch.push({ kind: 'text', text: ownCopy(text) }),
			close: (name) => batch.push({ kind: 'close', name }),
			warning: (problem) => batch.push({ kind: 'warning', problem })
		},
		options
	);

	function* emptied(problem: XmlProblem | null): Generator<XmlEvent[], void, undefined> {
		if (problem) batch.push({ kind: 'problem', problem });
		if (batch.length === 0) return;
		const full = batch;
		batch = [];
		yield full;
	}

	for await (const part of bytes) {
		for (const piece of piecesOf(part)) {
			const problem = reading.write(piece);
			yield* emptied(problem);
			if (problem) return;
		}
	}
	const problem = reading.end();
	if (!problem) batch.push({ kind: 'end', summary: reading.summary() });
	yield* emptied(problem);
}
