import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';

/** Languages that reports are set in. Arabic is not: no letters of it come with the reports' typeface. */
export const REPORT_LANGUAGES = ['en', 'fr'] as const satisfies readonly Locale[];
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

const names = new Map<Locale, Intl.DisplayNames>();

/** What a language is called, by its ISO 639 or BCP 47 code; a code that is none stands for itself. */
export function languageName(code: string, locale: Locale = getLocale()): string {
	let display = names.get(locale);
	if (!display) names.set(locale, (display = new Intl.DisplayNames([locale], { type: 'language' })));
	try {
		return display.of(code) ?? code;
	} catch {
		return code;
	}
}
