import { divideUnitsHalfEven } from '#lib/money/scaled.ts';
import type { Decimal } from '#lib/money/decimal.ts';

/** A number as a workbook stores it: `text` with every digit, `decimal` to count with. */
export type StoredNumber = { text: string; decimal: Decimal; noise: boolean };

const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Digits that a spreadsheet shows and lets anyone type. It calculates with a few more, which are noise. */
const SHOWN_DIGITS = 15;
const BINARY_DIGITS = 17;

/**
 * Reads a stored number without ever making a float of it. A spreadsheet writes its binary numbers with up to 17 digits,
 * so that 0.1 + 0.2 stands as 0.30000000000000004 where every screen says 0.3: 16 or 17 digits are rounded to the 15
 * that the sheet itself shows, and marked as `noise`. More digits than that come from exact arithmetic and are kept.
 */
export function readStoredNumber(stored: string): StoredNumber | null {
	const match = SHAPE.exec(stored);
	if (!match || stored.length > 400) return null;
	const [, mark, whole = '', fraction = '', exponent = '0'] = match;
	if (whole === '' && fraction === '') return null;
	const digits = (whole + fraction).replace(/^0+/, '');
	if (digits === '') return { text: '0', decimal: '0', noise: false };
	const scale = fraction.length - Number.parseInt(exponent, 10);
	const sign = mark === '-' ? '-' : '';
	const text = sign + plain(digits, scale);
	const significant = digits.replace(/0+$/, '').length;
	if (significant <= SHOWN_DIGITS || significant > BINARY_DIGITS)
		return { text, decimal: text, noise: false };
	const surplus = digits.length - SHOWN_DIGITS;
	const rounded = divideUnitsHalfEven(BigInt(digits), 10n ** BigInt(surplus)).toString();
	return { text, decimal: sign + withoutZeros(plain(rounded, scale - surplus)), noise: true };
}

/** Digits times 10^-scale in plain notation. */
function plain(digits: string, scale: number): string {
	if (scale <= 0) return digits + '0'.repeat(-scale);
	const padded = digits.padStart(scale + 1, '0');
	return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function withoutZeros(number: string): string {
	return number.includes('.') ? number.replace(/\.?0+$/, '') : number;
}
