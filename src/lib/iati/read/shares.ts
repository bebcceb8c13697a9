import type { Decimal } from '#lib/money/decimal.ts';
import { isCode } from '../code-lists.ts';
import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';
import { readText, type Texts } from './texts.ts';
import { readCode, readNumber, readVocabulary } from './values.ts';

/** One code with its vocabulary (`1` where the file names none) and, for other vocabularies, its text. */
export type VocabularyCode = { vocabulary: string; code: string; text: Texts | null };
/** A share in per cent; null where the file gives none. */
export type CodeShare = VocabularyCode & { percentage: Decimal | null };
export type CountryShare = { country: string; percentage: Decimal | null };

/** IATI's lists of the DAC: their codes need no text. */
const DAC = '1';
const DAC_CATEGORIES = '2';
const COUNTRY = /^[A-Z]{2}$/;

/** Sectors of an activity or a transaction, all vocabularies. */
export function readSectors(elements: readonly XmlElement[], scope: Scope): CodeShare[] {
	const sectors: CodeShare[] = [];
	for (const element of elements) {
		const code = readCode(element, scope);
		let vocabulary = readVocabulary(element, scope, 'SectorVocabulary');
		if (code === null) {
			scope.notes.warn('code-missing', element, 'a sector without a code', 'left out');
			continue;
		}
		if (vocabulary === DAC && !isCode('Sector', code) && isCode('SectorCategory', code)) {
			scope.notes.warn('sector-of-three-digits', element, code, 'read as a code of vocabulary 2', 'code');
			vocabulary = DAC_CATEGORIES;
		}
		sectors.push({
			vocabulary,
			code,
			text: vocabulary === DAC || vocabulary === DAC_CATEGORIES ? null : readText(element, scope),
			percentage: readNumber(element, scope, 'percentage')
		});
	}
	return sectors;
}

/**
 * Countries and regions. A country code that is a region's is read as one; one that is no code at all is left out with
 * a warning, and what it took stays unallocated.
 */
export function readPlaces(
	countryElements: readonly XmlElement[],
	regionElements: readonly XmlElement[],
	scope: Scope
): { countries: CountryShare[]; regions: CodeShare[] } {
	const countries: CountryShare[] = [];
	const regions: CodeShare[] = [];
	for (const element of countryElements) {
		const percentage = readNumber(element, scope, 'percentage');
		const place = readCountry(element, scope);
		if (place === null) continue;
		if ('country' in place) countries.push({ country: place.country, percentage });
		else regions.push({ vocabulary: DAC, code: place.region, text: null, percentage });
	}
	for (const element of regionElements) {
		const code = readCode(element, scope);
		if (code === null) {
			scope.notes.warn('code-missing', element, 'a region without a code', 'left out');
			continue;
		}
		const vocabulary = readCode(element, scope, 'vocabulary') ?? DAC;
		regions.push({
			vocabulary,
			code,
			text: vocabulary === DAC ? null : readText(element, scope),
			percentage: readNumber(element, scope, 'percentage')
		});
	}
	return { countries, regions };
}

function readCountry(element: XmlElement, scope: Scope): { country: string } | { region: string } | null {
	const code = readCode(element, scope);
	if (code === null) {
		scope.notes.warn('code-missing', element, 'a country without a code', 'left out');
		return null;
	}
	if (COUNTRY.test(code)) return { country: code };
	const capitals = code.toUpperCase();
	if (COUNTRY.test(capitals)) {
		scope.notes.warn('country-in-small-letters', element, code, `read as ${capitals}`, 'code');
		return { country: capitals };
	}
	if (isCode('Region', code)) {
		scope.notes.warn('region-as-country', element, code, 'read as a region', 'code');
		return { region: code };
	}
	scope.notes.warn('country-unknown', element, code, 'left out', 'code');
	return null;
}
