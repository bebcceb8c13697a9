import type { XmlAttributes, XmlOptions, XmlSummary } from './xml.ts';
import { ElementFinder } from './xml-finder.ts';
import type { XmlProblem } from './xml-problem.ts';
import { piecesOf, startReading } from './xml-reading.ts';

/** The start tag of an element, and where it stands. */
export interface XmlStart {
	/** `iati-activity`, or `{namespace}name` in a foreign namespace. */
	name: string;
	attributes: XmlAttributes;
	/** Where its `<` stands, 1-based. */
	line: number;
	column: number;
	/** `/iati-activities/iati-activity[12]`: counted among the siblings of its name, from 1; the root has no number. */
	path: string;
}

/** An element with all that is in it. Strings are copies of their own: keeping one keeps no piece of the file alive. */
export interface XmlElement {
	name: string;
	attributes: XmlAttributes;
	/** Its child elements, in order. */
	children: readonly XmlElement[];
	/**
	 * The text directly inside it, entities resolved once, as written (not trimmed); empty where it holds only elements
	 * and white space between them. For text that may be mixed with elements, such as HTML in a narrative, see
	 * {@link wordsOf}.
	 */
	text: string;
	/** Where its `<` stands, 1-based. */
	line: number;
	column: number;
	/** `null` on the element that {@link readElements} hands over. */
	parent: XmlElement | null;
	/** Of a child: how much of its parent's text stands before it. */
	offset: number;
	/** Its number among its siblings of the same name, from 1; 0 until {@link pathOf} asked. */
	ordinal: number;
	/** The path of an element that {@link readElements} hands over; empty on those inside: see {@link pathOf}. */
	path: string;
}

/** Which elements of a file are wanted. Names as in {@link XmlStart}. */
export interface ElementsWanted extends XmlOptions {
	/** The elements to put together, such as `['iati-activity']`. */
	element: readonly string[];
	/** The elements that may hold them, as root or inside each other: `['iati-activities']`. */
	root: readonly string[];
	/** Elements to look through though they should not be there: `['result']`. They count as `wrapper`. */
	wrapper?: readonly string[];
}

/**
 * What {@link readElements} found, in the file's order. The last item is `end` or `problem`, never neither: a file is
 * read whole only when `end` came.
 */
export type ElementsItem =
	/**
	 * A container opened. `root`: the expected root; `wrapper`: one of `wrapper`; `nested`: a root inside a container;
	 * `bare`: the file's root is a wanted element itself (its `element` item follows).
	 */
	| {
			kind: 'root';
			role: 'root' | 'wrapper' | 'nested' | 'bare';
			start: XmlStart;
			/** Attributes that were cut. */
			faults: readonly XmlProblem[];
	  }
	/**
	 * A wanted element. `within` is the innermost container (attributes such as `version`), `null` when it is the root
	 * itself. With faults it is not all that the file holds: refuse this one, the next may be good.
	 */
	| { kind: 'element'; element: XmlElement; within: XmlStart | null; faults: readonly XmlProblem[] }
	/** Another element in a container: passed over with all that is in it. `elements` counts it and those inside. */
	| { kind: 'stray'; start: XmlStart; elements: number }
	/** Words directly in a container, passed over; the first 80 characters. */
	| { kind: 'stray-text'; text: string; line: number; column: number; path: string }
	/** About the file as a whole; reading goes on. */
	| { kind: 'warning'; problem: XmlProblem }
	/** The file is refused; nothing comes after it. */
	| { kind: 'problem'; problem: XmlProblem }
	| { kind: 'end'; summary: XmlSummary };

/**
 * Reads an XML file as a stream of the wanted elements, each put together as a light tree, and of what else a reader of
 * such files must know. Holds one such element at a time. Reads on only when asked; leaving the loop closes `bytes`.
 * Never throws for content; throws only what `bytes` throws. A root that is none of those wanted is a problem.
 */
export async function* readElements(
	bytes: AsyncIterable<Uint8Array>,
	wanted: ElementsWanted
): AsyncGenerator<ElementsItem, void, undefined> {
	const finder = new ElementFinder(wanted);
	const reading = startReading(finder, wanted);

	for await (const part of bytes) {
		for (const piece of piecesOf(part)) {
			const problem = reading.write(piece);
			yield* finder.take();
			const refused = finder.refused ?? problem;
			if (refused) {
				yield { kind: 'problem', problem: refused };
				return;
			}
		}
	}
	const problem = reading.end();
	yield* finder.take();
	const refused = finder.refused ?? problem;
	yield refused ? { kind: 'problem', problem: refused } : { kind: 'end', summary: reading.summary() };
}
