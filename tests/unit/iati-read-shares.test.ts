import { describe, expect, test } from 'vitest';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { activitiesOf, entriesOf, readText, ruled } from '../support/iati-files.ts';

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
