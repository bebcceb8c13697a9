import { describe, expect, test } from 'vitest';
import { readDay, readVagueDate, spanOf } from '#lib/iati/read/dates.ts';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { activitiesOf, entriesOf, readText } from '../support/iati-files.ts';

const dated = (date: string, value?: string) =>
	readText(fileXml(activityXml({ transactions: transactionXml({ date, value }) })));

describe('a day', () => {
	test.each([
		['2016-02-29', '2016-02-29'],
		['2019-02-28Z', '2019-02-28'],
		['2019-02-28+05:30', '2019-02-28'],
		['2019-02-28-12:00', '2019-02-28'],
		['2019-02-28+14:00', '2019-02-28'],
		[' 2019-02-28\n', '2019-02-28'],
		['9999-12-31', '9999-12-31'],
		['2000-02-29', '2000-02-29']
	])('%j is %s, whatever its zone', (written, day) => {
		expect(readDay(written)).toBe(day);
	});

	test.each([
		'2019-02-30',
		'31/12/2019',
		'2019-13-01',
		'2019-00-10',
		'2019-01-00',
		'2019-2-3',
		'20190203',
		'2019',
		'2019-02',
		'2019-02-28T00:00:00',
		'2019-02-28+15:00',
		'2100-02-29',
		'1900-02-29',
		'0000-01-01',
		'-0044-03-15',
		'12019-01-01',
		'20191900-01-01',
		'43524',
		''
	])('%j is none', (written) => {
		expect(readDay(written)).toBeNull();
	});
});

describe('a date that old files write as text', () => {
	test.each([
		['2005', '2005-01-01', '2005-12-31', 'year'],
		['2005-April', '2005-04-01', '2005-04-30', 'month'],
		['2004-feb', '2004-02-01', '2004-02-29', 'month'],
		['2005-11', '2005-11-01', '2005-11-30', 'month'],
		['2005-02-03', '2005-02-03', '2005-02-03', 'day'],
		['2005-02-03T00:00:00', '2005-02-03', '2005-02-03', 'day']
	])('%s', (written, from, to, precision) => {
		expect(readVagueDate(written)).toEqual({ from, to, precision });
	});

	test.each(['April 2005', '2005-13', '2005-Aprils', '0000', 'Planned End'])('%s is none', (written) => {
		expect(readVagueDate(written)).toBeNull();
	});
});

test.each([
	['2020-01-01', '2020-12-31', 'year'],
	['2020-04-01', '2020-06-30', 'quarter'],
	['2020-02-01', '2020-02-29', 'month'],
	['2020-02-01', '2020-02-28', 'period'],
	['2020-02-01', '2020-04-30', 'period'],
	['2020-04-01', '2021-03-31', 'period'],
	['2020-05-05', '2020-05-05', 'day']
])('the period %s to %s is a %s', (from, to, precision) => {
	expect(spanOf(from, to)).toEqual({ from, to, precision });
});

describe('a transaction', () => {
	test('has the day of its iso-date, and that of its value beside it', async () => {
		const [entry] = entriesOf(await dated('<transaction-date iso-date="2021-06-30"/>'));
		expect(entry).toMatchObject({
			dateFrom: '2021-06-30',
			dateTo: '2021-06-30',
			datePrecision: 'day',
			valueDate: '2021-07-01'
		});
	});

	test.each(['', ' value-date=""', ' value-date="30.06.2021"'])(
		'without a readable value date (%j) is converted on its own day',
		async (attribute) => {
			const read = await dated('<transaction-date iso-date="2021-06-30"/>', `<value${attribute}>1</value>`);
			expect(entriesOf(read)).toMatchObject([{ valueDate: '2021-06-30' }]);
		}
	);

	test('of a year or month says so and keeps it', async () => {
		const read = await dated('<transaction-date>2005-April</transaction-date>');
		expect(entriesOf(read)).toMatchObject([
			{ dateFrom: '2005-04-01', dateTo: '2005-04-30', datePrecision: 'month' }
		]);
		expect(read.findings).toContainEqual(
			expect.objectContaining({ rule: 'date-vague', read: '2005-April', done: 'read as the whole month' })
		);
	});

	test('without a date is not dated, and one with a date that is none refuses its activity', async () => {
		expect(entriesOf(await dated(''))).toMatchObject([
			{ dateFrom: null, dateTo: null, datePrecision: 'unknown' }
		]);
		for (const date of ['iso-date=""', 'iso-date="31/12/2019"', 'iso-date="2019"']) {
			const read = await dated(`<transaction-date ${date}/>`);
			expect(read.records).toEqual([]);
			expect(read.findings).toContainEqual(
				expect.objectContaining({ severity: 'error', rule: 'date-unreadable' })
			);
		}
	});
});

describe('plans', () => {
	const plan = (inside: string) => readText(fileXml(activityXml({ inside, transactions: '' })));
	const period = (start: string, end: string) =>
		`<period-start iso-date="${start}"/><period-end iso-date="${end}"/>`;

	test('a budget is for its period, original or revised, indicative or committed', async () => {
		const read = await plan(
			`<budget type="1" status="2">${period('2020-01-01', '2020-12-31')}<value value-date="2020-01-01">1000</value></budget>
			<budget type="Revised">${period('2020-01-01', '2020-03-31')}<value currency="USD">900</value></budget>
			<budget><period-start>2012</period-start><period-end>2012</period-end><value>7</value></budget>`
		);
		expect(entriesOf(read)).toMatchObject([
			{
				place: 'file.xml line 12 iati-activity[XM-DAC-41128-1]/budget[1]',
				entryKind: 'budget',
				budgetVersion: 'original',
				dateFrom: '2020-01-01',
				dateTo: '2020-12-31',
				datePrecision: 'year',
				valueDate: '2020-01-01',
				amount: '1000',
				currency: 'EUR',
				codes: { budgetStatus: '2' }
			},
			{
				budgetVersion: 'revised',
				datePrecision: 'quarter',
				currency: 'USD',
				valueDate: '2020-01-01',
				codes: null
			},
			{ budgetVersion: null, dateFrom: '2012-01-01', dateTo: '2012-12-31', datePrecision: 'year' }
		]);
	});

	test('a planned disbursement has parties, and without an end one day', async () => {
		const read = await plan(
			`<planned-disbursement type="2"><period-start iso-date="2020-05-01"/><value>5</value>
			<provider-org ref="A" provider-activity-id="A-1"/><receiver-org><narrative>Bee</narrative></receiver-org></planned-disbursement>`
		);
		expect(entriesOf(read)).toMatchObject([
			{
				entryKind: 'planned_disbursement',
				budgetVersion: 'revised',
				dateFrom: '2020-05-01',
				dateTo: '2020-05-01',
				datePrecision: 'day',
				provider: 'A',
				providerActivity: 'A-1',
				receiver: 'name:Bee'
			}
		]);
	});

	test('a period that runs backwards or lacks an edge is no date', async () => {
		const read = await plan(
			`<budget>${period('2021-12-31', '2021-01-01')}<value>-5</value></budget>
			<budget><period-start iso-date="2021-01-01"/><value>6</value></budget>
			<budget>${period('20191900-01-01', '2021-01-01')}<value>7</value></budget>`
		);
		expect(entriesOf(read).map(({ amount, datePrecision }) => [amount, datePrecision])).toEqual([
			['-5', 'unknown'],
			['6', 'unknown'],
			['7', 'unknown']
		]);
		expect(read.findings.map(({ rule }) => rule)).toEqual(
			expect.arrayContaining(['period-reversed', 'period-incomplete', 'date-unreadable'])
		);
	});

	test('a value that is none refuses the activity here too', async () => {
		const read = await plan(`<budget>${period('2020-01-01', '2020-12-31')}<value>46678,00</value></budget>`);
		expect(read.rejected).toBe(true);
		expect(read.counts?.refused).toEqual(['XM-DAC-41128-1']);
	});
});

test('of two dates of a type the first counts, and old type names are known', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				inside: `<activity-date type="start-planned">2010-12-31Z</activity-date>
				<activity-date type="2" iso-date="2022-02-02"/><activity-date type="4" iso-date="2050-12-31"/>
				<activity-date type="start" iso-date="2001-01-01"/><activity-date type="3" iso-date="soon"/>`
			})
		)
	);
	expect(activitiesOf(read)).toMatchObject([
		{ plannedStart: '2010-12-31', actualStart: '2020-01-01', plannedEnd: null, actualEnd: '2050-12-31' }
	]);
	expect(read.findings.map(({ rule }) => rule)).toEqual(
		expect.arrayContaining(['date-repeated', 'date-type-unknown', 'date-unreadable'])
	);
});
