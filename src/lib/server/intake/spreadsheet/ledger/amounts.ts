import { isZero, negate, subtract, type Decimal } from '#lib/money/decimal.ts';
import { readNumber } from '../read-number.ts';
import type { RowCells } from './row-cells.ts';
import type { Tally } from './tally.ts';
import { sideOfWord } from './words.ts';

export const AMOUNT_FIELDS = ['amount', 'debit', 'credit'] as const;
export type AmountField = (typeof AMOUNT_FIELDS)[number];

/** What the amount columns of a row say: each as written, and what they come to, before the mapping's sign. */
export type RowAmount = {
	written: Partial<Record<AmountField, Decimal>>;
	amount: Decimal;
	currency: string | null;
};

/**
 * The amount of a row: its column, turned by a debit-or-credit column, or debit less credit. Null with a finding where
 * there is none; `currency` where the amount itself names one.
 */
export function readAmount(row: RowCells, tally: Tally): RowAmount | null {
	const written: RowAmount['written'] = {};
	let currency: string | null = null;
	for (const field of AMOUNT_FIELDS) {
		const read = readCell(row, field, tally);
		if (read === null) continue;
		written[field] = read.decimal;
		currency ??= read.currency;
	}
	if (row.refused) return null;
	const amount = written.amount ?? debitLessCredit(written);
	if (amount === null) {
		const field = row.layout.column('amount') === null ? 'debit' : 'amount';
		return row.refuse('amount-missing', field, 'no amount');
	}
	if (written.debit && written.credit && !isZero(written.debit) && !isZero(written.credit)) {
		row.note(
			'warning',
			'debit-and-credit',
			'debit',
			`${written.debit} and ${written.credit}`,
			'read as debit less credit'
		);
	}
	const turned = written.amount === undefined ? amount : bySide(row, amount);
	return turned === null ? null : { written, amount: turned, currency };
}

function debitLessCredit({ debit, credit }: RowAmount['written']): Decimal | null {
	if (debit === undefined && credit === undefined) return null;
	return subtract(debit ?? '0', credit ?? '0');
}

function bySide(row: RowCells, amount: Decimal): Decimal | null {
	const text = row.own('side');
	if (text === null) return amount;
	const side = sideOfWord(text);
	if (side === null) return row.refuse('unknown-code', 'side', `${text} is neither debit nor credit`);
	return side === 'credit' ? negate(amount) : amount;
}

function readCell(
	row: RowCells,
	field: AmountField,
	tally: Tally
): { decimal: Decimal; currency: string | null } | null {
	const cell = row.cell(field);
	if (cell === null) return null;
	if (cell.type === 'number') {
		if (cell.noise) {
			tally.add(
				'float-noise',
				row.placeOf(field),
				cell.text,
				`read as ${cell.decimal}, the 15 digits that the sheet shows`,
				field
			);
		}
		return { decimal: cell.decimal, currency: null };
	}
	const read = cell.type === 'text' ? readNumber(cell.text, row.layout.mapping.numberStyle) : null;
	return read ?? row.refuse('not-a-number', field, `${field}: ${cell.text.slice(0, 80)}`);
}
