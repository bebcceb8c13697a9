import { describe, expect, it } from 'vitest';
import { checkActivity, checkOrganisation } from '#lib/iati/rules/check.ts';
import { fragment } from '../support/xml-fragment.ts';

type Said = { id: string; read: string; path: string; message: string; further: number };

function said(xml: string, version = '2.03'): Said[] {
	const root = fragment(xml);
	const check = root.name === 'iati-organisation' ? checkOrganisation : checkActivity;
	return check(root, { today: '2026-11-24', version })
		.filter(({ id }) => id.startsWith('code-'))
		.map(({ id, read, path, message, further }) => ({ id, read, path, message, further }));
}

const inActivity = (inside: string, version?: string) =>
	said(`<iati-activity>${inside}</iati-activity>`, version);

describe('codes', () => {
	it.each([
		['<activity-status code="99"/>', 'ActivityStatus', '99'],
		['<sector vocabulary="1" code="99999"/>', 'Sector', '99999'],
		['<sector code="99999"/>', 'Sector', '99999'],
		['<sector vocabulary="77" code="1"/>', 'SectorVocabulary', '77'],
		['<recipient-country code="ZZ"/>', 'Country', 'ZZ'],
		['<recipient-country code="iq"/>', 'Country', 'iq'],
		['<default-finance-type code="999"/>', 'FinanceType', '999'],
		['<transaction><transaction-type code="D"/></transaction>', 'TransactionType', 'D'],
		['<transaction><value currency="EURO">1</value></transaction>', 'Currency', 'EURO'],
		['<tag vocabulary="2" code="18"/>', 'UNSDG-Goals', '18'],
		['<document-link format="pdf"/>', 'FileFormat', 'pdf'],
		['<crs-add><channel-code>1</channel-code></crs-add>', 'CRSChannelCode', '1'],
		['<title><narrative xml:lang="xx-klingon">a</narrative></title>', 'Language', 'xx-klingon'],
		['<anything xml:lang="ENGLISH">a</anything>', 'Language', 'ENGLISH'],
		['<document-link><language code="zz"/></document-link>', 'Language', 'zz']
	])('%s: unknown, naming %s', (inside, list, code) => {
		expect(inActivity(inside)).toMatchObject([
			{ id: 'code-unknown', read: code, message: `This code is not on the IATI list ${list}.` }
		]);
	});

	it.each([
		['<recipient-country code="XK"/>'],
		['<recipient-country code=""/><recipient-country code=" "/>'],
		['<sector vocabulary="99" code="anything"/><sector vocabulary="2" code="151"/>'],
		['<default-aid-type vocabulary="4" code="1"/><tag vocabulary="99" code="x"/>'],
		['<document-link format="APPLICATION/PDF"><language code="EN"/></document-link>'],
		['<title><narrative xml:lang="EN">a</narrative><narrative xml:lang="pt-BR">b</narrative></title>'],
		['<location><administrative vocabulary="A4" code="ML"/><administrative code="x"/></location>'],
		['<transaction><transaction-type code="commitment"/></transaction>'],
		['<elsewhere><sector code="99999"/></elsewhere>']
	])('%s: nothing to say', (inside) => {
		expect(inActivity(inside)).toEqual([]);
	});

	it('withdrawn are good in old data, and said so', () => {
		expect(inActivity('<sector code="15120"/><recipient-country code="AN"/>')).toMatchObject([
			{ id: 'code-withdrawn', read: '15120', message: 'IATI has withdrawn this code of its list Sector.' },
			{ id: 'code-withdrawn', read: 'AN', path: '/iati-activity/recipient-country[1]/@code' }
		]);
	});

	it('of version 1 are good in version 1 only', () => {
		const inside =
			'<activity-date type="start-planned"/><sector vocabulary="DAC" code="15130"/><sector vocabulary="DAC" code="7"/><participating-org role="Funding"/><transaction><transaction-type code="IF"/></transaction>';
		expect(inActivity(inside, '1.04').map(({ read }) => read)).toEqual(['7']);
		expect(inActivity(inside).map(({ read }) => read)).toEqual([
			'start-planned',
			'DAC',
			'DAC',
			'Funding',
			'IF'
		]);
	});

	it('are looked at on the activity itself and in organisation files', () => {
		expect(said('<iati-activity default-currency="US$" xml:lang="??"/>')).toMatchObject([
			{ read: 'US$', path: '/iati-activity/@default-currency' },
			{ read: '??', path: '/iati-activity/@xml:lang' }
		]);
		const budget = '<recipient-country-budget><recipient-country code="ZZ"/></recipient-country-budget>';
		expect(said(`<iati-organisation>${budget}</iati-organisation>`)).toMatchObject([{ read: 'ZZ' }]);
	});

	it('are counted apart for each list', () => {
		const many = inActivity(`${'<sector code="1"/>'.repeat(9)}<recipient-country code="ZZ"/>`);
		expect(many.map(({ read, further }) => `${read} ${further}`)).toEqual(['1 0', '1 0', '1 6', 'ZZ 0']);
	});
});

describe('identifiers that look like others', () => {
	const reads = (inside: string) =>
		checkActivity(fragment(`<iati-activity>${inside}</iati-activity>`), {
			today: '2026-11-24',
			version: '2.03'
		})
			.filter(({ id }) => id === 'identifier-characters')
			.map(({ read }) => read);

	it.each([
		['<iati-identifier>\u0425M-DAC-1</iati-identifier>', '\u0425<U+0425>M-DAC-1'],
		['<iati-identifier>XM-DAC-\u200b1</iati-identifier>', 'XM-DAC-<U+200B>1'],
		['<iati-identifier>XM-DAC\u00a01</iati-identifier>', 'XM-DAC<U+00A0>1'],
		['<reporting-org ref="XM\u00adDAC-1"/>', 'XM<U+00AD>DAC-1'],
		['<transaction><provider-org provider-activity-id="1\u{1f600}"/></transaction>', '1\u{1f600}<U+1F600>'],
		['<participating-org ref="A" activity-id="A&#9;B"/>', 'A<U+0009>B']
	])('%s', (inside, shown) => {
		expect(reads(inside)).toEqual([shown]);
	});

	it('but not blanks inside or around, which are other matters', () => {
		expect(reads('<iati-identifier>\n XM-DAC-Sierra Leone-1/A&amp;B \u00a0</iati-identifier>')).toEqual([]);
	});
});
