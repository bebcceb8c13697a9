/** A case: the rule, where it stands, what passes it and what fails it. Attributes of the root stand before a bar. */
export type Case = [id: string, where: string, passes: string, fails: string];

const ORG = '<reporting-org ref="XM-DAC-1"/>';
const provider = (inside: string) => `<transaction><provider-org ${inside}/></transaction>`;
const receiver = (inside: string) => `<planned-disbursement><receiver-org ${inside}/></planned-disbursement>`;
const owner = (inside: string) => `<other-identifier><owner-org ${inside}/></other-identifier>`;
const period = (from: string, to: string) =>
	`<period-start iso-date="${from}"/><period-end iso-date="${to}"/>`;
const budget = (name: string, from: string, to: string) => `<${name}>${period(from, to)}</${name}>`;
const indicator = (measure: number, inside: string) =>
	`<result><indicator measure="${measure}">${inside}</indicator></result>`;
const within = (inside: string) => `<period>${inside}</period>`;
const items = (inside: string) => `<country-budget-items vocabulary="2">${inside}</country-budget-items>`;

export const ACTIVITY_CASES: Case[] = [
	[
		'1.1.3',
		'identifier',
		`${ORG}<iati-identifier>XM-DAC-1-A</iati-identifier>`,
		`${ORG}<iati-identifier>XM-DAC-1</iati-identifier>`
	],
	[
		'1.1.21',
		'identifier',
		`${ORG}<iati-identifier> XM-DAC-1-A</iati-identifier>`,
		`${ORG}<iati-identifier>XM-DAC-12</iati-identifier>`
	],
	[
		'1.1.21',
		'earlier organisation',
		`${ORG}<other-identifier type="B1" ref="GB-1"/><iati-identifier>GB-1-A</iati-identifier>`,
		`${ORG}<other-identifier type="A3" ref="GB-1"/><iati-identifier>GB-1-A</iati-identifier>`
	],
	['1.1.21', 'no organisation', ORG, '<iati-identifier>XM-DAC-1-A</iati-identifier>'],
	['1.3.1', 'identifier', '<iati-identifier>A</iati-identifier>', '<iati-identifier>A\n</iati-identifier>'],
	['1.4.1', 'provider', provider('provider-activity-id="A B"'), provider('provider-activity-id=" A"')],
	['1.5.1', 'receiver', receiver('receiver-activity-id="A"'), receiver('receiver-activity-id="A "')],
	[
		'1.6.1',
		'earlier identifier',
		'<other-identifier type="A1" ref="A "/>',
		'<other-identifier type="A3" ref="A "/>'
	],
	['1.7.1', 'related', '<related-activity ref="A"/>', '<related-activity ref=" A"/>'],
	['1.8.1', 'participating', '<participating-org ref="A"/>', '<participating-org ref="A "/>'],
	['1.9.1', 'participating', '<participating-org activity-id="A"/>', '<participating-org activity-id="A "/>'],
	['1.10.1', 'provider', provider('ref="A"'), provider('ref="A "')],
	['1.11.1', 'owner', owner('ref="A"'), owner('ref="A "')],
	['1.14.1', 'reporter', '<reporting-org ref="A"/>', '<reporting-org ref=" A"/>'],
	['1.15.1', 'receiver', receiver('ref="A"'), receiver('ref="A "')],
	[
		'1.16.1',
		'earlier organisation',
		'<other-identifier type="B1" ref="A"/>',
		'<other-identifier type="B1" ref="A "/>'
	],
	[
		'1.3.13',
		'identifier',
		'<iati-identifier>A-1_(b)</iati-identifier>',
		'<iati-identifier>A-2018/1</iati-identifier>'
	],
	['1.8.13', 'participating', '<participating-org ref="A-1"/>', '<participating-org ref="A|1"/>'],
	['1.10.13', 'provider', provider('ref="A-1"'), provider('ref="A&amp;1"')],
	['1.11.13', 'owner', owner('ref=""'), owner('ref="A?"')],
	['1.14.13', 'reporter', '<reporting-org ref="A"/>', '<reporting-org ref="A/B"/>'],
	['1.15.13', 'receiver', receiver('ref="A"'), receiver('ref="A/B"')],
	['1.14.8', 'reporter', '<reporting-org ref="GB-COH-1"/>', '<reporting-org ref="SE-0"/>'],
	[
		'2.1.1',
		'DAC sectors',
		'<sector percentage="50"/><sector vocabulary="" percentage="50"/>',
		'<sector percentage="50"/><sector vocabulary="1"/>'
	],
	[
		'2.1.1',
		'other sectors',
		'<sector vocabulary="2"/><sector vocabulary="99"/>',
		'<sector vocabulary="2"/><sector vocabulary="2" percentage=" "/>'
	],
	[
		'2.1.2',
		'DAC sectors',
		'<sector percentage="33.333333"/><sector percentage="33.333333"/><sector percentage="33.333333"/>',
		'<sector percentage="50"/><sector vocabulary="1" percentage="49.9"/>'
	],
	[
		'2.1.2',
		'other sectors',
		'<sector vocabulary="2" percentage="60"/><sector vocabulary="2" percentage="40"/>',
		'<sector vocabulary="2" percentage="100"/><sector vocabulary="2" percentage="a half"/>'
	],
	['2.1.2', 'each needs one first', '<sector/><sector/>', '<sector percentage="1"/><sector percentage="2"/>'],
	['2.1.4', 'DAC sector', '<sector percentage="100.0"/>', '<sector percentage="99"/>'],
	[
		'2.1.4',
		'other sector',
		'<sector vocabulary="2"/>',
		'<sector/><sector vocabulary="2" percentage="none"/>'
	],
	[
		'2.2.1',
		'own sectors',
		'<sector vocabulary="98"><narrative>Ours</narrative></sector><sector vocabulary="2"/>',
		'<sector vocabulary="99"><narrative> </narrative></sector>'
	],
	[
		'3.1.1',
		'countries',
		'<recipient-country percentage="50"/><recipient-country percentage="50"/>',
		'<recipient-country percentage="50"/><recipient-country/>'
	],
	[
		'3.1.2',
		'countries',
		'<recipient-country percentage="50.5"/><recipient-country percentage="49.5"/>',
		'<recipient-country percentage="100"/><recipient-country percentage="100"/>'
	],
	[
		'3.1.2',
		'beside regions it is 3.4.2',
		'<recipient-country/><recipient-country/><recipient-region/>',
		'<recipient-country/><recipient-country/>'
	],
	['3.1.4', 'country', '<recipient-country percentage="100"/>', '<recipient-country percentage="0"/>'],
	[
		'3.4.1',
		'regions',
		'<recipient-region/><recipient-region vocabulary="99"/>',
		'<recipient-region/><recipient-region vocabulary="1" percentage="100"/>'
	],
	[
		'3.4.2',
		'regions and countries',
		'<recipient-region percentage="40"/><recipient-country percentage="60"/>',
		'<recipient-region vocabulary="1" percentage="100"/><recipient-country percentage="100"/>'
	],
	['3.4.2', 'none stated', '<recipient-region/>', '<recipient-region/><recipient-country/>'],
	[
		'3.4.4',
		'region',
		'<recipient-region percentage="100"/>',
		'<recipient-region vocabulary="2" percentage="50"/>'
	],
	[
		'3.6.2',
		'countries',
		'<recipient-country/><transaction><sector/></transaction>',
		'<recipient-region/><transaction/><transaction><recipient-country/></transaction>'
	],
	[
		'3.7.1',
		'countries',
		'<transaction/><transaction><recipient-region/></transaction>',
		'<transaction><sector/></transaction>'
	],
	[
		'3.7.2',
		'countries',
		'<recipient-region/><transaction/>',
		'<transaction/><transaction><recipient-region/></transaction>'
	],
	[
		'4.1.1',
		'languages',
		'<title><narrative xml:lang="en">A</narrative></title>',
		'<title><narrative xml:lang="en">A</narrative><narrative>B</narrative></title>'
	],
	[
		'4.1.1',
		'default',
		'xml:lang="en"|<title><narrative>A</narrative></title>',
		'xml:lang=""|<result><title><narrative>A</narrative></title></result>'
	],
	['4.3.1', 'title', '<title><narrative>A</narrative></title>', '<title><narrative/></title>'],
	[
		'4.3.1',
		'titles further below',
		'<nobody/>',
		'<result><indicator><document-link><title>A</title></document-link></indicator></result>'
	],
	[
		'4.4.1',
		'description',
		'<description><narrative>A <b>B</b></narrative></description>',
		'<transaction><description/></transaction>'
	],
	[
		'6.2.2',
		'sectors',
		'<transaction/><transaction><sector/></transaction>',
		'<transaction><recipient-country/></transaction>'
	],
	[
		'6.6.2',
		'sectors',
		'<sector/><transaction><recipient-country/></transaction>',
		'<sector/><transaction/><transaction><sector/></transaction>'
	],
	['6.7.2', 'sectors', '<sector/><transaction/>', '<transaction/><transaction><sector/></transaction>'],
	['6.8.1', 'owner', owner('ref="A"'), owner('ref=" "')],
	['6.9.1', 'provider', provider('ref="A"'), provider('type="10"')],
	[
		'6.9.2',
		'receiver',
		'<transaction><receiver-org><narrative>A</narrative></receiver-org></transaction>',
		'<transaction><receiver-org><narrative/></receiver-org></transaction>'
	],
	['6.10.1', 'participating', '<participating-org ref="A"/>', '<participating-org>A</participating-org>'],
	[
		'6.11.1',
		'start',
		'<activity-date type="3"/><activity-date type="1"/>',
		'<activity-date type="3"/><activity-date type="start-actual"/>'
	],
	[
		'6.13.1',
		'own marker',
		'<policy-marker vocabulary="1"/>',
		'<policy-marker vocabulary="99" significance="1"/>'
	],
	['6.14.1', "the DAC's marker", '<policy-marker significance="0"/>', '<policy-marker vocabulary=""/>'],
	[
		'7.5.3',
		'budget',
		budget('budget', '2020-01-01', '2020-12-31'),
		budget('budget', '2020-01-01', '2021-01-01')
	],
	[
		'7.8.1',
		'currency',
		'<transaction><value currency="EUR">1</value></transaction>',
		'<budget><value currency="EUR">1</value></budget><fss><forecast>1</forecast></fss>'
	],
	[
		'7.8.1',
		'default',
		'default-currency="EUR"|<budget><value>1</value></budget>',
		'<budget><value/></budget>'
	],
	['7.9.1', 'budget items', items('<budget-item/>'), items('<budget-item/><budget-item percentage="100"/>')],
	[
		'7.9.2',
		'budget items',
		items('<budget-item percentage="1"/><budget-item percentage="99"/>'),
		items('<budget-item/><budget-item/>')
	],
	['7.9.4', 'budget item', items('<budget-item/>'), items('<budget-item percentage="3"/>')],
	[
		'8.6.1',
		'indicator period',
		indicator(1, within(period('2020-01-01', '2020-01-01'))),
		indicator(1, within(period('2020-01-02', '2020-01-01')))
	],
	['8.6.3', 'budget', budget('budget', '2020-01-01', 'later'), budget('budget', '2020-01-01', '2019-12-31')],
	[
		'8.6.3',
		'planned disbursement',
		budget('planned-disbursement', '2020-01-01', '2020-03-31'),
		budget('planned-disbursement', '2020-04-01', '2020-03-31Z')
	],
	['8.8.1', 'baseline', indicator(1, '<baseline value="0"/>'), indicator(4, '<baseline value=""/>')],
	['8.8.2', 'baseline', indicator(2, '<baseline value="-1.5"/>'), indicator(2, '<baseline value="20,000"/>')],
	['8.8.3', 'baseline', indicator(5, '<baseline/>'), indicator(5, '<baseline value="1"/>')],
	['8.9.1', 'target', indicator(5, within('<target/>')), indicator(1, within('<target/>'))],
	['8.9.2', 'target', indicator(1, within('<target/>')), indicator(1, within('<target value="N/A"/>'))],
	[
		'8.9.3',
		'target',
		indicator(1, within('<target value="1"/>')),
		indicator(5, within('<target value="1"/>'))
	],
	['8.10.1', 'actual', indicator(1, within('<actual value="1"/>')), indicator(3, within('<actual/>'))],
	[
		'8.10.2',
		'actual',
		indicator(5, within('<actual value="a"/>')),
		indicator(1, within('<actual value="1e3"/>'))
	],
	[
		'8.10.3',
		'actual',
		indicator(5, within('<actual value=""/>')),
		indicator(5, within('<actual value="a"/>'))
	],
	[
		'8.11.1',
		'references',
		'<result><reference/><indicator/></result>',
		'<result><reference/><indicator><reference/></indicator></result>'
	],
	[
		'11.1.1',
		'last update',
		'last-updated-datetime="2026-11-25T01:00:00+05:00"|',
		'last-updated-datetime="2026-11-25T01:00:00"|'
	],
	[
		'11.1.2',
		'planned',
		'<activity-date type="1" iso-date="2020-01-01"/><activity-date type="4" iso-date="2019-01-01"/>',
		'<activity-date type="1" iso-date="2020-01-01"/><activity-date type="3" iso-date="2019-01-01"/>'
	],
	[
		'11.1.3',
		'actual',
		'<activity-date type="2" iso-date="2020-01-01"/><activity-date type="4" iso-date="2020-01-01"/>',
		'<activity-date type="2" iso-date="2019-01-01"/><activity-date type="2" iso-date="2021-01-01"/><activity-date type="4" iso-date="2020-01-01"/>'
	],
	[
		'11.1.4',
		'actual start',
		'<activity-date type="2" iso-date="2026-11-24"/><activity-date type="1" iso-date="2030-01-01"/>',
		'<activity-date type="2" iso-date="2026-11-25"/>'
	],
	[
		'11.1.5',
		'actual end',
		'<activity-date type="4" iso-date="9999-99-99"/>',
		'<activity-date type="4" iso-date="9999-12-31"/>'
	],
	[
		'11.2.1',
		'transaction',
		'<transaction><transaction-date iso-date="2026-11-24Z"/></transaction>',
		'<transaction/><transaction><transaction-date iso-date="2090-01-01"/></transaction>'
	],
	[
		'11.2.2',
		'value date',
		'<budget><value value-date="2090-01-01"/></budget>',
		'<transaction><value value-date="2026-12-01+02:00"/></transaction>'
	],
	['12.1.1', 'country', '<recipient-country percentage="100"/>', '<recipient-country percentage="100.01"/>'],
	['12.1.1', 'region', '<recipient-region percentage=""/>', '<recipient-region percentage="-1"/>'],
	['12.2.1', 'capital spend', '<capital-spend percentage="0"/>', '<capital-spend percentage="101"/>'],
	[
		'12.2.1',
		'budget item',
		items('<budget-item percentage="+1"/>'),
		items('<budget-item percentage="5 %"/>')
	],
	['12.3.1', 'sector', '<sector percentage="0.5"/>', '<sector percentage="200"/>'],
	['102.1.1', 'sectors', '<sector vocabulary="2"/><sector/>', '<sector vocabulary="2"/>'],
	[
		'107.1.1',
		'default aid types',
		'<default-aid-type vocabulary="1"/>',
		'<default-aid-type vocabulary="4"/>'
	],
	[
		'107.1.2',
		"the DAC's default aid types",
		'<default-aid-type/><default-aid-type vocabulary="4"/>',
		'<default-aid-type/><default-aid-type vocabulary="1"/>'
	],
	[
		'107.1.2',
		'other default aid types',
		'<default-aid-type vocabulary="2"/>',
		'<default-aid-type vocabulary="2"/><default-aid-type vocabulary="2"/>'
	],
	[
		'107.2.1',
		'aid types',
		'<transaction><aid-type/></transaction>',
		'<transaction><aid-type vocabulary="2"/></transaction>'
	],
	[
		'107.2.2',
		"the DAC's aid types",
		'<transaction><aid-type/></transaction><transaction><aid-type/></transaction>',
		'<transaction><aid-type/><aid-type vocabulary=""/></transaction>'
	],
	[
		'107.2.2',
		'other aid types',
		'<transaction><aid-type vocabulary="2"/><aid-type vocabulary="3"/></transaction>',
		'<transaction><aid-type vocabulary="2"/><aid-type vocabulary="2"/></transaction>'
	]
];

const ORGANISATION_PERIODS = [
	'total-budget',
	'recipient-country-budget',
	'recipient-org-budget',
	'recipient-region-budget',
	'total-expenditure'
];

export const ORGANISATION_CASES: Case[] = [
	[
		'1.12.1',
		'identifier',
		'<organisation-identifier>A</organisation-identifier>',
		'<organisation-identifier> A</organisation-identifier>'
	],
	[
		'1.12.13',
		'identifier',
		'<organisation-identifier>A</organisation-identifier>',
		'<organisation-identifier>A/B</organisation-identifier>'
	],
	[
		'1.17.1',
		'receiving organisation',
		'<recipient-org-budget><recipient-org ref="A"/></recipient-org-budget>',
		'<recipient-org-budget><recipient-org ref="A "/></recipient-org-budget>'
	],
	['1.18.1', 'reporter', '<reporting-org ref="A"/>', '<reporting-org ref=" A"/>'],
	['1.18.8', 'reporter', '<reporting-org ref="XM-DAC-47066"/>', '<reporting-org ref=""/>'],
	['1.18.13', 'reporter', '<reporting-org ref="A"/>', '<reporting-org ref="A/B"/>'],
	['4.3.1', 'title', '<document-link/>', '<document-link><title/></document-link>'],
	['4.4.1', 'description', '<document-link/>', '<document-link><description/></document-link>'],
	['4.5.1', 'languages', 'xml:lang="fr"|<name><narrative/></name>', '<name><narrative>A</narrative></name>'],
	[
		'7.8.2',
		'currency',
		'default-currency="EUR"|<total-budget><value/></total-budget>',
		'<total-budget><value/></total-budget>'
	],
	...ORGANISATION_PERIODS.flatMap((name): Case[] => [
		['7.5.3', name, budget(name, '2019-01-01', '2020-01-01'), budget(name, '2019-01-01', '2020-01-02')],
		['8.6.3', name, budget(name, '2020-01-01', '2020-12-31'), budget(name, '2020-01-01', '2019-12-31')]
	]),
	[
		'11.3.1',
		'budget line',
		`<recipient-country-budget>${period('2020-01-01', '2020-12-31')}<budget-line><value value-date="2020-12-31"/></budget-line></recipient-country-budget>`,
		`<recipient-country-budget>${period('2020-01-01', '2020-12-31')}<budget-line><value value-date="2021-01-01"/></budget-line></recipient-country-budget>`
	],
	[
		'11.4.1',
		'last update',
		'last-updated-datetime="2026-11-24T23:00:00Z"|',
		'last-updated-datetime="2027-01-01"|'
	]
];
