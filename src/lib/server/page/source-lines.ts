import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { createDecoder } from '#lib/iati/xml-decoder.ts';
import { UnreadableBytesError } from '#lib/server/intake/inflate.ts';
import { readInflated } from '#lib/server/intake/receive.ts';
import { ElementWindow } from './element-window.ts';

/** Lines of an XML file shown before and after the one asked for: an element is rarely longer. */
const LINES_BEFORE = 4;
const LINES_AFTER = 30;
const LONGEST_LINE = 2000;

export type LinesAround = { number: number; text: string }[];

/**
 * The line of a stored XML file with its neighbours; line breaks count as XML counts them. Null when there is no such line.
 * @param element path of the element asked for, as places write it: of a line too long to be shown, as one is that holds a
 * whole file, the part where it begins is shown
 */
export async function readSourceLines(
	db: Kysely<DB>,
	sourceId: string,
	line: number,
	element: string | null = null
): Promise<LinesAround | null> {
	const decoder = createDecoder();
	const lines = new LinesOf(line, element);
	try {
		for await (const piece of readInflated(db, sourceId)) {
			lines.take(decoder.write(piece));
			if (lines.areWhole || decoder.fault) break;
		}
	} catch (error) {
		if (!(error instanceof UnreadableBytesError)) throw error;
	}
	lines.take(`${decoder.end()}\n`);
	return lines.found.some(({ number }) => number === line) ? lines.found : null;
}

/** Lines as their text comes in; no line is held whole. */
class LinesOf {
	readonly found: LinesAround = [];
	readonly #line: number;
	readonly #window: ElementWindow | null;
	#number = 1;
	#shown = '';
	/** A carriage return at the end of a piece, which may be half of a line break. */
	#pending = '';

	constructor(line: number, element: string | null) {
		this.#line = line;
		this.#window = element === null ? null : ElementWindow.open(element, LONGEST_LINE);
	}

	/** Nothing more is asked for. */
	get areWhole(): boolean {
		return this.#number > this.#line + LINES_AFTER;
	}

	take(text: string): void {
		const parts = (this.#pending + text).split(/\r\n|\n|\r(?!$)/);
		const last = parts.pop()!;
		for (const part of parts) {
			this.#add(part);
			this.#endLine();
		}
		this.#pending = last.endsWith('\r') ? '\r' : '';
		this.#add(this.#pending === '' ? last : last.slice(0, -1));
	}

	#add(part: string): void {
		if (this.#shown.length <= LONGEST_LINE)
			this.#shown += part.slice(0, LONGEST_LINE + 1 - this.#shown.length);
		if (this.#number === this.#line) this.#window?.push(part);
	}

	#endLine(): void {
		if (this.#number >= this.#line - LINES_BEFORE && !this.areWhole)
			this.found.push({ number: this.#number, text: this.#text() });
		this.#number++;
		this.#shown = '';
	}

	#text(): string {
		if (this.#shown.length <= LONGEST_LINE) return this.#shown;
		const window = this.#number === this.#line ? this.#window?.text() : null;
		return window ?? `${this.#shown.slice(0, LONGEST_LINE)} …`;
	}
}
