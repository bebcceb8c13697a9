import { describe, expect, test } from 'vitest';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { entriesOf, readText } from '../support/iati-files.ts';

const valueOf = (value: string) =>
	readText(fileXml(activityXml({ transactions: transactionXml({ value }) })));
const rulesOf = (read: Awaited<ReturnType<typeof readText>>) =>
	read.findings
		.filter(({ rule }) => !rule.startsWith('iati-'))
		.map(({ severity, rule }) => `${severity} ${rule}`);

describe('a value', () => {
	test.each([
		['1000', '1000'],
		['+100', '100'],
		['.5', '0.5'],
		['5.', '5'],
		['-0', '0'],
		['00012.50', '12.50'],
		[' 42 ', '42'],
		['\n7\n', '7'],
		['-250.75', '-250.75'],
		['4602780.079167', '4602780.079167'],
		['1<!-- a comment is nothing -->0', '10'],
		['<![CDATA[12]]>', '12']
	])('%j is %s', async (written, amount) => {
		const read = await valueOf(`<value value-date="2021-07-01">${written}</value>`);
		expect(entriesOf(read)).toMatchObject([{ amount, currency: 'EUR', valueDate: '2021-07-01' }]);
		expect(rulesOf(read)).toEqual([]);
	});

	test.each(['46678,00', '1e3', 'NaN', '', '  ', '1 000', '१२३', '(500)', '−5', '1<b>0</b>'])(
		'%j refuses the activity, and says what stood there',
		async (written) => {
			const read = await valueOf(`<value value-date="2021-07-01">${written}</value>`);
			expect(read.records).toEqual([]);
			expect(read.counts).toMatchObject({
				counts: { activities: 1, transactions: 1 },
				refused: ['XM-DAC-41128-1']
			});
			expect(read.findings).toContainEqual({
				kind: 'finding',
				severity: 'error',
				rule: 'value-unreadable',
				place: 'file.xml line 13 iati-activity[XM-DAC-41128-1]/transaction[1]/value[1]',
				read: `value: ${written.replace(/<.*?>/g, '')}`,
				done: 'activity not read'
			});
		}
	);

	test('has every digit that is written', async () => {
		const digits = '123456789012345678901234567890.123456789';
		const read = await valueOf(`<value value-date="2021-07-01">${digits}</value>`);
		expect(entriesOf(read)).toMatchObject([{ amount: digits }]);
		expect(read.counts?.counts.sums).toEqual([{ currency: 'EUR', kind: '3', count: 1, sum: digits }]);
		expect(rulesOf(read)).toEqual(['warning value-unlikely']);
	});

	test('that nobody can mean is refused', async () => {
		const read = await valueOf(`<value value-date="2021-07-01">${'9'.repeat(1000)}</value>`);
		expect(rulesOf(read)).toContain('error value-out-of-range');
	});

	test('is needed, and only one', async () => {
		expect(rulesOf(await valueOf(''))).toContain('error value-missing');
		expect(rulesOf(await valueOf('<value>1</value><value>2</value>'))).toContain('error value-repeated');
	});
});

describe('a currency', () => {
	test.each([
		['currency="USD"', 'EUR', 'USD', []],
		['', 'EUR', 'EUR', []],
		['currency=""', 'EUR', 'EUR', ['warning currency-empty']],
		['currency="usd"', 'EUR', 'USD', ['warning currency-normalised']],
		['currency=" CHF "', 'EUR', 'CHF', ['warning currency-normalised']],
		['currency="XDR"', 'EUR', 'XDR', []],
		['currency="LVL"', 'EUR', 'LVL', []],
		['', 'eur', 'EUR', ['warning currency-normalised']]
	])('%s with the default %s is %s', async (attribute, fallback, currency, rules) => {
		const value = `<value ${attribute} value-date="2021-07-01">1</value>`;
		const attributes = `default-currency="${fallback}" xml:lang="en"`;
		const read = await readText(
			fileXml(activityXml({ attributes, transactions: transactionXml({ value }) }))
		);
		expect(entriesOf(read)).toMatchObject([{ currency }]);
		expect(read.counts?.counts.sums).toMatchObject([{ currency }]);
		expect(rulesOf(read).filter((rule) => rule.includes('currency'))).toEqual(rules);
	});

	test.each([
		['currency="US$"', 'xml:lang="en"', 'currency-unknown', 'US$'],
		['currency="EURO"', 'xml:lang="en"', 'currency-unknown', 'EURO'],
		['', 'xml:lang="en"', 'currency-missing', '(none)'],
		['', 'xml:lang="en" default-currency="XXX"', 'currency-unknown', 'XXX']
	])('%s in an activity with %s is refused', async (attribute, attributes, rule, counted) => {
		const value = `<value ${attribute} value-date="2021-07-01">1</value>`;
		const read = await readText(
			fileXml(activityXml({ attributes, transactions: transactionXml({ value }) }))
		);
		expect(read.records).toEqual([]);
		expect(rulesOf(read)).toContain(`error ${rule}`);
		expect(read.counts?.counts.sums).toEqual([{ currency: counted, kind: '3', count: 1, sum: '1' }]);
	});
});

describe('what a file holds before checks', () => {
	test('is counted with all digits, by currency and version-2 type, refused or not', async () => {
		const of = (value: string, type: string) =>
			transactionXml({ value: `<value>${value}</value>`, type: `<transaction-type code="${type}"/>` });
		const read = await readText(
			fileXml(
				activityXml({ id: 'A', transactions: [of('0.1', '3'), of('0.2', 'D'), of('-0.30', '3')].join('') }),
				activityXml({ id: 'B', transactions: [of('5', '77'), of('1,5', 'C'), of('7.50', 'C')].join('') })
			)
		);
		expect(read.counts).toEqual({
			kind: 'read_counts',
			counts: {
				activities: 2,
				transactions: 6,
				sums: [
					{ currency: 'EUR', kind: '3', count: 3, sum: '0' },
					{ currency: 'EUR', kind: '?77', count: 1, sum: '5' },
					{ currency: 'EUR', kind: '2', count: 1, sum: '7.5' }
				]
			},
			refused: ['B']
		});
	});
});
