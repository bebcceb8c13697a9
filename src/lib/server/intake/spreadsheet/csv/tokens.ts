import { MOST_COLUMNS } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';

/** A row of a text file. `fault` says what is wrong with its quotes; its cells are then not to be trusted. */
export type TextRow = { cells: string[]; fault: string | null };

/** A row longer than this is no row: an unclosed quote or a file without line breaks would fill the memory. */
export const LONGEST_ROW = 1_000_000;

const BLANK = 32;
const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits text into rows by RFC 4180, whatever pieces it comes in: quoted cells may hold delimiters, line breaks and
 * doubled quotes; CRLF, LF and CR may be mixed; a quote inside an unquoted cell is a character. Throws Unreadable, with
 * the number of the row, for rows without end and rows wider than a sheet.
 */
export class CsvTokens {
	readonly #delimiter: number;
	#state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
	#cells: string[] = [];
	#cell = '';
	#length = 0;
	#fault: string | null = null;
	#skipLineFeed = false;
	#rows: TextRow[] = [];
	#count = 0;

	constructor(delimiter: string) {
		this.#delimiter = delimiter.charCodeAt(0);
	}

	/** Rows that are whole with this piece. */
	push(text: string): TextRow[] {
		const end = text.length;
		let from = 0;
		for (let at = 0; at < end; at++) {
			const code = text.charCodeAt(at);
			if (this.#skipLineFeed) {
				this.#skipLineFeed = false;
				if (code === LINE_FEED) {
					from = at + 1;
					continue;
				}
			}
			if (this.#state === 'quoted') {
				if (code !== QUOTE) continue;
				this.#take(text, from, at);
				from = at + 1;
				this.#state = 'closed';
			} else if (code === QUOTE && this.#state === 'start') {
				from = at + 1;
				this.#state = 'quoted';
			} else if (code === QUOTE && this.#state === 'closed') {
				// A doubled quote: the second one is the character.
				from = at;
				this.#state = 'quoted';
			} else if (code === this.#delimiter) {
				this.#take(text, from, at);
				from = at + 1;
				this.#endCell();
			} else if (code === LINE_FEED || code === CARRIAGE_RETURN) {
				this.#take(text, from, at);
				from = at + 1;
				this.#skipLineFeed = code === CARRIAGE_RETURN;
				this.#endRow();
			} else if (this.#state === 'start') this.#state = 'plain';
			else if (this.#state === 'closed') {
				if (code === BLANK) {
					from = at + 1;
					continue;
				}
				this.#fault ??= 'text after a closing quote';
				this.#state = 'plain';
			}
		}
		this.#take(text, from, end);
		return this.#rows.splice(0);
	}

	/** The last row, when the text does not end with a line break. */
	end(): TextRow[] {
		if (this.#state === 'quoted') {
			throw new Unreadable('csv-quote-unclosed', `${this.#shown()} ...`, `row ${this.#count + 1}`);
		}
		if (this.#state !== 'start' || this.#cells.length > 0) this.#endRow();
		return this.#rows.splice(0);
	}

	#take(text: string, from: number, to: number): void {
		if (to <= from) return;
		this.#length += to - from;
		if (this.#length > LONGEST_ROW) {
			throw new Unreadable(
				'row-too-long',
				`${this.#shown() || text.slice(from, from + 80)} ...`,
				`row ${this.#count + 1}`
			);
		}
		this.#cell += text.slice(from, to);
	}

	#endCell(): void {
		this.#cells.push(this.#cell);
		this.#cell = '';
		this.#state = 'start';
		if (this.#cells.length > MOST_COLUMNS) {
			throw new Unreadable('columns-too-many', `more than ${MOST_COLUMNS} columns`, `row ${this.#count + 1}`);
		}
	}

	#endRow(): void {
		this.#endCell();
		this.#rows.push({ cells: this.#cells, fault: this.#fault });
		this.#cells = [];
		this.#fault = null;
		this.#length = 0;
		this.#count++;
	}

	#shown(): string {
		return [...this.#cells, this.#cell].join(' ').slice(0, 80);
	}
}
