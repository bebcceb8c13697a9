import { getLocale } from '#lib/paraglide/runtime.js';

/** A text as a source gives it, and its language where that is not the page's. */
export type SourceText = { text: string; lang?: string };

/** Facts were read and written down in English; their words are marked so on pages in other languages. */
export const FACTS_LANGUAGE = 'en';

/** The text of a record by language that the reader understands best: the page's language, English, any. */
export function inLanguage(texts: Record<string, string>): SourceText {
	const locale = getLocale();
	if (texts[locale] !== undefined) return { text: texts[locale] };
	const [lang, text] = Object.entries(texts).find(([language]) => language === FACTS_LANGUAGE) ??
		Object.entries(texts)[0] ?? ['', ''];
	return { text, lang };
}
