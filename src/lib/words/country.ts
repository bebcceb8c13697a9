import { ISO_CODES, OTHER_NAMES, UN_NAMES } from './country-data.ts';

/** The languages that country names are kept in. */
export type CountryLocale = 'en' | 'fr' | 'ar';

const PAIRS = ISO_CODES.trim()
	.split(/\s+/)
	.map((word) => [word.slice(0, 3), word.slice(3)] as const);
const TO_ISO2 = new Map(PAIRS);
const TO_ISO3 = new Map(PAIRS.map(([iso3, iso2]) => [iso2, iso3]));

const displayNames = {
	en: new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }),
	fr: new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' }),
	ar: new Intl.DisplayNames(['ar'], { type: 'region', fallback: 'none' })
};

/** The ISO alpha-2 code of an alpha-3 one, or `null` where ISO has none (the map's undetermined areas). */
export const iso3To2 = (iso3: string): string | null => TO_ISO2.get(iso3.toUpperCase()) ?? null;

/** The ISO alpha-3 code of an alpha-2 one, or `null` for a code ISO does not know. */
export const iso2To3 = (iso2: string): string | null => TO_ISO3.get(iso2.toUpperCase()) ?? null;

/**
 * The United Nations short name of a country or area. An unknown code comes back as it is, so that
 * a source's own code never disappears from a page.
 */
export function countryName(iso2: string, locale: CountryLocale): string {
	const code = iso2.toUpperCase();
	const name = UN_NAMES[locale][code];
	if (name !== undefined) return name;
	return TO_ISO3.has(code) ? (displayNames[locale].of(code) ?? code) : iso2;
}

/** Folds case, accents, apostrophes and punctuation away, so that "Cote d'ivoire" finds Côte d’Ivoire. */
const fold = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/['’ʼ.]/g, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

let index: { iso2: string; names: string[] }[] | undefined;

/** Built at the first search, because pages that only print names need none of it. */
function searchIndex() {
	index ??= PAIRS.map(([iso3, iso2]) => ({
		iso2,
		names: [
			iso2,
			iso3,
			countryName(iso2, 'en'),
			countryName(iso2, 'fr'),
			countryName(iso2, 'ar'),
			displayNames.en.of(iso2) ?? iso2,
			displayNames.fr.of(iso2) ?? iso2,
			displayNames.ar.of(iso2) ?? iso2,
			...(OTHER_NAMES[iso2] ?? [])
		].map(fold)
	}));
	return index;
}

/**
 * Countries whose code or any name (English, French, Arabic, the runtime's everyday one, GLO.ACT's own) matches
 * a text, as ISO alpha-2 codes, best first: whole name or code, then start of the name, then start of a
 * word in it. Codes match only as a whole. An empty text finds nothing.
 */
export function listCountries(text: string): string[] {
	const wanted = fold(text);
	if (!wanted) return [];
	const rank = (names: string[]): number => {
		if (names.includes(wanted)) return 0;
		const spoken = names.slice(2);
		if (spoken.some((name) => name.startsWith(wanted))) return 1;
		return spoken.some((name) => name.includes(` ${wanted}`)) ? 2 : 3;
	};
	return searchIndex()
		.map(({ iso2, names }) => ({ iso2, rank: rank(names) }))
		.filter((match) => match.rank < 3)
		.sort((a, b) => a.rank - b.rank || (a.iso2 < b.iso2 ? -1 : 1))
		.map((match) => match.iso2);
}

/**
 * The one country that a text means: an ISO code, a whole name in any language of the site or a name that GLO.ACT
 * uses ("Kyrgyz Republic", "Lao PDR"), or the beginning of exactly one country's name. Else `null`.
 */
export function findCountry(text: string): string | null {
	const wanted = fold(text);
	const matches = listCountries(text);
	const whole = searchIndex().filter(({ names }) => names.includes(wanted));
	if (whole.length > 0) return whole[0]!.iso2;
	return matches.length === 1 ? matches[0]! : null;
}
