import { describe, expect, test } from 'vitest';
import { iatiOrganisations } from '#lib/server/intake/readers/iati-organisations.ts';
import type { ClaimRecord, Finding, IntakeRecord } from '#lib/server/intake/record.ts';
import { inPieces } from '../support/iati-files.ts';

async function read(
	xml: string
): Promise<{ records: IntakeRecord[]; claims: ClaimRecord[]; findings: Finding[] }> {
	const records: IntakeRecord[] = [];
	const findings: Finding[] = [];
	const bytes = inPieces(Buffer.from(xml));
	const options = { fileName: 'org.xml', nature: 'published' as const, today: '2026-01-01' };
	for await (const item of iatiOrganisations.read(bytes, options)) {
		if (item.kind === 'finding') findings.push(item);
		else records.push(item);
	}
	return { records, claims: records.filter((record) => record.kind === 'claim'), findings };
}

const fileXml = (inside: string, id = 'XM-DAC-99999') => `<iati-organisations version="2.03">
<iati-organisation default-currency="EUR" xml:lang="en">
<organisation-identifier>${id}</organisation-identifier>
<name><narrative>Test organisation</narrative><narrative xml:lang="fr">Organisation d’essai</narrative></name>
<reporting-org ref="XM-DAC-99999" type="40"><narrative>Test organisation</narrative></reporting-org>
${inside}
</iati-organisation></iati-organisations>`;

const amount = (year: string, value: string, more = '') =>
	`<period-start iso-date="${year}-01-01"/><period-end iso-date="${year}-12-31"/>${more}<value value-date="${year}-01-01">${value}</value>`;

describe('an organisation file', () => {
	test('states names, budgets and spending as claims on the organisation, never as entries', async () => {
		const { records, claims } = await read(
			fileXml(`<total-budget status="2">${amount('2017', '1034132000')}<budget-line><value>5</value></budget-line></total-budget>
<total-budget status="1">${amount('2018', '900.50')}</total-budget>
<recipient-org-budget>${amount('2017', '7', '<recipient-org ref="B"><narrative>Bee</narrative></recipient-org>')}</recipient-org-budget>
<recipient-country-budget>${amount('2017', '8', '<recipient-country code="iq"/>')}</recipient-country-budget>
<recipient-region-budget>${amount('2017', '9', '<recipient-region code="298"/>')}</recipient-region-budget>
<total-expenditure>${amount('2016', '6')}</total-expenditure>`)
		);
		expect(records.map(({ kind }) => kind)).not.toContain('ledger_entry');
		expect(
			claims.map(({ property, party, value, valueText, unit }) => [property, party, value ?? valueText, unit])
		).toEqual([
			['name:en', null, 'Test organisation', null],
			['name:fr', null, 'Organisation d’essai', null],
			['total_budget:2017-01-01/2017-12-31', null, '1034132000', 'EUR'],
			['total_budget:2018-01-01/2018-12-31', null, '900.50', 'EUR'],
			['recipient_organisation_budget:2017-01-01/2017-12-31', { key: 'B' }, '7', 'EUR'],
			['recipient_country_budget:IQ:2017-01-01/2017-12-31', null, '8', 'EUR'],
			['recipient_region_budget:1-298:2017-01-01/2017-12-31', null, '9', 'EUR'],
			['total_expenditure:2016-01-01/2016-12-31', null, '6', 'EUR']
		]);
		expect(claims[2]).toMatchObject({
			place: 'org.xml line 6 iati-organisation[XM-DAC-99999]/total-budget',
			key: 'iati-organisation:XM-DAC-99999:total_budget:2017-01-01/2017-12-31',
			subjectKind: 'organisation',
			subjectKey: 'XM-DAC-99999',
			statedAs: 'committed',
			date: '2017-01-01',
			dateTo: '2017-12-31',
			datePrecision: 'year',
			chosen: true,
			evidence: { evidence: 'total-budget EUR 1034132000, 2017-01-01 to 2017-12-31' }
		});
		expect(records.filter(({ kind }) => kind === 'iati_organisation')).toMatchObject([
			{ key: 'XM-DAC-99999', type: '40', reports: true, name: { en: 'Test organisation' } },
			{ key: 'B', name: { en: 'Bee' }, reports: false }
		]);
	});

	test('two statements on the same period are rivals, and only they', async () => {
		const { claims } = await read(
			fileXml([1, 2].map((value) => `<total-budget>${amount('2017', String(value))}</total-budget>`).join(''))
		);
		const budgets = claims.filter(({ property }) => property.startsWith('total_budget'));
		expect(budgets.map(({ property, chosen }) => [property, chosen])).toEqual([
			['total_budget:2017-01-01/2017-12-31', true],
			['total_budget:2017-01-01/2017-12-31', false]
		]);
		expect(new Set(budgets.map(({ key }) => key)).size).toBe(2);
	});

	test('what is not held is counted', async () => {
		const { findings } = await read(
			fileXml(
				`<total-budget>${amount('2017', '1')}<budget-line/><budget-line/></total-budget><document-link url="https://example.org"/>`
			)
		);
		expect(findings.filter(({ rule }) => rule === 'not-held').map(({ read: what }) => what)).toEqual([
			'total-budget/budget-line: 2 times',
			'document-link: once'
		]);
	});

	test.each([
		[fileXml(`<total-budget>${amount('2017', '1,5')}</total-budget>`), 'value-unreadable'],
		[fileXml('', ' '), 'identifier-missing'],
		['<iati-organisations version="2.03"/>', 'nothing-to-import'],
		['<iati-activities version="2.03"/>', 'other-kind-of-file'],
		['<iati-organisations version="7"/>', 'version-unsupported']
	])('nothing is read of %s', async (xml, rule) => {
		const { records, findings } = await read(xml);
		expect(records).toEqual([]);
		expect(findings.map((finding) => finding.rule)).toContain(rule);
		expect(findings.at(-1)?.severity).toBe('critical');
	});

	test('of version 1 is read too', async () => {
		const { claims } = await read(
			`<iati-organisations version="1.05"><iati-organisation default-currency="USD" xml:lang="en"><iati-identifier>X-1-2</iati-identifier><name>Old name</name>
			<total-budget><period-start iso-date="2012-01-01">2012</period-start><period-end iso-date="2012-12-31"/><value value-date="2012-01-01">5.50</value></total-budget></iati-organisation></iati-organisations>`
		);
		expect(claims.map(({ property, value, valueText }) => [property, value ?? valueText])).toEqual([
			['name:en', 'Old name'],
			['total_budget:2012-01-01/2012-12-31', '5.50']
		]);
	});
});
