import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { sum } from '#lib/money/decimal.ts';
import type { IatiResultRecord } from '#lib/server/intake/record.ts';
import { total } from '#lib/server/ledger/total.ts';
import { loadFirstPortfolio } from '../../db/seed/load.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	exportActivities,
	exportSlice,
	importIati,
	PUBLISHER,
	withoutAdded
} from '../support/iati-export.ts';
import { activityXml, fileXml, transactionXml } from '../support/iati-activity.ts';
import { activitiesOf, entriesOf, ofKind, readText } from '../support/iati-files.ts';
import { aProject, anActivity, anIndicator, postRecords } from '../support/ledger-factory.ts';
import { sliceOf, withoutZeros } from '../support/ledger-slices.ts';
import { hasSchema, validate } from '../support/iati-schema.ts';

describeOnBothEngines('GLO.ACT as IATI', (_engine, fresh) => {
	let database: Database;
	let xml: string;

	beforeAll(async () => {
		database = await fresh();
		await loadFirstPortfolio(database, { demonstration: true }, () => {});
		xml = await exportActivities(database.db);
	});

	test('is a file that the schema takes and whose errors are none', async () => {
		if (hasSchema) expect(await validate(xml)).toBe('');
		const read = await readText(xml);
		expect(read.rejected).toBe(false);
		expect(read.findings.filter(({ severity }) => severity !== 'warning')).toEqual([]);
	});

	test('holds the activities under one that is the project, with who takes part, results and documents', async () => {
		const read = await readText(xml);
		const activities = activitiesOf(read);
		const project = activities.find(({ key }) => key === `${PUBLISHER}-GLOACT`)!;
		expect(project.title).toEqual({
			en: 'Global Action to Prevent and Address Trafficking in Persons and the Smuggling of Migrants'
		});
		expect([project.actualStart, project.actualEnd, project.hierarchy]).toEqual([
			'2015-07-01',
			'2019-07-31',
			1
		]);
		expect(new Set(project.participations.map(({ role }) => role))).toEqual(new Set([1, 2, 4]));
		expect(project.locations.flatMap(({ codes }) => codes.map(({ code }) => code))).toHaveLength(13);
		const children = activities.filter(({ related }) =>
			related.some(({ type, key }) => type === '1' && key === project.key)
		);
		expect(children.length).toBeGreaterThan(100);
		expect(project.related.filter(({ type }) => type === '2')).toHaveLength(children.length);
		expect(children.every(({ documents }) => documents.length > 0)).toBe(true);
		const results = ofKind(read, 'iati_result') as IatiResultRecord[];
		const periods = results.flatMap(({ indicators }) => indicators).flatMap((indicator) => indicator.periods);
		expect(periods.flatMap(({ actuals }) => actuals).length).toBeGreaterThan(50);
		for (const { key, secondaryReporter, reporter } of activities) {
			expect(key).toMatch(new RegExp(`^${PUBLISHER}-`));
			expect([secondaryReporter, reporter]).toEqual([true, PUBLISHER]);
		}
	});

	test('holds nothing of the demonstration', () => {
		expect(xml).not.toMatch(/demonstration/i);
		expect(xml).not.toContain('<transaction');
	});

	test('holds every result of a project as it was stated last, in whichever file that was', async () => {
		const { db } = await fresh();
		const first = anIndicator('FIRST', 'P', { value: '25' });
		await postRecords(db, 'published', [aProject('P'), anActivity('A', 'P')]);
		await postRecords(db, 'published', [first, anIndicator('OTHER', 'P', { value: '7' })]);
		await postRecords(db, 'published', [{ ...first, value: '26' }]);
		const results = ofKind(await readText(await exportActivities(db)), 'iati_result') as IatiResultRecord[];
		const stated = results
			.flatMap(({ indicators }) => indicators)
			.map(({ title, periods }) => [
				title.en,
				...periods.flatMap(({ actuals }) => actuals.map(({ value }) => value))
			]);
		expect(stated).toEqual([
			['Indicator OTHER', '7'],
			['Indicator FIRST', '26']
		]);
	});
});

describe('money', () => {
	describeOnBothEngines('as IATI', (_engine, fresh) => {
		let database: Database;
		const REPORTER = 'XM-DAC-41128';

		beforeAll(async () => {
			database = await fresh();
			const transactions = [
				transactionXml({ value: '<value currency="EUR" value-date="2021-07-01">1000.01</value>' }),
				transactionXml({
					value: '<value currency="EUR" value-date="2021-07-01">70.10</value>',
					more: '<recipient-country code="NE"/>'
				}),
				transactionXml({
					type: '<transaction-type code="4"/>',
					value: '<value currency="EUR" value-date="2021-07-01">-5.5</value>'
				})
			].join('\n');
			const shared = (id: string) =>
				activityXml({ id, transactions }).replace(
					'<recipient-country code="ML" percentage="100"/>',
					'<recipient-country code="ML" percentage="33.33"/><recipient-country code="NE" percentage="66.67"/>'
				);
			expect(
				await importIati(
					database.db,
					'a.xml',
					fileXml(activityXml({ transactions }), shared('XM-DAC-41128-2'))
				)
			).toBe(true);
		});

		const sliced = async (slice: ReturnType<typeof sliceOf>) => {
			const xml = await exportSlice(database.db, slice, REPORTER);
			if (hasSchema) expect(await validate(xml)).toBe('');
			return {
				xml,
				amounts: [...xml.matchAll(/own:amount-in-slice="([^"]*)"/g)].map(([, amount]) => amount!)
			};
		};

		test('of a slice is the slice, to the cent, also where it counts parts', async () => {
			for (const change of [
				{},
				{ country: 'ML' },
				{ country: 'NE' },
				{ country: 'ML,NE' },
				{ measure: 'expenditure' as const },
				{ sector: '15130' }
			]) {
				const slice = sliceOf(change);
				const { amount, entries } = await total(database.db, slice);
				const { xml, amounts } = await sliced(slice);
				expect(amounts.length, JSON.stringify(change)).toBe(entries);
				expect(withoutZeros(sum(amounts)), JSON.stringify(change)).toBe(withoutZeros(amount!));
				const written = entriesOf(await readText(xml)).map((entry) => entry.amount);
				expect(withoutZeros(sum(written))).toBe(withoutZeros(amount!));
			}
		});

		test('a part says which country it is of', async () => {
			const { xml } = await sliced(sliceOf({ country: 'NE' }));
			const entries = entriesOf(await readText(xml));
			expect(entries).toHaveLength(4);
			for (const { countries } of entries)
				expect(countries).toEqual([{ country: 'NE', region: null, percentage: '100' }]);
		});

		test('nothing is written where nothing is asked for', async () => {
			const xml = await exportSlice(database.db, sliceOf({ measure: 'pledged' }), REPORTER);
			expect(xml).toContain('<iati-activities ');
			expect(xml).not.toContain('<iati-activity ');
			expect(xml).not.toContain('amount-in-slice');
		});

		test('identifiers begin with who publishes; the own one stands beside', async () => {
			const own = await exportActivities(database.db, REPORTER);
			expect(own).toContain('<iati-identifier>XM-DAC-41128-1</iati-identifier>');
			expect(own).not.toContain('other-identifier');
			const other = await exportActivities(database.db, 'XX-1');
			expect(other).toContain('<iati-identifier>XX-1-XM-DAC-41128-1</iati-identifier>');
			expect(other).toContain('<other-identifier ref="XM-DAC-41128-1" type="A9" own:added="element">');
			expect(withoutAdded(other)).not.toContain('other-identifier');
		});
	});
});
