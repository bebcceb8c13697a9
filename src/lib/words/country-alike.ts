import { locales } from '#lib/paraglide/runtime.js';
import { countryName, iso3To2 } from './country.ts';
import { ISO_CODES, OTHER_NAMES } from './country-data.ts';
import { fold } from './fold.ts';
import { likeness } from './likeness.ts';

/** "Columbia" is 0.88 like Colombia and "Marroco" 0.71 like Maroc; below this other countries come in. */
const LEAST_LIKENESS = 0.66;
/** A name of three letters is like dozens of others. */
const SHORTEST = 4;
/** Less like than this part of the likest one is not what was meant. */
const NEAR_BEST = 0.85;

let index: { iso2: string; names: string[] }[] | undefined;

/** Built at the first misspelt name. */
function names() {
	index ??= ISO_CODES.trim()
		.split(/\s+/)
		.flatMap((word) => iso3To2(word.slice(0, 3)) ?? [])
		.map((iso2) => ({
			iso2,
			names: [
				...new Set(
					[...locales.map((locale) => countryName(iso2, locale)), ...(OTHER_NAMES[iso2] ?? [])].map(fold)
				)
			]
		}));
	return index;
}

/** Countries whose name in any language of the site a misspelt text may mean, as ISO alpha-2 codes, the most alike first. */
export function listAlikeCountries(
	text: string,
	most: number,
	least = LEAST_LIKENESS
): { iso2: string; likeness: number }[] {
	const wanted = fold(text);
	if (wanted.length < SHORTEST) return [];
	const alike = names()
		.map(({ iso2, names: of }) => ({
			iso2,
			likeness: Math.max(...of.map((name) => (isNear(wanted, name, least) ? likeness(wanted, name) : 0)))
		}))
		.filter((match) => match.likeness >= least)
		.sort((a, b) => b.likeness - a.likeness || (a.iso2 < b.iso2 ? -1 : 1));
	const best = alike[0]?.likeness ?? 0;
	return alike.filter((match) => match.likeness >= NEAR_BEST * best).slice(0, most);
}

/** Names whose lengths alone make them unlike need not be compared. */
const isNear = (a: string, b: string, least: number): boolean =>
	Math.min(a.length, b.length) >= least * Math.max(a.length, b.length);
