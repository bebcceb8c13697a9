import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { readChange, type Change, type ChangeKind } from '#lib/slice/change.ts';
import { isDay } from '#lib/slice/period.ts';
import { formatDay } from './date.ts';

const WORDS: Record<ChangeKind, typeof m.spending_change_added> = {
	known: m.spending_change_known,
	added: m.spending_change_added,
	replaced: m.spending_change_replaced,
	replacement: m.spending_change_replacement,
	withdrawn: m.spending_change_withdrawn
};

/** An earlier state of the books: "30 June 2017", "posting 7". */
export function sinceWords(since: string, locale: Locale = getLocale()): string {
	if (isDay(since)) return m.spending_since_day({ date: formatDay(since, locale) }, { locale });
	return m.spending_since_posting({ no: since }, { locale });
}

/** How entries stand to what was known earlier: "Added since 30 June 2017". */
export function changeWords(change: Change, locale: Locale = getLocale()): string {
	const read = readChange(change);
	return read === null ? change : WORDS[read.kind]({ since: sinceWords(read.since, locale) }, { locale });
}
