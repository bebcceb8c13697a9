import { createDecoder } from './xml-decoder.ts';
import type { EncodingFault } from './xml-encoding.ts';
import { XML_LIMITS } from './xml-limits.ts';
import type { XmlHandler } from './xml-handler.ts';
import { createParser } from './xml-parser.ts';
import type { XmlProblem } from './xml-problem.ts';
import type { XmlOptions, XmlSummary } from './xml.ts';

/** What is read at one go, and so the most that waits for a slow consumer. */
const PIECE = 64 * 1024;

/** A file being read into a handler. `write` and `end` say why it is refused, else `null`. */
export interface XmlReading {
	/** At most 64 KB at a time: see {@link piecesOf}. */
	write(bytes: Uint8Array): XmlProblem | null;
	end(): XmlProblem | null;
	/** After the end. */
	summary(): XmlSummary;
}

/** Starts to read a file: bytes through the decoder into the parser, the first fault of either first. */
export function startReading(handler: XmlHandler, options: XmlOptions): XmlReading {
	const decoder = createDecoder();
	const parser = createParser(handler, {
		limits: { ...XML_LIMITS, ...options.limits },
		home: options.home ?? [],
		contradiction: (declared) => decoder.contradiction(declared)
	});

	function problemOf({ rule, message, byte, found }: EncodingFault): XmlProblem {
		return { ...parser.problem(rule, message, found), byte };
	}

	function read(text: string): XmlProblem | null {
		const problem = text === '' ? null : parser.write(text);
		if (problem !== null || decoder.fault === null) return problem;
		const fault = problemOf(decoder.fault);
		// Before its first character a file has no lines.
		return parser.begun || fault.byte !== null ? fault : { ...fault, line: null, column: null };
	}

	return {
		write: (bytes) => read(decoder.write(bytes)),
		end() {
			const problem = read(decoder.end()) ?? parser.end();
			if (problem !== null) return problem;
			for (const doubt of decoder.doubts())
				handler.warning({ ...problemOf(doubt), line: null, column: null });
			return null;
		},
		summary: () => ({
			bytes: decoder.bytes,
			lines: parser.lines,
			elements: parser.elements,
			encoding: decoder.encoding,
			version: parser.version
		})
	};
}

/** Bytes in pieces of at most 64 KB. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
	for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}
