import type { XmlEvent } from '#lib/iati/xml.ts';
import { MOST_FORMATS } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';

/** How a cell's number is shown, as far as reading it needs to know. `digits`: padded with zeros to so many. */
export type CellFormat = { kind: 'number' } | { kind: 'date' } | { kind: 'digits'; digits: number };

const NUMBER: CellFormat = { kind: 'number' };
const DATE: CellFormat = { kind: 'date' };

/** Formats that every workbook has without saying so: dates, also those of East Asian versions. Times are no dates. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** The formats of a workbook's cells, by the number that a cell names. */
export class Formats {
	#codes = new Map<number, string>();
	#cells: CellFormat[] = [];
	#inCells = false;

	take(event: XmlEvent): void {
		if (event.kind === 'open') {
			const { name, attributes } = event;
			if (name === 'numFmt') {
				this.#codes.set(whole(attributes.numFmtId), attributes.formatCode ?? '');
			} else if (name === 'cellXfs') this.#inCells = true;
			else if (name === 'xf' && this.#inCells) {
				if (this.#cells.length >= MOST_FORMATS)
					throw new Unreadable('workbook-malformed', `more than ${MOST_FORMATS} formats`);
				this.#cells.push(this.#formatOf(whole(attributes.numFmtId)));
			}
		} else if (event.kind === 'close' && event.name === 'cellXfs') this.#inCells = false;
	}

	/** The format that a cell names; a plain number where it names none that exists. */
	of(style: string | undefined): CellFormat {
		return style === undefined ? NUMBER : (this.#cells[whole(style)] ?? NUMBER);
	}

	#formatOf(id: number): CellFormat {
		const code = this.#codes.get(id);
		if (code === undefined) return BUILT_IN_DATES.has(id) ? DATE : NUMBER;
		if (isDateFormat(code)) return DATE;
		return /^0{2,20}$/.test(code) ? { kind: 'digits', digits: code.length } : NUMBER;
	}
}

/** True for formats that show a day, month or year; times and durations alone show none. */
export function isDateFormat(code: string): boolean {
	const bare = code
		.replace(/"[^"]*"?/g, '')
		.replace(/\\./g, '')
		.replace(/[_*]./g, '')
		// Hours that go beyond a day, then colours, conditions and languages.
		.replace(/\[(h+|m+|s+)\]/gi, 's')
		.replace(/\[[^\]]*\]/g, '')
		.replace(/AM\/PM|A\/P/gi, '')
		.split(';')[0]!;
	if (/general|[#?0]/i.test(bare)) return false;
	return /[dy]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare));
}

function whole(text: string | undefined): number {
	return text !== undefined && /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : -1;
}
