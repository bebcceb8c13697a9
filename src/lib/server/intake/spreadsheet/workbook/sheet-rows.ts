import type { XmlEvent } from '#lib/iati/xml.ts';
import type { Finding } from '../../record.ts';
import { columnNumber, placeOf, type Cell, type CellValue, type SheetRow } from '../cell.ts';
import { LONGEST_CELL, MOST_COLUMNS, MOST_ROWS } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { OpenCell, type SheetSetting } from './sheet-cells.ts';

/** Rows of one sheet, from the events of its part. Rows and cells that run backwards or off the sheet make it unreadable. */
export class SheetRows {
	readonly #fileName: string;
	readonly #sheet: string;
	readonly #setting: SheetSetting;
	#inData = false;
	#row = 0;
	#hidden = false;
	#column = 0;
	#cells: Cell[] = [];
	#cell: OpenCell | null = null;
	#refusal: Finding | null = null;
	#made: (SheetRow | Finding)[] = [];
	/** Characters of all cells so far, for the caller to limit. */
	characters = 0;
	/** Whether a formula asks another program for its value. */
	asksPrograms = false;

	constructor(fileName: string, sheet: string, setting: SheetSetting) {
		this.#fileName = fileName;
		this.#sheet = sheet;
		this.#setting = setting;
	}

	/** Rows that are whole with these events. */
	take(events: readonly XmlEvent[]): (SheetRow | Finding)[] {
		for (const event of events) {
			if (event.kind === 'open') this.#open(event);
			else if (event.kind === 'close') this.#close(event);
			else if (event.kind === 'text') this.#cell?.take(event);
		}
		return this.#made.splice(0);
	}

	#open(event: Extract<XmlEvent, { kind: 'open' }>): void {
		if (this.#cell !== null) this.#cell.take(event);
		else if (event.name === 'sheetData') this.#inData = true;
		else if (!this.#inData) return;
		else if (event.name === 'row') {
			const row = event.attributes.r === undefined ? this.#row + 1 : wholeNumber(event.attributes.r);
			if (row > MOST_ROWS) throw this.#malformed('sheet-too-large', `a row ${event.attributes.r ?? row}`);
			if (row <= this.#row)
				throw this.#malformed('sheet-malformed', `row ${event.attributes.r} after row ${this.#row}`);
			this.#row = row;
			this.#hidden = event.attributes.hidden === '1' || event.attributes.hidden === 'true';
			this.#column = 0;
		} else if (event.name === 'c') {
			const letters = event.attributes.r?.replace(/\d+$/, '');
			const column = letters === undefined ? this.#column + 1 : (columnNumber(letters) ?? 0);
			if (column > MOST_COLUMNS) throw this.#malformed('sheet-too-large', `a column ${letters ?? column}`);
			if (column <= this.#column)
				throw this.#malformed('sheet-malformed', `cell ${event.attributes.r} out of its order`);
			this.#column = column;
			this.#cell = new OpenCell(event.attributes);
		}
	}

	#close(event: Extract<XmlEvent, { kind: 'close' }>): void {
		if (event.name === 'c' && this.#cell !== null) {
			this.#endCell(this.#cell);
			this.#cell = null;
		} else if (this.#cell !== null) this.#cell.take(event);
		else if (event.name === 'row' && this.#inData) this.#endRow();
		else if (event.name === 'sheetData') this.#inData = false;
	}

	#endCell(cell: OpenCell): void {
		const value = cell.toValue(this.#setting);
		if (cell.formula?.includes('|')) this.asksPrograms = true;
		if (value === null) return;
		this.characters += value.text.length;
		this.#refusal ??= this.#unusable(value);
		this.#cells.push({ ...value, column: this.#column, ...(cell.formula === null ? {} : { formula: true }) });
	}

	#endRow(): void {
		if (this.#refusal !== null) this.#made.push(this.#refusal);
		else if (this.#cells.length > 0) {
			this.#made.push({
				kind: 'row',
				sheet: this.#sheet,
				row: this.#row,
				cells: this.#cells,
				...(this.#hidden ? { hidden: true } : {})
			});
		}
		this.#cells = [];
		this.#refusal = null;
	}

	#unusable({ text }: CellValue): Finding | null {
		const refused = (rule: string, read: string): Finding => ({
			kind: 'finding',
			severity: 'error',
			rule,
			place: placeOf(this.#fileName, this.#sheet, this.#row, this.#column),
			read,
			done: 'row not read'
		});
		if (text.length > LONGEST_CELL) return refused('cell-too-long', `more than ${LONGEST_CELL} characters`);
		if (text.includes('\0') || !text.isWellFormed())
			return refused('character-unusable', 'a character that is no text');
		return null;
	}

	#malformed(rule: string, read: string): Unreadable {
		return new Unreadable(rule, read, placeOf(this.#fileName, this.#sheet));
	}
}

/** Zero for what is no row number; too long a one is over every limit. */
function wholeNumber(text: string): number {
	return /^\d+$/.test(text) ? Number.parseInt(text.slice(0, 12), 10) : 0;
}
