/**
 * How much of anything one XML file may hold. Lengths are in UTF-16 code units, as JavaScript counts. What is over a
 * limit is answered at once, so that memory and time stay flat whatever a file holds.
 */
export interface XmlLimits {
	/** Elements inside each other. Over it the file is refused. IATI needs 8, a workbook about 20. */
	depth: number;
	/** Attributes on one element. Over it the file is refused. */
	attributes: number;
	/** One attribute's value. Over it the value is cut there and the element carries a fault; reading goes on. */
	attributeLength: number;
	/** The name of an element or attribute. Over it the file is refused. */
	nameLength: number;
	/** One text, comment or start tag with all its attributes. Over it the file is refused. */
	tokenLength: number;
	/** What stands before the first element. Over it the file is refused. */
	prologLength: number;
	/** One element that {@link readElements} puts together, markup and all. Over it the element is cut, with a fault. */
	elementLength: number;
	/** Elements inside such an element. Over it the element is cut, with a fault. */
	elementSize: number;
}

export const XML_LIMITS: Readonly<XmlLimits> = {
	depth: 256,
	attributes: 50_000,
	attributeLength: 65_536,
	nameLength: 1_000,
	tokenLength: 16 * 1024 * 1024,
	prologLength: 1024 * 1024,
	elementLength: 32 * 1024 * 1024,
	elementSize: 250_000
};
