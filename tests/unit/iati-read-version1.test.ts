import { describe, expect, test } from 'vitest';
import { activitiesOf, entriesOf, ofKind, readText, ruled } from '../support/iati-files.ts';

describe('an activity of version 1', () => {
	const read = () =>
		readText(`<?xml version="1.0"?>
<iati-activities version="1.05">
<iati-activity xml:lang="en" default-currency="USD">
<iati-identifier> XM-DAC-99999-V1 </iati-identifier>
<reporting-org ref="XM-DAC-99999" type="40">Test organisation</reporting-org>
<title>Version one title</title><title xml:lang="FR">Titre version un</title>
<description type="1">Plain text</description><description type="Objectives">Aims</description>
<participating-org role="Implementing" ref="XM-DAC-99999">Test organisation</participating-org>
<participating-org role="funding">A donor</participating-org>
<other-identifier owner-ref="XM-1" owner-name="Owner">X/1</other-identifier>
<activity-status code="2">Implementation</activity-status>
<activity-date type="start-actual" iso-date="2012-01-01">1 January 2012</activity-date>
<recipient-country code="IQ" percentage="100">Iraq</recipient-country>
<location><name>Erbil</name><coordinates latitude="36.19" longitude="44.01" precision="1"/>
<gazetteer-entry gazetteer-ref="GEO">95446</gazetteer-entry><location-type code="PPLA"/></location>
<sector vocabulary="DAC" code="15130">Legal development</sector><sector vocabulary="RO" code="7">Own</sector>
<policy-marker vocabulary="DAC" code="1" significance="2">Gender</policy-marker>
<transaction><transaction-type code="IF">Incoming Funds</transaction-type><transaction-date iso-date="2012-02-01"/><value>50</value></transaction>
<transaction><transaction-type code="Commitment"/><transaction-date iso-date="2012-02-01"/><value>40</value>
<provider-org ref="D-1" provider-activity-id="D-1-A">Donor</provider-org><description>Words</description></transaction>
<result type="Output"><title>Trained</title><indicator><title>People</title><baseline year="2011" value="0"/>
<period><period-start iso-date="2012-01-01"/><period-end iso-date="2012-12-31"/><target value="20,000"/><actual value="12"/></period></indicator></result>
</iati-activity></iati-activities>`);

	test('is read in the codes and texts of version 2', async () => {
		expect(activitiesOf(await read())).toMatchObject([
			{
				place: 'file.xml line 3 iati-activity[XM-DAC-99999-V1]',
				key: 'XM-DAC-99999-V1',
				version: '1.05',
				reporter: 'XM-DAC-99999',
				title: { en: 'Version one title', fr: 'Titre version un' },
				description: { en: 'Plain text' },
				status: '2',
				actualStart: '2012-01-01',
				participations: [
					{ organisation: 'XM-DAC-99999', role: 4, activity: null },
					{ organisation: 'name:A donor', role: 1, activity: null }
				],
				countries: [{ country: 'IQ', percentage: '100' }],
				locations: [
					{
						name: { en: 'Erbil' },
						latitude: '36.19',
						longitude: '44.01',
						feature: 'PPLA',
						codes: [{ vocabulary: 'G1', code: '95446', level: null }]
					}
				],
				sectors: [
					{ vocabulary: '1', code: '15130', text: null, percentage: null },
					{ vocabulary: '99', code: '7', text: { en: 'Own' }, percentage: null }
				],
				policyMarkers: [{ vocabulary: '1', code: '1', text: null, significance: '2' }],
				further: {
					descriptions: [{ type: '2', text: { en: 'Aims' } }],
					otherIdentifiers: [{ reference: 'X/1', type: null, ownerReference: 'XM-1', ownerName: 'Owner' }]
				}
			}
		]);
	});

	test('has its money in version-2 types', async () => {
		const file = await read();
		expect(entriesOf(file)).toMatchObject([
			{ entryKind: '1', amount: '50', currency: 'USD' },
			{ entryKind: '2', amount: '40', provider: 'D-1', providerActivity: 'D-1-A', description: 'Words' }
		]);
		expect(ruled(file, 'name-as-code')).toEqual(['Commitment | read as type 2']);
		expect(file.counts?.counts.sums.map(({ kind }) => kind)).toEqual(['1', '?Commitment']);
	});

	test('has its results', async () => {
		const file = await read();
		expect(ofKind(file, 'iati_result')).toMatchObject([
			{
				activity: 'XM-DAC-99999-V1',
				number: 1,
				type: '1',
				title: { en: 'Trained' },
				indicators: [
					{
						title: { en: 'People' },
						baselines: [{ year: 2011, date: null, value: '0', text: null }],
						periods: [
							{
								from: '2012-01-01',
								to: '2012-12-31',
								targets: [{ value: null, text: '20,000' }],
								actuals: [{ value: '12', text: null }]
							}
						]
					}
				]
			}
		]);
		expect(ruled(file, 'value-not-a-number')).toEqual(['20,000 | kept as text']);
	});
});
