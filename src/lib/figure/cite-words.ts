import { formatPercent, formatPoints } from '#lib/money/format.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Nature } from '#lib/slice/slice.ts';
import type { FigureValue } from './figure-value.ts';
import { amountWords, qualifiedWords, unconvertedWords } from './figure-words.ts';

/** What a citation says a figure is: money with its currency, a part of a whole, or words. */
export type CitedValue =
	| ({ kind: 'money' } & FigureValue)
	| { kind: 'percent' | 'points'; value: Decimal | null }
	| { kind: 'words'; text: string };

/** A figure as a sentence quotes it: exact, never without what could not be converted, and marked where it is invented. */
export function citedWords(value: CitedValue, nature: Nature): string {
	const words = plainWords(value);
	return nature === 'demonstration' ? m.citation_invented({ value: words }) : words;
}

function plainWords(value: CitedValue): string {
	if (value.kind === 'words') return value.text;
	if (value.kind !== 'money') {
		if (value.value === null) return m.citation_not_published();
		return value.kind === 'percent' ? formatPercent(value.value) : formatPoints(value.value);
	}
	const unconverted = unconvertedWords(value);
	if (value.amount === null) return unconverted ?? m.citation_not_published();
	const amount = qualifiedWords(amountWords(value.amount, value.currency).exact, value.qualifier);
	return unconverted === null ? amount : `${amount} ${unconverted}`;
}
