/** What is wrong, as a stable name: tests, findings and translations go by it, people by the message. */
export type XmlRule =
	// What came is no XML file at all.
	| 'xml.empty'
	| 'xml.blank'
	| 'xml.json'
	| 'xml.zip'
	| 'xml.gzip'
	| 'xml.not-xml'
	// Its bytes are no text, or not the text they are said to be.
	| 'xml.encoding-unknown'
	| 'xml.encoding-unsupported'
	| 'xml.encoding-contradiction'
	| 'xml.encoding-bytes'
	// It is not well-formed, or holds what this reader refuses.
	| 'xml.doctype'
	| 'xml.character'
	| 'xml.entity'
	| 'xml.namespace'
	| 'xml.duplicate-attribute'
	| 'xml.end-tag'
	| 'xml.truncated'
	| 'xml.syntax'
	// It is larger than any honest file.
	| 'xml.depth'
	| 'xml.attributes'
	| 'xml.name-length'
	| 'xml.token-length'
	| 'xml.prolog-length'
	// Its root element is none that was asked for.
	| 'xml.root'
	// Faults of one element: the caller refuses that element, not the file.
	| 'xml.attribute-length'
	| 'xml.element-length'
	| 'xml.element-size'
	// Warnings: reading goes on.
	| 'xml.version'
	| 'xml.mojibake'
	| 'xml.control-characters';

/** One thing wrong in an XML file, where, and what stood there. */
export interface XmlProblem {
	rule: XmlRule;
	/** One or two plain English sentences: what is wrong, and where it helps, what to do. Without the place. */
	message: string;
	/** 1-based; `null` where there is no line, as in an empty file. */
	line: number | null;
	/** 1-based, in characters (an emoji is one); `null` where the line is. */
	column: number | null;
	/** Where in the file as received, from 0, for bytes that are no text; else `null`. */
	byte: number | null;
	/** The open elements, outermost first: `/iati-activities/iati-activity/title`. Empty outside of any. */
	path: string;
	/** What stood there, at most 80 characters; empty where nothing did. */
	found: string;
}
