import type { Locale } from '#lib/paraglide/runtime.js';

type Text = (inputs: Record<string, never>, options: { locale?: Locale }) => string;
type Entry = readonly [label: Text, definition?: Text];

/** Labels and definitions of a fixed list; a code without an entry does not compile. */
export function glossary<Code extends string>(
	entries: Readonly<Record<Code, readonly [label: Text, definition: Text]>>
): { label: (code: Code, locale?: Locale) => string; definition: (code: Code, locale?: Locale) => string } {
	return {
		label: (code, locale) => entries[code][0]({}, { locale }),
		definition: (code, locale) => entries[code][1]({}, { locale })
	};
}

/**
 * Labels and definitions of a list that sources write and may extend. Case, blanks and hyphens do not matter ("EU grant"
 * is `eu_grant`). A code that is not known stands for itself and has no definition.
 */
export function openGlossary(entries: Readonly<Record<string, Entry>>): {
	label: (code: string, locale?: Locale) => string;
	definition: (code: string, locale?: Locale) => string | null;
} {
	const find = (code: string): Entry | undefined => {
		const known = code.trim().toLowerCase().replace(/[ -]/g, '_');
		return Object.hasOwn(entries, known) ? entries[known] : undefined;
	};
	return {
		label: (code, locale) => find(code)?.[0]({}, { locale }) ?? code,
		definition: (code, locale) => find(code)?.[1]?.({}, { locale }) ?? null
	};
}
