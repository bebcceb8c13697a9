import { NAMES } from './code-names-data.ts';

/** The lists whose codes have a short name of ours. Status, kinds, roles and organisation types have theirs in `words`. */
export type NamedCodeList = keyof typeof NAMES;

const PLACES = { en: 0, fr: 1, ar: 2 } as const;

/** Our short name of a code, or null where the list has no such code. */
export function codeName(list: NamedCodeList, code: string, locale: 'en' | 'fr' | 'ar'): string | null {
	const names: Record<string, readonly [string, string, string]> = NAMES[list];
	return names[code]?.[PLACES[locale]] ?? null;
}
