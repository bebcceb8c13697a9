import type { ColumnKind } from '#lib/words/entry-column.ts';

/** Numbers of the formats that the styles of a workbook name. */
export const STYLE = { head: 1, date: 2, decimal: 3, integer: 4 } as const;

/** Digits that a spreadsheet keeps of a number. It rounds the others away without a word. */
const EXACT_DIGITS = 15;
/** Characters that a cell holds. */
const MOST_CHARACTERS = 32_767;
const CUT = ' […]';

/**
 * A cell as XML; nothing for a blank one. A day is a date and an amount a number wherever the spreadsheet keeps it whole,
 * else the text of it: nothing is rounded. Text is text, whatever it begins with: nothing in it is ever a formula.
 */
export function writeCell(at: string, kind: ColumnKind, value: string | null): string {
	if (value === null || value === '') return '';
	if (kind === 'date') {
		const serial = serialOf(value);
		if (serial !== null) return `<c r="${at}" s="${STYLE.date}"><v>${serial}</v></c>`;
	} else if ((kind === 'decimal' || kind === 'integer') && isExact(value)) {
		return `<c r="${at}" s="${STYLE[kind]}"><v>${value}</v></c>`;
	}
	return writeText(at, value);
}

export function writeText(at: string, text: string, style?: number): string {
	const whole = text.length <= MOST_CHARACTERS ? text : cut(text);
	// Blanks inside are kept anyhow; said of every cell, it would be a fifth of the sheet.
	const space = /^\s|\s$/.test(whole) ? ' xml:space="preserve"' : '';
	return `<c r="${at}"${style === undefined ? '' : ` s="${style}"`} t="inlineStr"><is><t${space}>${escaped(whole)}</t></is></c>`;
}

function cut(text: string): string {
	const kept = text.slice(0, MOST_CHARACTERS - CUT.length);
	// Never half a character.
	return (/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept) + CUT;
}

/** Whether all digits of a decimal survive in a spreadsheet's number. */
export function isExact(decimal: string): boolean {
	if (!/^-?\d+(\.\d+)?$/.test(decimal)) return false;
	if (decimal.length <= EXACT_DIGITS) return true;
	const digits = decimal.replace(/^-/, '').replace('.', '').replace(/^0+/, '');
	const significant = decimal.includes('.') ? digits.replace(/0+$/, '') : digits;
	return significant.length <= EXACT_DIGITS;
}

const DAY_MILLISECONDS = 86_400_000;
/** Spreadsheets count from 1900 and believe that it had a 29 February: days are theirs and ours alike from March on. */
const FIRST_DAY = '1900-03-01';
const EPOCH_OFFSET = 25_569;

function serialOf(day: string): number | null {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < FIRST_DAY) return null;
	return Date.parse(`${day}T00:00:00Z`) / DAY_MILLISECONDS + EPOCH_OFFSET;
}

/**
 * Text inside XML. What XML cannot hold, or would change, is written as spreadsheets do (`_x000D_`), and text that looks
 * like such a writing as well, so that it reads back as it was.
 */
export function escaped(text: string): string {
	if (!/[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|_x[0-9a-f]{4}_/i.test(text)) return text;
	return text
		.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(
			/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
			(character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
		);
}
