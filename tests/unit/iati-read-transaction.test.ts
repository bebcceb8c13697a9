import { describe, expect, test } from 'vitest';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { activitiesOf, entriesOf, readText, ruled } from '../support/iati-files.ts';

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
