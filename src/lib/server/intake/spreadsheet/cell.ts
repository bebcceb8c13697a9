import type { Decimal } from '#lib/money/decimal.ts';
import type { DateSystem } from './serial-day.ts';

/**
 * What one cell holds; blank cells are not in a row. `text` is what a reader of the sheet would copy out of it: numbers
 * in plain notation with every stored digit, days as ISO, errors as `#REF!`.
 */
export type CellValue =
	| { type: 'text'; text: string }
	/** `decimal` is what is counted with; it differs from `text` only where `noise` says why. */
	| { type: 'number'; text: string; decimal: Decimal; noise: boolean }
	/** A number shown as a date. `day` is null, and `text` the number, for days that don't exist (0, 29 February 1900). */
	| { type: 'date'; text: string; day: string | null }
	| { type: 'boolean'; text: 'TRUE' | 'FALSE' }
	| { type: 'error'; text: string }
	/** A formula that the workbook holds without its result. `text` is the formula; nothing is ever evaluated. */
	| { type: 'unsolved'; text: string };

/** A cell and where it stands: columns count from 1. `formula` marks a value that a formula made. */
export type Cell = CellValue & { column: number; formula?: true };

/** A row with something in it; rows count from 1 as a spreadsheet shows them, cells from left to right. */
export type SheetRow = {
	kind: 'row';
	/** Name of the sheet; empty for a text file, which has none. */
	sheet: string;
	row: number;
	cells: Cell[];
	hidden?: true;
};

/** The beginning of a sheet. Sheets come in the order of the workbook, each before its rows. */
export type SheetStart = { kind: 'sheet'; name: string; hidden: boolean; dates: DateSystem };

/** The letters a spreadsheet shows for a column: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
	let letters = '';
	for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
		letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
	}
	return letters;
}

/** The number of a column from its letters; null for anything that is no column of a sheet. */
export function columnNumber(letters: string): number | null {
	if (!/^[A-Z]{1,3}$/.test(letters)) return null;
	let column = 0;
	for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64);
	return column;
}

/** A place as findings name it: `report.xlsx sheet Ledger row 17 column F`; a text file has no sheet. */
export function placeOf(fileName: string, sheet: string, row?: number, column?: number): string {
	return [
		fileName,
		...(sheet === '' ? [] : [`sheet ${sheet}`]),
		...(row === undefined ? [] : [`row ${row}`]),
		...(column === undefined ? [] : [`column ${columnLetters(column)}`])
	].join(' ');
}

/** The cell of a column, or null where it is blank. */
export function cellAt(row: { cells: readonly Cell[] }, column: number): Cell | null {
	return row.cells.find((cell) => cell.column === column) ?? null;
}

/** The same row without the columns that must not be seen: what is masked is never kept, shown or quoted. */
export function withoutColumns(row: SheetRow, masked: readonly number[]): SheetRow {
	if (masked.length === 0) return row;
	return { ...row, cells: row.cells.filter((cell) => !masked.includes(cell.column)) };
}
