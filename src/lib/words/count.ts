import { m } from '#lib/paraglide/messages.js';
import { writeDigits } from '#lib/money/digits.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';

/** A whole number of things: `12 345`. Throws RangeError for a fraction or beyond exact whole numbers. */
export function formatCount(count: number | bigint | string, locale: Locale = getLocale()): string {
	const text = typeof count === 'number' && !Number.isSafeInteger(count) ? '' : String(count);
	if (!/^-?[0-9]+$/.test(text)) throw new RangeError(`Not a whole number: ${String(count)}`);
	return writeDigits(BigInt(text).toString(), locale);
}

/** A number of activities with its word: "1 activity", "1 234 activities". */
export function formatActivities(activities: number, locale: Locale = getLocale()): string {
	if (activities === 1) return m.words_activities_one({}, { locale });
	return m.words_activities({ count: formatCount(activities, locale) }, { locale });
}

/** A count no more exact than its source: "at least 25", "about 40", "25". */
export function formatQualified(
	count: number | bigint | string,
	qualifier: string | null,
	locale: Locale = getLocale()
): string {
	const number = formatCount(count, locale);
	if (qualifier === 'at_least') return m.words_at_least({ number }, { locale });
	if (qualifier === 'at_most') return m.words_at_most({ number }, { locale });
	if (qualifier === 'approximate') return m.words_about({ number }, { locale });
	return number;
}

/** A file's size to read: "3.1 MB" ("3,1 Mo" in French); its exact bytes stand elsewhere. */
export function formatBytes(bytes: string, locale: Locale = getLocale()): string {
	const size = Number(bytes);
	const power = size < 1000 ? 0 : size < 1_000_000 ? 1 : size < 1_000_000_000 ? 2 : 3;
	const unit = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const)[power]!;
	return new Intl.NumberFormat(locale, {
		style: 'unit',
		unit,
		unitDisplay: power === 0 ? 'long' : 'short',
		maximumFractionDigits: power < 2 ? 0 : 1
	}).format(size / 1000 ** power);
}
