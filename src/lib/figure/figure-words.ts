import { formatExact, formatShort, formatWithCurrency } from '#lib/money/format.ts';
import { minorUnit } from '#lib/money/currency.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Counting, Unconverted } from '#lib/slice/slice.ts';
import type { FigureValue } from './figure-value.ts';

/** The two faces of an amount: one to read, one to copy. */
export type AmountWords = { short: string; exact: string; number: string };

/** Both faces of an amount, and its exact number without the currency for a column that names it above. */
export function amountWords(amount: string, currency: string): AmountWords {
	const locale = getLocale();
	return {
		short: formatShort(amount, currency, locale),
		exact: formatWithCurrency(amount, currency, locale),
		number: formatExact(amount, locale, minorUnit(currency))
	};
}

/** An amount in words with its source's reserve: "at least EUR 25 000". A reserve not known here stands as it was given. */
export function qualifiedWords(number: string, qualifier: string | null | undefined): string {
	switch (qualifier) {
		case null:
		case undefined:
		case '':
		case 'exact':
			return number;
		case 'at_least':
			return m.words_at_least({ number });
		case 'at_most':
			return m.words_at_most({ number });
		case 'approximate':
			return m.words_about({ number });
		default:
			return `${qualifier} ${number}`;
	}
}

/**
 * What stands beside an amount (or in its place, where nothing could be converted) for the entries without a rate:
 * "+ 2 amounts not converted: USD 12 000.00". Null where there are none.
 */
export function unconvertedWords(value: FigureValue): string | null {
	const unconverted = value.unconverted ?? [];
	if (unconverted.length === 0) return null;
	const count = unconverted.reduce((sum, part) => sum + part.entries, 0);
	const list = unconverted.map(bookedWords).join(m.words_slice_join());
	if (value.amount === null) {
		return count === 1 ? m.figure_only_unconverted_one({ list }) : m.figure_only_unconverted({ count, list });
	}
	return count === 1 ? m.figure_unconverted_one({ list }) : m.figure_unconverted({ count, list });
}

/** Why the counting rules leave an amount out. */
export function countingWords(reason: Counting): string {
	switch (reason) {
		case 'counted':
			return m.figure_counted();
		case 'internal_transfer':
			return m.figure_internal_transfer();
		case 'reported_by_children':
			return m.figure_reported_by_children();
		case 'secondary':
			return m.figure_secondary();
		case 'superseded_budget':
			return m.figure_superseded_budget();
	}
}

function bookedWords(part: Unconverted): string {
	return formatWithCurrency(part.amount, part.currency, getLocale());
}
