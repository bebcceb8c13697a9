import type { XmlLimits } from './xml-limits.ts';
import type { XmlProblem, XmlRule } from './xml-problem.ts';
import type { XmlAttributes } from './xml.ts';

/** Hears what a file says while it is read. A text may be a piece of a larger one: copy what is kept. */
export interface XmlHandler {
	/** `line` and `column`: where its `<` stands; `length`: of the start tag as written. */
	open(
		name: string,
		attributes: XmlAttributes,
		line: number,
		column: number,
		faults: readonly XmlProblem[] | null,
		length: number
	): void;
	/** `line` and `column`: where it begins. */
	text(text: string, line: number, column: number): void;
	close(name: string): void;
	warning(problem: XmlProblem): void;
}

/** Reads text into a handler. `write` and `end` say why reading cannot go on, else `null`. */
export interface XmlParser {
	write(text: string): XmlProblem | null;
	end(): XmlProblem | null;
	/** A problem at the place where reading stands. */
	problem(rule: XmlRule, message: string, found: string): XmlProblem;
	/** Whether there was any text. */
	readonly begun: boolean;
	readonly lines: number;
	readonly elements: number;
	readonly version: string;
}

export interface ParserOptions {
	limits: XmlLimits;
	home: readonly string[];
	/** Whether the encoding that the file declares (`undefined`: none) contradicts its bytes. */
	contradiction(declared: string | undefined): { rule: XmlRule; message: string } | null;
}
