import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countryName, findCountry, iso2To3, iso3To2, listCountries } from '#lib/words/country.ts';

const PROGRAMME = ['BR', 'BY', 'CO', 'EG', 'KG', 'LA', 'MA', 'ML', 'NE', 'NP', 'PK', 'UA', 'ZA'];

describe('country names', () => {
	it('are the United Nations short names, in English, French and Arabic', () => {
		expect(countryName('KG', 'en')).toBe('Kyrgyzstan');
		expect(countryName('KG', 'fr')).toBe('Kirghizistan');
		expect(countryName('LA', 'en')).toBe("Lao People's Democratic Republic");
		expect(countryName('LA', 'fr')).toBe('République démocratique populaire lao');
		expect(countryName('BY', 'fr')).toBe('Bélarus');
		expect(countryName('LA', 'ar')).toBe('جمهورية لاو الديمقراطية الشعبية');
		expect(countryName('ML', 'ar')).toBe('مالي');
		expect(countryName('PS', 'en')).toBe('State of Palestine');
		expect(countryName('ml', 'en')).toBe('Mali');
	});

	it('know the one code of the IATI list that is no country of ISO', () => {
		expect(countryName('XK', 'en')).toBe('Kosovo (Security Council resolution 1244)');
	});

	it('give back a code that ISO does not know, unchanged', () => {
		expect(countryName('QX', 'en')).toBe('QX');
		expect(countryName('88', 'fr')).toBe('88');
	});

	it('exist in every language for every ISO code, none of them a bare code', () => {
		for (const first of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
			for (const second of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
				if (!iso2To3(first + second)) continue;
				expect(countryName(first + second, 'en')).toMatch(/\p{L}{3}/u);
				expect(countryName(first + second, 'fr')).toMatch(/\p{L}{3}/u);
				expect(countryName(first + second, 'ar')).toMatch(/\p{Script=Arabic}{3}/u);
			}
	});
});

describe('country codes', () => {
	it('go both ways for the programme countries', () => {
		for (const iso2 of PROGRAMME) expect(iso3To2(iso2To3(iso2)!)).toBe(iso2);
		expect(iso2To3('ML')).toBe('MLI');
		expect(iso3To2('zaf')).toBe('ZA');
	});

	it('are null for what ISO does not know', () => {
		expect(iso3To2('XJK')).toBeNull();
		expect(iso2To3('ZZ')).toBeNull();
	});
});

describe('finding a country', () => {
	it.each([
		['Kyrgyz Republic', 'KG'],
		['Lao PDR', 'LA'],
		['laos', 'LA'],
		['MLI', 'ML'],
		['ml', 'ML'],
		['cote d’ivoire', 'CI'],
		['COTE D IVOIRE', null],
		["Cote d'Ivoire", 'CI'],
		['Afrique du Sud', 'ZA'],
		['bresil', 'BR'],
		['Viet Nam', 'VN'],
		['Ukrai', 'UA'],
		['مصر', 'EG'],
		['أوكرانيا', 'UA'],
		['Niger', 'NE'],
		['Guinea', 'GN'],
		['Cong', null],
		['', null],
		['Atlantis', null]
	])('reads %j as %j', (text, code) => {
		expect(findCountry(text)).toBe(code);
	});

	it('lists whole names before beginnings and beginnings before words', () => {
		expect(listCountries('niger')).toEqual(['NE', 'NG']);
		expect(listCountries('korea')[0]).toMatch(/K[PR]/);
		expect(listCountries('africa')).toEqual(['CF', 'ZA']);
		expect(listCountries('  ')).toEqual([]);
	});
});

// The reference list is not part of the project; where it lies beside the checkout every member is compared.
const reference = '../shared/data/geo/country-names-six-languages.json';
describe.runIf(existsSync(reference))('compared with the reference list of the 193 members', () => {
	type Row = { iso2: string; unMember: boolean; en: string; fr: string; ar: string };
	// Read by the tests: what a block says is run also where it is skipped.
	const readMembers = () =>
		Object.values(
			(JSON.parse(readFileSync(reference, 'utf8')) as { countries: Record<string, Row> }).countries
		).filter((row) => row.unMember);
	const plain = (text: string) => text.replace(/[’ʼ]/g, "'").replaceAll('_', '-');
	// The list is behind the UN's own terminology in these two English names.
	const NEWER: Record<string, string> = { CI: "Côte d'Ivoire", NL: 'Netherlands (Kingdom of the)' };

	it('has 193 members', () => expect(readMembers()).toHaveLength(193));
	it.each(['en', 'fr', 'ar'] as const)('agrees on every name in %s', (locale) => {
		for (const row of readMembers()) {
			const expected = (locale === 'en' && NEWER[row.iso2]) || row[locale];
			expect(plain(countryName(row.iso2, locale)), row.iso2).toBe(plain(expected));
		}
	});
});
