import type { Decimal } from '#lib/money/decimal.ts';

/** One item of a population, as far as sampling looks at it. */
export type Item = {
	/** ISO day on which it begins; `infinity` where none is known. */
	day: string;
	/** What it is called on any machine: 64 hexadecimal digits. */
	key: string;
	/** In the currency of the slice; null without a rate to it. */
	amount: Decimal | null;
	/** Empty where nothing is stratified. */
	stratum: string;
};

/** The order of every population: by day, undated items last, and within a day by key. */
export function compareItems(a: Item, b: Item): number {
	return compareTexts(a.day, b.day) || compareTexts(a.key, b.key);
}

function compareTexts(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
