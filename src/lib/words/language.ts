import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';

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
