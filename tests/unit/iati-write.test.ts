import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	CLOSE_ACTIVITIES,
	closeActivity,
	identifierOf,
	openActivities,
	openActivity
} from '#lib/iati/write/activity.ts';
import type { WrittenActivity, WrittenEntry } from '#lib/iati/write/content.ts';
import { writeEntry } from '#lib/iati/write/entry.ts';
import { activitiesOf, entriesOf, readText } from '../support/iati-files.ts';
import { hasSchema, validate } from '../support/iati-schema.ts';

const PUBLISHER = { reference: 'XM-DAC-41128', name: 'UNODC', type: '40' };
const FALLBACK = { day: '2026-11-26' };

const BARE: WrittenActivity = {
	key: 'A-1',
	reporter: null,
	title: {},
	description: null,
	status: null,
	plannedStart: null,
	actualStart: null,
	plannedEnd: null,
	actualEnd: null,
	hierarchy: null,
	related: [],
	participations: [],
	countries: [],
	regions: [],
	sectors: [],
	policyMarkers: [],
	humanitarian: null,
	scope: null,
	collaborationType: null,
	defaultCurrency: null,
	defaultLanguage: null,
	defaultFlowType: null,
	defaultFinanceType: null,
	defaultAidTypes: null,
	defaultTiedStatus: null,
	capitalSpend: null,
	locations: [],
	documents: [],
	further: null,
	results: []
};

const ENTRY: WrittenEntry = {
	kind: '3',
	reference: null,
	dateFrom: '2021-03-04',
	dateTo: '2021-03-04',
	stated: null,
	valueDate: '2021-03-04',
	amount: '10.00',
	currency: 'EUR',
	inSlice: null,
	provider: null,
	receiver: null,
	providerActivity: null,
	receiverActivity: null,
	budgetVersion: null,
	description: null,
	places: [],
	sectors: [],
	codes: null
};

function fileOf(activity: Partial<WrittenActivity>, ...entries: Partial<WrittenEntry>[]): string {
	const whole = { ...BARE, ...activity };
	return [
		openActivities('2026-11-26T00:00:00.000Z', 'about -- this'),
		openActivity(whole, PUBLISHER, FALLBACK),
		...entries.map((entry) => writeEntry({ ...ENTRY, ...entry }, FALLBACK)),
		closeActivity(whole, PUBLISHER, FALLBACK),
		CLOSE_ACTIVITIES
	].join('\n');
}

describe('an activity that is written', () => {
	it.skipIf(!hasSchema)('is held to the schema, which finds what does not belong', async () => {
		const xml = fileOf({}).replace('</iati-activity>', '<transaction/></iati-activity>');
		expect(await validate(xml)).toMatch(/Element 'transaction'/);
	});

	it('is valid however little is known of it, and read back knows no more', async () => {
		const UNDATED = { dateFrom: null, dateTo: null, valueDate: null };
		const xml = fileOf({}, { kind: 'budget', ...UNDATED }, UNDATED);
		if (hasSchema) expect(await validate(xml)).toBe('');
		const read = await readText(xml);
		const [activity] = activitiesOf(read);
		expect(activity).toMatchObject({
			title: {},
			description: null,
			status: null,
			plannedStart: null,
			actualStart: null,
			participations: [],
			secondaryReporter: true
		});
		expect(entriesOf(read).map(({ dateFrom, valueDate }) => [dateFrom, valueDate])).toEqual([
			[null, null],
			[null, null]
		]);
	});

	it('says texts of every kind as they were', async () => {
		// What XML has no way to hold is left out here.
		const texts = fc
			.tuple(
				fc.constantFrom('', '=1+1', ']]>', '<b>', '&amp;', '"', "'", 'مرحبا \u202e', '\r\n', '\t'),
				fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
			)
			.map((parts) =>
				parts
					.join('')
					.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
					.trim()
			)
			.filter((text) => text !== '');
		await fc.assert(
			fc.asyncProperty(texts, texts, texts, async (title, description, name) => {
				const read = await readText(
					fileOf(
						{ title: { en: title }, description: { fr: description } },
						{ description, reference: title, provider: { reference: null, name, type: null } }
					)
				);
				const [activity] = activitiesOf(read);
				expect([activity!.title, activity!.description]).toEqual([{ en: title }, { fr: description }]);
				const [entry] = entriesOf(read);
				expect([entry!.description, entry!.reference, entry!.provider]).toEqual([
					description,
					title,
					`name:${name}`
				]);
			}),
			{ numRuns: 300 }
		);
	});

	it('writes a character that XML cannot hold as U+FFFD, and stays a file', async () => {
		const [activity] = activitiesOf(await readText(fileOf({ title: { en: 'a\u0001b\ud800c' } })));
		expect(activity!.title).toEqual({ en: 'a\ufffdb\ufffdc' });
	});

	it('keeps vague dates, shares of a transaction and several places, for which the standard has no room', async () => {
		const xml = fileOf(
			{},
			{ stated: '2021', dateFrom: '2021-01-01', dateTo: '2021-12-31', valueDate: '2021-01-01' },
			{
				places: [
					{ country: 'ML', region: null, percentage: '40' },
					{ country: 'NE', region: null, percentage: '60' }
				],
				sectors: [
					{ code: '15130', percentage: '25' },
					{ code: '15160', percentage: '75' }
				]
			}
		);
		if (hasSchema) expect(await validate(xml)).toBe('');
		const [vague, shared] = entriesOf(await readText(xml));
		expect([vague!.dateFrom, vague!.dateTo, vague!.datePrecision]).toEqual([
			'2021-01-01',
			'2021-12-31',
			'year'
		]);
		expect(shared!.countries.map(({ country, percentage }) => [country, percentage])).toEqual([
			['ML', '40'],
			['NE', '60']
		]);
		expect(shared!.sectors).toEqual([
			{ code: '15130', percentage: '25' },
			{ code: '15160', percentage: '75' }
		]);
	});
});

describe('an identifier', () => {
	it('begins with the reference of who publishes, once', () => {
		expect(identifierOf('GB-1-2', PUBLISHER)).toBe('XM-DAC-41128-GB-1-2');
		expect(identifierOf('XM-DAC-41128-7', PUBLISHER)).toBe('XM-DAC-41128-7');
		expect(identifierOf('XM-DAC-411287', PUBLISHER)).toBe('XM-DAC-41128-XM-DAC-411287');
	});
});
