import {
	readElements,
	readXml,
	type ElementsItem,
	type ElementsWanted,
	type XmlEvent,
	type XmlOptions,
	type XmlProblem
} from '#lib/iati/xml.ts';

/** Bytes in pieces of so many each; the last length holds for the rest. */
export async function* inPieces(bytes: Uint8Array, ...lengths: number[]): AsyncGenerator<Uint8Array> {
	let start = 0;
	for (let piece = 0; start < bytes.length; piece++) {
		const length = Math.max(1, lengths[Math.min(piece, lengths.length - 1)] ?? bytes.length);
		// A reader that keeps a piece instead of a copy would find it overwritten, as a file's buffer is.
		const own = bytes.slice(start, start + length);
		yield own;
		own.fill(0x2a);
		start += length;
	}
}

export function asBytes(content: string | Uint8Array): Uint8Array {
	return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** Everything a file says, in one list. */
export async function eventsOf(
	content: string | Uint8Array,
	options: XmlOptions = {},
	...lengths: number[]
): Promise<XmlEvent[]> {
	const events: XmlEvent[] = [];
	for await (const batch of readXml(inPieces(asBytes(content), ...lengths), options)) events.push(...batch);
	return events;
}

/** Everything found in a file of activities, or of what else is wanted. */
export async function itemsOf(
	content: string | Uint8Array,
	wanted: Partial<ElementsWanted> = {},
	...lengths: number[]
): Promise<ElementsItem[]> {
	const items: ElementsItem[] = [];
	const all = { element: ['iati-activity'], root: ['iati-activities'], wrapper: ['result'], ...wanted };
	for await (const item of readElements(inPieces(asBytes(content), ...lengths), all)) items.push(item);
	return items;
}

/** Why a file is refused; `null` when it was read to its end. */
export async function problemOf(
	content: string | Uint8Array,
	options: XmlOptions = {}
): Promise<XmlProblem | null> {
	let last: XmlEvent | undefined;
	for await (const batch of readXml(inPieces(asBytes(content)), options)) last = batch.at(-1);
	if (last?.kind === 'problem') return last.problem;
	if (last?.kind === 'end') return null;
	throw new Error('The reading ended without an end and without a problem.');
}

/** The text of a file, without its markup. */
export async function textOf(content: string | Uint8Array): Promise<string> {
	const events = await eventsOf(content);
	const refused = events.find((event) => event.kind === 'problem');
	if (refused) throw new Error(refused.problem.message);
	return events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
}

/** UTF-16, which TextEncoder does not write. */
export function utf16(text: string, order: 'le' | 'be', mark = true): Uint8Array {
	const units = (mark ? `\uFEFF${text}` : text).split('').map((unit) => unit.charCodeAt(0));
	return Uint8Array.from(
		units.flatMap((unit) => (order === 'le' ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff]))
	);
}

/** Text whose characters are bytes. */
export function latin1(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
