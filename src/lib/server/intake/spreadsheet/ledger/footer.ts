import type { Decimal } from '#lib/money/decimal.ts';
import { fold } from '#lib/words/fold.ts';
import { cellAt, columnLetters, type Cell } from '../cell.ts';
import { BALANCE_WORDS, TOTAL_WORDS } from '../header-words.ts';
import { foldHeader } from '../headers.ts';
import { readDate } from '../read-date.ts';
import { readNumber } from '../read-number.ts';
import { AMOUNT_FIELDS, type AmountField } from './amounts.ts';
import type { RowCells } from './row-cells.ts';
import type { LedgerSums } from './sums.ts';

/** A row that states a total: what it calls it, and what stands in the columns of amounts. */
export type Footer = { label: string; stated: { field: AmountField; value: Decimal }[] };

/**
 * What a row is. `blank`: neither amount nor date, such as the title of a section. `unexplained`: amounts with nothing
 * beside them that are not what the rows add up to, which may be a total that is wrong.
 */
export type RowNature =
	{ is: 'movement' | 'balance' | 'blank' | 'unexplained' } | { is: 'total'; footer: Footer };

/**
 * Tells movements from rows that state a total, carry a balance or head a section. A row with a date is a movement,
 * whatever its words; without one it is a total when it begins with such a word, when it names a heading and has nothing but
 * amounts beside it, or when its amounts alone are exactly what the rows add up to.
 */
export function natureOf(row: RowCells, sums: LedgerSums): RowNature {
	const words = row.row.cells.filter((cell) => cell.type === 'text' && !isAmount(row, cell));
	const first = words[0]?.text.trim() ?? '';
	if (words.some(({ text }) => text.length < 80 && BALANCE_WORDS.test(fold(text)))) return { is: 'balance' };
	if (isDated(row)) return { is: 'movement' };
	const stated = AMOUNT_FIELDS.flatMap((field) => {
		const value = amountIn(row, field);
		return value === null ? [] : [{ field, value }];
	});
	const total = words.find(({ text }) => text.length < 120 && TOTAL_WORDS.test(fold(text)));
	if (total !== undefined && isAlone(row, total, words)) {
		// In a column that is not read the rest of the words may be a person's name.
		const label = row.layout.isRead(total.column) ? total.text.trim() : '';
		return stated.length === 0 ? { is: 'blank' } : { is: 'total', footer: { label, stated } };
	}
	if (stated.length === 0)
		return { is: hasReference(row, first) || hasAmountCell(row) ? 'movement' : 'blank' };
	const isBare = row.row.cells.every((cell) => isAmount(row, cell) || cell === words[0]);
	const namesHeading =
		words.length === 1 && sums.headings.has(foldHeader(row.layout.translated('heading', first)));
	if (isBare && namesHeading) return { is: 'total', footer: { label: first, stated } };
	if (isBare && words.length === 0)
		return addsUp(stated, sums) ? { is: 'total', footer: { label: '', stated } } : { is: 'unexplained' };
	return { is: 'movement' };
}

/**
 * Whether the words of a total have beside them only what a total's row has. Where rows have dates, having none tells it
 * from a movement; where they have none, any other word makes it one: "Total Energies, fuel" of the heading travel.
 */
function isAlone(row: RowCells, total: Cell, words: readonly Cell[]): boolean {
	if (row.layout.column('date') !== null) return !hasReference(row, total.text.trim());
	return words.every(({ column }) => column === total.column || column === row.layout.column('currency'));
}

function addsUp(stated: Footer['stated'], { overall, segment }: LedgerSums): boolean {
	return (
		overall.columns.amount.count > 1 &&
		stated.every(({ field, value }) =>
			[overall, segment].some(({ columns }) => sameValue(columns[field].value(), value))
		)
	);
}

/** True for amounts that are equal whatever their zeros: `1.5` and `1.50`. */
export function sameValue(a: Decimal, b: Decimal): boolean {
	const bare = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
	return bare(a) === bare(b);
}

function isAmount(row: RowCells, cell: Cell): boolean {
	return AMOUNT_FIELDS.some((field) => row.layout.column(field) === cell.column);
}

function hasAmountCell(row: RowCells): boolean {
	return row.row.cells.some((cell) => isAmount(row, cell));
}

function isDated(row: RowCells): boolean {
	const column = row.layout.column('date');
	const cell = column === null ? null : cellAt(row.row, column);
	if (cell === null) return false;
	return cell.type !== 'text' || readDate(cell.text, row.layout.mapping.dateStyle) !== null;
}

function hasReference(row: RowCells, label: string): boolean {
	const column = row.layout.column('reference');
	const text = column === null ? '' : (cellAt(row.row, column)?.text.trim() ?? '');
	return text !== '' && text !== label;
}

/** The amount as the total's row writes it; null where there is none or nothing that is a number. */
function amountIn(row: RowCells, field: AmountField): Decimal | null {
	const column = row.layout.column(field);
	const cell = column === null ? null : cellAt(row.row, column);
	if (cell?.type === 'number') return cell.decimal;
	if (cell?.type !== 'text') return null;
	return readNumber(cell.text, row.layout.mapping.numberStyle)?.decimal ?? null;
}

/** Where a total stands: `row 120 column H`. */
export function cellName(row: RowCells, field: AmountField): string {
	const column = row.layout.column(field);
	return `row ${row.row.row}${column === null ? '' : ` column ${columnLetters(column)}`}`;
}
