import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	CODE_LISTS,
	codesOf,
	isCode,
	isWithdrawn,
	listFor,
	registrationAgencyOf
} from '#lib/iati/code-lists.ts';
import { codeName } from '#lib/iati/code-names.ts';
import { codeOfName, RENUMBERED_LISTS, upgradeCode, version1CodesOf } from '#lib/iati/version1.ts';

describe('code lists', () => {
	it('know codes in use and codes withdrawn, and tell them apart', () => {
		expect(isCode('TransactionType', '13')).toBe(true);
		expect(isCode('TransactionType', '14')).toBe(false);
		expect(isCode('TransactionType', 'D')).toBe(false);
		expect(isCode('Sector', '15190')).toBe(true);
		expect(isCode('Currency', 'MRO') && isWithdrawn('Currency', 'MRO')).toBe(true);
		expect(isWithdrawn('Currency', 'MRU')).toBe(false);
		expect(isWithdrawn('Currency', 'ABC')).toBe(false);
		expect(isCode('FileFormat', 'application/pdf')).toBe(true);
	});

	it('know Kosovo', () => expect(isCode('Country', 'XK')).toBe(true));

	it('compare codes as they stand', () => {
		expect(isCode('Country', 'ml')).toBe(false);
		expect(isCode('Country', '')).toBe(false);
		expect(isCode('Country', ' ML')).toBe(false);
	});

	it('name each code once, and no code with a blank', () => {
		for (const list of CODE_LISTS) {
			const codes = codesOf(list);
			expect(codes.length, list).toBeGreaterThan(0);
			expect(new Set(codes).size, list).toBe(codes.length);
			expect(codes.every((code) => isCode(list, code) && !/\s/.test(code))).toBe(true);
		}
	});
});

describe('the list for a place in a file', () => {
	it.each([
		['//iati-activity/transaction/transaction-type/@code', undefined, 'TransactionType'],
		['iati-activity/@default-currency', null, 'Currency'],
		['/iati-activities/iati-activity/recipient-country/@code', undefined, 'Country'],
		['//iati-activity/sector/@code', undefined, 'Sector'],
		['//iati-activity/sector/@code', '1', 'Sector'],
		['//iati-activity/sector/@code', '2', 'SectorCategory'],
		['//iati-activity/transaction/sector/@code', '7', 'UNSDG-Goals'],
		['//iati-activity/sector/@code', '99', null],
		['//iati-activity/tag/@code', '3', 'UNSDG-Targets'],
		['//iati-activity/tag/@code', undefined, null],
		['//iati-activity/default-aid-type/@code', '4', 'CashandVoucherModalities'],
		['//iati-activity/location/administrative/@code', 'A4', 'Country'],
		['//iati-activity/location/administrative/@code', undefined, null],
		['//iati-activity/crs-add/channel-code/text()', undefined, 'CRSChannelCode'],
		['//iati-activity/title/narrative/@xml:lang', undefined, 'Language'],
		['//iati-activities/@version', undefined, 'Version'],
		['/iati-organisations/iati-organisation/total-budget/value/@currency', undefined, 'Currency'],
		['//iati-activity/reporting-org/@ref', undefined, null],
		['nowhere', undefined, null]
	] as const)('%s with vocabulary %s: %s', (path, vocabulary, list) => {
		expect(listFor(path, vocabulary)).toBe(list);
	});
});

describe('registration agencies', () => {
	it.each([
		['XM-DAC-41128', 'XM-DAC'],
		['XI-IATI-EC_NEAR', 'XI-IATI'],
		['GB-COH-03877777', 'GB-COH'],
		['GB-COH-', null],
		['GB-COH', null],
		['41128', null],
		['ZZ-ABC-1', null],
		['', null]
	])('%j begins with %j', (id, agency) => {
		expect(registrationAgencyOf(id)).toBe(agency);
	});
});

describe('version 1', () => {
	it.each([
		['TransactionType', 'IF', '1'],
		['TransactionType', 'CG', '10'],
		['TransactionType', 'd', '3'],
		['TransactionType', '3', null],
		['TransactionType', 'constructor', null],
		['ActivityDateType', 'START-ACTUAL', '2'],
		['ActivityDateType', 'end-planned', '3'],
		['ActivityDateType', 'start', null],
		['OrganisationRole', 'implementing', '4'],
		['SectorVocabulary', 'DAC-3', '2'],
		['SectorVocabulary', 'WB', null],
		['PolicyMarkerVocabulary', 'RO', '99'],
		['GeographicVocabulary', 'GEO', 'G1']
	] as const)('%s %s is now %s', (list, old, code) => {
		expect(upgradeCode(list, old)).toBe(code);
	});

	it('leads to codes that version 2.03 knows', () => {
		for (const list of RENUMBERED_LISTS)
			for (const old of version1CodesOf(list)) expect(isCode(list, upgradeCode(list, old)!)).toBe(true);
	});

	it('reads names that stand where codes should', () => {
		expect(codeOfName('BudgetType', 'Revised')).toBe('2');
		expect(codeOfName('ResultType', 'output')).toBe('1');
		expect(codeOfName('OrganisationType', ' Multilateral ')).toBe('40');
		expect(codeOfName('BudgetType', '2')).toBeNull();
	});
});

describe('names of codes', () => {
	it.each(['DocumentCategory', 'PolicyMarker', 'SectorCategory'] as const)(
		'%s has one for each code in each language',
		(list) => {
			for (const code of codesOf(list)) {
				expect(codeName(list, code, 'en'), code).toMatch(/\p{L}{3}/u);
				expect(codeName(list, code, 'fr'), code).toMatch(/\p{L}{3}/u);
				expect(codeName(list, code, 'ar'), code).toMatch(/\p{Script=Arabic}{3}/u);
			}
			expect(codeName(list, 'none', 'en')).toBeNull();
		}
	);
});

// The lists themselves are not part of the project; where they lie beside the checkout every list is compared.
const source = '../shared/iati/codelists';
describe.runIf(existsSync(source))('compared with the published lists', () => {
	type Item = { code: string; status?: string };
	const FOLDERS = ['embedded-2.03', 'nonembedded'];
	const itemsIn = (folder: string, list: string): Item[] =>
		(JSON.parse(readFileSync(`${source}/${folder}/json/${list}.json`, 'utf8')) as { items: Item[] }).items;
	const itemsOf = (list: string) =>
		itemsIn(
			FOLDERS.find((folder) => existsSync(`${source}/${folder}/json/${list}.json`))!,
			list
		);
	// Read by the test: what a block says is run also where it is skipped.
	const readListed = () =>
		readFileSync(`${source}/codelists.csv`, 'utf8')
			.split('\n')
			.map((line) => line.split(','))
			.filter(([, kind, version]) => (kind === 'embedded' && version === '2.03') || kind === 'nonembedded')
			.map(([name]) => name!);

	it('has every list and no other', () => {
		expect([...CODE_LISTS].sort()).toEqual(readListed().toSorted());
	});

	it.each(CODE_LISTS)('%s has the same codes, withdrawn ones told apart', (list) => {
		const items = itemsOf(list);
		expect(codesOf(list).sort()).toEqual([...new Set(items.map(({ code }) => code))].sort());
		for (const { code, status } of items) expect(isWithdrawn(list, code)).toBe(status === 'withdrawn');
	});

	it('applies each list where the mapping table says', () => {
		const table = readFileSync(`${source}/embedded-2.03/mapping.xml`, 'utf8');
		const rows = [...table.matchAll(/<mapping>(.*?)<\/mapping>/gs)].map(([, row]) => ({
			path: /<path>(.*)<\/path>/.exec(row!)![1]!,
			list: /ref="(.*?)"/.exec(row!)![1]!,
			vocabulary: /@vocabulary = '(\w+)'/.exec(row!)?.[1],
			orNone: row!.includes('not(@vocabulary)')
		}));
		expect(rows.length).toBeGreaterThan(100);
		for (const { path, list, vocabulary, orNone } of rows) {
			expect(listFor(path, vocabulary), path).toBe(list);
			if (vocabulary !== undefined) expect(listFor(path) === list, path).toBe(orNone);
		}
	});

	it('upgrades every code of version 1.05 that has a successor', () => {
		const old = (list: string) => itemsIn('embedded-1.05', list).map(({ code }) => code);
		for (const list of ['TransactionType', 'ActivityDateType', 'OrganisationRole'] as const)
			expect(version1CodesOf(list).sort()).toEqual(old(list).sort());
		const dropped = ['ISO', 'WB'];
		expect([...version1CodesOf('SectorVocabulary'), ...dropped].sort()).toEqual(old('Vocabulary').sort());
		expect([...version1CodesOf('GeographicVocabulary'), 'NGA'].sort()).toEqual(old('GazetteerAgency').sort());
		expect(old('AidTypeFlag').sort()).toEqual(codesOf('CRSAddOtherFlags').sort());
	});
});
