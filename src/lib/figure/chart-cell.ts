import type { Cell } from '#lib/chart/chart-data.ts';
import type { FigureValue } from './figure-value.ts';
import { amountWords, unconvertedWords } from './figure-words.ts';
import type { Origin } from './origin.ts';

/**
 * An amount of money as a chart draws and speaks it and as its table prints it, which is a Figure. Amounts that could not be
 * converted stand beside it in words; where there is no amount at all, `missing` says why.
 * @param proof makes the address of the origin's proof, for the marks of the picture
 */
export function moneyCell(
	value: FigureValue | null,
	origin: Origin,
	proof: (origin: Origin) => string,
	missing: string
): Cell {
	if (value === null) return { missing };
	const unconverted = unconvertedWords(value);
	if (value.amount === null) return { missing: unconverted ?? missing };
	const { short, exact } = amountWords(value.amount, value.currency);
	return {
		value: value.amount,
		label: short,
		exact: unconverted === null ? exact : `${exact} ${unconverted}`,
		href: proof(origin),
		figure: { value, origin }
	};
}
