import type { Decimal } from '#lib/money/decimal.ts';
import type { Sum, Total, Unconverted } from '#lib/slice/slice.ts';

/** What a Figure prints. A `Total` is one; a claim's amount or a formula's result is made into one. */
export type FigureValue = {
	/** Null where nothing is stated, which is not zero. */
	amount: Decimal | null;
	currency: string;
	/** The source's own reserve: `exact`, `at_least`, `at_most`, `approximate`. */
	qualifier?: string | null;
	/** Amounts without a rate to `currency`, as booked. The figure is never shown without them. */
	unconverted?: Unconverted[];
	notCounted?: Total['notCounted'];
	entries?: number;
};

/** What an entry amounts to in a slice; without a rate to its currency, what was booked. */
export function entryFigure(
	entry: { amount_in_slice: Decimal | null; booked_in_slice: Decimal; currency: string },
	currency: string
): FigureValue {
	const { amount_in_slice: amount, booked_in_slice: booked } = entry;
	return {
		amount,
		currency,
		unconverted: amount === null ? [{ currency: entry.currency, amount: booked, entries: 1 }] : []
	};
}

/** A row of a breakdown or a total's part as a figure's value. */
export function figureOf(sum: Sum, currency: string): FigureValue {
	return { amount: sum.amount, currency, unconverted: sum.unconverted, entries: sum.entries };
}
