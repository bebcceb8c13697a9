import { describe, expect, test } from 'vitest';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { activitiesOf, entriesOf, readText, type ReadFile } from '../support/iati-files.ts';

const ruled = ({ findings }: ReadFile, rule: string) =>
	findings.filter((finding) => finding.rule === rule).map(({ read, done }) => `${read} | ${done}`);

const ofKind = (read: ReadFile, kind: string) => read.records.filter((record) => record.kind === kind);

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

describe('texts', () => {
	const titleOf = async (title: string, attributes?: string) => {
		const xml = activityXml({ attributes });
		const read = await readText(fileXml(xml.replace('<narrative>Title</narrative>', title)));
		return { title: activitiesOf(read)[0]?.title, read };
	};

	test.each([
		['<narrative>a</narrative><narrative xml:lang="FR">b</narrative>', { en: 'a', fr: 'b' }],
		['<narrative xml:lang="ENG">a</narrative>', { en: 'a' }],
		['<narrative xml:lang="pt-BR">a</narrative>', { 'pt-br': 'a' }],
		['<narrative xml:lang="not a language">a</narrative>', { und: 'a' }],
		['<narrative xml:lang="__proto__">a</narrative>', { und: 'a' }],
		['<narrative>  </narrative><narrative xml:lang="es"/>', {}],
		['<narrative> null </narrative>', { en: 'null' }],
		['<narrative>Water &amp;amp; &amp;lt;b&amp;gt;</narrative>', { en: 'Water &amp; &lt;b&gt;' }],
		['<narrative><![CDATA[<script>x</script>]]></narrative>', { en: '<script>x</script>' }]
	])('%s', async (written, title) => {
		expect((await titleOf(written)).title).toEqual(title);
	});

	test('lose no word to markup', async () => {
		const { title, read } = await titleOf('<narrative>Fight <b>human</b> trafficking</narrative>');
		expect(title).toEqual({ en: 'Fight human trafficking' });
		expect(ruled(read, 'markup-in-text')).toHaveLength(1);
	});

	test('without any language are of an unknown one', async () => {
		expect((await titleOf('<narrative>a</narrative>', 'default-currency="EUR"')).title).toEqual({ und: 'a' });
	});

	test('the first of a language counts, and many more are one line', async () => {
		const many = Array.from({ length: 500 }, (_, index) => `<narrative>Title ${index}</narrative>`).join('');
		const { title, read } = await titleOf(many);
		expect(title).toEqual({ en: 'Title 0' });
		const said = ruled(read, 'text-repeated');
		expect(said).toHaveLength(10);
		expect(said.at(-1)).toBe(
			'en: Title 10 | the first one in its language is kept; 489 more like this in it'
		);
	});

	test('that no screen could show are cut, never inside a character', async () => {
		const { title, read } = await titleOf(`<narrative>a${'😀'.repeat(150_000)}</narrative>`);
		expect(title!.en!.length).toBe(199_999);
		expect(title!.en!.isWellFormed()).toBe(true);
		expect(ruled(read, 'text-too-long')).toHaveLength(1);
	});
});

describe('shares', () => {
	const inside = async (xml: string) => {
		const read = await readText(
			fileXml(activityXml({ inside: xml }).replace(/<recipient-country.*<sector [^>]*>/, ''))
		);
		return { activity: activitiesOf(read)[0]!, read };
	};

	test('of countries, regions and sectors stay as the file states them', async () => {
		const { activity } = await inside(
			`<recipient-country code="ML" percentage="33.3"/><recipient-country code="iq"/><recipient-country code="298" percentage="5"/>
			<recipient-country code="Mali"/><recipient-region vocabulary="99" code="own"><narrative>Own</narrative></recipient-region>
			<sector code="15130" percentage="50"/><sector code="151" percentage="50"/><sector vocabulary="98" code="x" percentage="1,5"/><sector/>`
		);
		expect(activity).toMatchObject({
			countries: [
				{ country: 'ML', percentage: '33.3' },
				{ country: 'IQ', percentage: null }
			],
			regions: [
				{ vocabulary: '1', code: '298', text: null, percentage: '5' },
				{ vocabulary: '99', code: 'own', text: { en: 'Own' }, percentage: null }
			],
			sectors: [
				{ vocabulary: '1', code: '15130', percentage: '50' },
				{ vocabulary: '2', code: '151', percentage: '50' },
				{ vocabulary: '98', code: 'x', percentage: null }
			]
		});
	});

	test('whatever is changed or left out is said', async () => {
		const { read } = await inside(
			`<recipient-country code="iq"/><recipient-country code="298"/><recipient-country code="Mali"/><sector/><sector code="151" percentage="1,5"/>`
		);
		for (const [rule, said] of [
			['country-in-small-letters', 'iq | read as IQ'],
			['region-as-country', '298 | read as a region'],
			['country-unknown', 'Mali | left out'],
			['code-missing', 'a sector without a code | left out'],
			['sector-of-three-digits', '151 | read as a code of vocabulary 2'],
			['not-a-number', 'percentage: 1,5 | read without percentage']
		] as const) {
			expect(ruled(read, rule)).toEqual([said]);
		}
	});

	const ofTransaction = async (more: string) => {
		const read = await readText(fileXml(activityXml({ transactions: transactionXml({ more }) })));
		return { entry: entriesOf(read)[0]!, read };
	};

	test('of a transaction are its own, measured, and the activity is not asked', async () => {
		const { entry } = await ofTransaction(
			'<sector vocabulary="1" code="15190"/><sector vocabulary="99" code="z"/><recipient-country code="PK"/><recipient-region code="679"/>'
		);
		expect(entry).toMatchObject({
			countries: [{ country: 'PK', region: null, percentage: '100' }],
			countryBasis: 'measured',
			countryKey: null,
			sectors: [{ code: '15190', percentage: '100' }],
			sectorBasis: 'measured',
			codes: {
				sectors: [{ vocabulary: '99', code: 'z', text: null, percentage: null }],
				regions: [{ vocabulary: '1', code: '679', text: null, percentage: null }]
			}
		});
	});

	test('of a transaction without any are the activity’s, which posting works out', async () => {
		const { entry } = await ofTransaction('');
		expect(entry).toMatchObject({ countries: [], sectors: [], codes: null });
	});

	test('several of a transaction without percentages are equal parts', async () => {
		const { entry } = await ofTransaction(
			'<sector code="15130"/><sector code="15190" percentage="40"/><sector code="15160"/><recipient-region code="679"/>'
		);
		expect(entry.sectors).toEqual([
			{ code: '15130', percentage: '30.000000' },
			{ code: '15190', percentage: '40' },
			{ code: '15160', percentage: '30.000000' }
		]);
		expect(entry.countries).toEqual([{ country: null, region: '679', percentage: '100' }]);
	});

	test('of a transaction above the whole are none', async () => {
		const { entry, read } = await ofTransaction(
			'<sector code="15130" percentage="100"/><sector code="15190" percentage="100"/>'
		);
		expect(entry.sectors).toEqual([]);
		expect(ruled(read, 'shares-above-100')).toEqual(['sectors: 200 | read as not stated']);
	});
});

describe('the humanitarian flag', () => {
	test.each([
		['humanitarian="1"', '', true, true],
		['humanitarian="true"', 'humanitarian="0"', true, false],
		['humanitarian="0"', 'humanitarian="1"', false, true],
		['', 'humanitarian="false"', null, false],
		['humanitarian="yes"', '', null, undefined],
		['humanitarian=""', '', null, undefined],
		['', '', null, undefined]
	])('activity %j, transaction %j', async (ofActivity, ofTransaction, activity, transaction) => {
		const read = await readText(
			fileXml(
				activityXml({
					attributes: `default-currency="EUR" xml:lang="en" ${ofActivity}`,
					transactions: transactionXml({ attributes: ofTransaction })
				})
			)
		);
		expect(activitiesOf(read)[0]!.humanitarian).toBe(activity);
		expect(entriesOf(read)[0]!.codes?.humanitarian).toBe(transaction);
		expect(ruled(read, 'flag-unreadable')).toHaveLength(activity === null && ofActivity !== '' ? 1 : 0);
	});
});

describe('a transaction', () => {
	test('is placed by line and number, and has its reference, trimmed', async () => {
		const read = await readText(
			fileXml(
				activityXml({
					transactions: [transactionXml(), transactionXml({ attributes: 'ref=" V 1 "' })].join('\n')
				})
			)
		);
		expect(entriesOf(read).map(({ place, reference }) => [place, reference])).toEqual([
			['file.xml line 13 iati-activity[XM-DAC-41128-1]/transaction[1]', null],
			['file.xml line 14 iati-activity[XM-DAC-41128-1]/transaction[2]', 'V 1']
		]);
	});

	test.each([
		['<transaction-type code="77"/>', 'transaction-type-unknown'],
		['<transaction-type/>', 'transaction-type-missing'],
		['', 'transaction-type-missing']
	])('with %j for a type refuses its activity: nobody knows which way the money went', async (type, rule) => {
		const read = await readText(
			fileXml(activityXml({ transactions: transactionXml({ type }) }), activityXml({ id: 'GOOD' }))
		);
		expect(activitiesOf(read).map(({ key }) => key)).toEqual(['GOOD']);
		expect(read.findings).toContainEqual(expect.objectContaining({ severity: 'error', rule }));
		expect(read.counts?.refused).toEqual(['XM-DAC-41128-1']);
	});

	test('keeps its codes, and aid types with their vocabulary', async () => {
		const read = await readText(
			fileXml(
				activityXml({
					transactions: transactionXml({
						more: `<disbursement-channel code="1"/><flow-type code="10"/><finance-type code="110"/><tied-status code="5"/>
						<aid-type code="C01"/><aid-type vocabulary="2" code="3"/><aid-type code=""/>`
					})
				})
			)
		);
		expect(entriesOf(read)[0]!.codes).toEqual({
			disbursementChannel: '1',
			flowType: '10',
			financeType: '110',
			tiedStatus: '5',
			aidTypes: [
				{ vocabulary: '1', code: 'C01' },
				{ vocabulary: '2', code: '3' }
			]
		});
	});
});

test('organisations come once for a file, with the name that they give themselves', async () => {
	const of = (id: string, ref: string, name: string, participant: string) =>
		activityXml({ id })
			.replace(
				/<reporting-org.*<\/reporting-org>/,
				`<reporting-org ref="${ref}" type="21"><narrative>${name}</narrative></reporting-org>`
			)
			.replace(/<participating-org.*<\/participating-org>/, participant);
	const read = await readText(
		fileXml(
			of(
				'A-1',
				'A',
				'A itself',
				'<participating-org role="4" ref="B"><narrative>B as A says</narrative></participating-org>'
			),
			of(
				'B-1',
				'B',
				'B itself',
				'<participating-org role="1" ref="A"><narrative>A as B says</narrative></participating-org>'
			),
			of(
				'C-1',
				'C',
				'',
				'<participating-org role="1"><narrative>Nameless</narrative></participating-org><participating-org role="2"/>'
			)
		)
	);
	expect(ofKind(read, 'iati_organisation')).toMatchObject([
		{ key: 'A', name: { en: 'A itself' }, type: '21', reports: true },
		{ key: 'B', name: { en: 'B itself' }, type: '21', reports: true },
		{ key: 'C', name: null, reports: true },
		{ key: 'name:Nameless', reference: null, name: { en: 'Nameless' }, reports: false }
	]);
	expect(ruled(read, 'organisation-unnamed')).toHaveLength(1);
});

test('a reference that no register has, as long as it is, refuses its activity', async () => {
	const read = await readText(
		fileXml(
			activityXml({ inside: `<participating-org role="1" ref="${'Z'.repeat(2000)}"/>` }),
			activityXml({ id: 'GOOD' })
		)
	);
	expect(activitiesOf(read).map(({ key }) => key)).toEqual(['GOOD']);
	expect(ruled(read, 'reference-too-long')[0]).toMatch(/^Z{200}… \| activity not read$/);
});

test('people are never read', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				inside:
					'<contact-info><person-name><narrative>A Person</narrative></person-name><email>a@example.org</email></contact-info>'
			})
		)
	);
	expect(JSON.stringify(read)).not.toMatch(/A Person|example\.org/);
	expect(ruled(read, 'not-held')).toEqual(['contact-info: once | kept with the source']);
});

test('links are kept as text, whatever they point at', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				inside: `<document-link url="javascript:alert(1)" format="text/html"><title><narrative>d</narrative></title><category code="A01"/><language code="EN"/><document-date iso-date="2020-02-02"/></document-link><document-link format="x"/>`
			})
		)
	);
	expect(activitiesOf(read)[0]!.documents).toEqual([
		{
			url: 'javascript:alert(1)',
			format: 'text/html',
			titles: { en: 'd' },
			descriptions: null,
			categories: ['A01'],
			languages: ['en'],
			date: '2020-02-02'
		}
	]);
	expect(ruled(read, 'document-not-on-the-web')).toEqual([
		'javascript:alert(1) | kept as text, not as a link'
	]);
	expect(ruled(read, 'document-without-address')).toHaveLength(1);
});

test('places that are no places are left out, never half', async () => {
	const at = (pos: string) => `<location><point><pos>${pos}</pos></point></location>`;
	const read = await readText(
		fileXml(activityXml({ inside: ['12.5 -7.9', '12.5, 7', '91 0', '12', 'a b', '1 2 3'].map(at).join('') }))
	);
	expect(activitiesOf(read)[0]!.locations.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
		['12.5', '-7.9'],
		['12.5', '7'],
		[null, null],
		[null, null],
		[null, null],
		[null, null]
	]);
	expect(ruled(read, 'not-a-position')).toHaveLength(4);
});

test('related activities, hierarchy and secondary reporting', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				attributes: 'hierarchy="2" xml:lang="en"',
				inside:
					'<related-activity type="1" ref="P"/><related-activity type="1" ref="XM-DAC-41128-1"/><related-activity ref="Q"/>'
			}).replace('type="40">', 'type="40" secondary-reporter="1">')
		)
	);
	expect(activitiesOf(read)).toMatchObject([
		{ hierarchy: 2, secondaryReporter: true, related: [{ type: '1', key: 'P' }] }
	]);
	expect(ruled(read, 'related-to-itself')).toHaveLength(1);
	expect(ruled(read, 'relation-incomplete')).toHaveLength(1);
});
