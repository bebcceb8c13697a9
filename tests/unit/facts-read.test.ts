import { createReadStream } from 'node:fs';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ClaimRecord, Finding, IntakeRecord } from '#lib/server/intake/record.ts';
import { readers } from '#lib/server/intake/readers/index.ts';

type Read = { records: IntakeRecord[]; findings: Finding[] };

async function readTable(name: string): Promise<Read> {
	const fileName = `${name}.csv`;
	const bytes = createReadStream(`db/seed/gloact/${fileName}`);
	const read: Read = { records: [], findings: [] };
	for await (const part of readers['facts-csv'].read(bytes, { fileName, nature: 'published' })) {
		if (part.kind === 'finding') read.findings.push(part);
		else read.records.push(part);
	}
	return read;
}

function ofKind<Kind extends IntakeRecord['kind']>(read: Read, kind: Kind) {
	return read.records.filter(
		(record): record is Extract<IntakeRecord, { kind: Kind }> => record.kind === kind
	);
}

const TABLES = [
	['organisations', 'organisation', 132],
	['projects', 'project', 17],
	['objectives', 'objective', 12],
	['countries', 'country_coverage', 13],
	['activities', 'activity', 135],
	['indicators', 'indicator', 82],
	['funding', 'claim', 36],
	['budget_lines', 'claim', 2],
	['claims', 'claim', 82]
] as const;

const claimsOf = async () =>
	(await Promise.all(['projects', 'funding', 'budget_lines', 'claims'].map(readTable))).flatMap((read) =>
		ofKind(read, 'claim')
	);
const thing = (claim: ClaimRecord) =>
	[claim.subjectKind, claim.subjectKey, claim.property, JSON.stringify(claim.party)].join(' ');

describe('the tables of facts', () => {
	test.each(TABLES)('%s: every row becomes one %s (%i), none is refused', async (name, kind, count) => {
		const read = await readTable(name);
		const records = ofKind(read, kind);
		expect(records).toHaveLength(count);
		expect(records.map((record) => record.place)).toEqual(
			Array.from({ length: count }, (_, index) => `${name}.csv row ${index + 2}`)
		);
		expect(read.findings.filter((finding) => finding.severity !== 'warning')).toEqual([]);
		const keys = records.map((record) => ('key' in record ? record.key : ''));
		expect(new Set(keys).size).toBe(count);
	});

	test('a table without rows says so', async () => {
		const read = await readTable('expenditure');
		expect(read.records).toEqual([]);
		expect(read.findings.map((finding) => [finding.rule, finding.read])).toEqual([
			['no-rows', 'a header and no rows']
		]);
	});

	test('each row leads to a page', async () => {
		for (const [name] of TABLES) {
			for (const record of (await readTable(name)).records) {
				const evidence = 'evidence' in record ? record.evidence : null;
				const lost = ['claims:C034', 'claims:C062', 'claims:C063'];
				if ('key' in record && lost.includes(record.key)) expect(evidence?.originUrl).toBeNull();
				else expect(evidence?.originUrl, record.place).toMatch(/^https?:\/\/[^ ]+$/);
			}
		}
	});

	test('no fact is a ledger entry', async () => {
		for (const [name] of TABLES) {
			expect(ofKind(await readTable(name), 'ledger_entry')).toEqual([]);
		}
	});
});

describe('projects', () => {
	test('GLO.ACT runs from July 2015 to July 2019 in 13 countries, led by UNODC', async () => {
		const project = ofKind(await readTable('projects'), 'project').find(({ key }) => key === 'GLOACT');
		expect(project).toMatchObject({
			code: null,
			shortName: 'GLO.ACT',
			start: '2015-07-01',
			startPrecision: 'month',
			end: '2019-07-31',
			endPrecision: 'month',
			relation: 'main'
		});
		expect(project?.countries).toHaveLength(13);
		expect(project?.parties).toEqual([
			{ organisation: { name: 'UNODC' }, role: 'accountable' },
			{ organisation: { name: 'IOM' }, role: 'implementing' },
			{ organisation: { name: 'UNICEF' }, role: 'implementing' },
			{ organisation: { name: 'European Union' }, role: 'funding' }
		]);
	});

	test('a budget that no page gives is a claim without a value, and a finding', async () => {
		const read = await readTable('projects');
		const claim = ofKind(read, 'claim').find(({ subjectKey }) => subjectKey === 'GLOACT-AME');
		expect(claim).toMatchObject({
			property: 'budget_total',
			value: null,
			valueText: null,
			unit: null,
			chosen: true
		});
		expect(read.findings).toContainEqual(
			expect.objectContaining({ rule: 'amount-not-published', place: claim?.place })
		);
	});
});

describe('activities', () => {
	test('host and participating countries stay apart', async () => {
		const activities = ofKind(await readTable('activities'), 'activity');
		const missions = activities.find(({ key }) => key === 'GA-003');
		expect(missions).toMatchObject({
			hosts: [],
			dateFrom: '2016-03-01',
			dateTo: '2016-06-30',
			datePrecision: 'month'
		});
		expect(missions?.participatingCountries).toHaveLength(13);
		const vienna = activities.find(({ key }) => key === 'GA-099');
		expect(vienna).toMatchObject({ hosts: ['AT'], participatingCountries: ['BY'] });
		expect(vienna?.location).toMatchObject({ name: 'Vienna', country: 'AT', basis: 'assumed' });
	});

	test('participants keep their qualifier', async () => {
		const activities = ofKind(await readTable('activities'), 'activity');
		expect(activities.find(({ key }) => key === 'GA-044')?.participants).toMatchObject({
			count: '75',
			qualifier: 'at_least'
		});
		expect(activities.find(({ key }) => key === 'GA-001')?.participants).toBeNull();
	});

	test('a co-funder keeps what was said about its part', async () => {
		const activities = ofKind(await readTable('activities'), 'activity');
		expect(activities.find(({ key }) => key === 'GA-036')?.coFunders.at(-1)).toEqual({
			organisation: { name: 'Germany' },
			note: 'page header only'
		});
	});

	test('a first day without a last day has no end; a date line of a page says so', async () => {
		const activities = ofKind(await readTable('activities'), 'activity');
		expect(activities.find(({ key }) => key === 'GA-046')).toMatchObject({
			dateFrom: '2018-05-09',
			dateTo: null
		});
		expect(activities.find(({ key }) => key === 'GA-089')?.datePrecision).toBe('page_date');
	});

	test('what is odd is a finding at its row', async () => {
		const { findings } = await readTable('activities');
		const count = (rule: string) => findings.filter((finding) => finding.rule === rule).length;
		expect(count('low-confidence')).toBe(5);
		expect(count('place-assumed')).toBe(14);
		expect(count('place-missing')).toBe(2);
	});

	test('every organisation that leads, takes part or pays is known, but for two groups', async () => {
		const known = new Set(ofKind(await readTable('organisations'), 'organisation').map(({ name }) => name));
		const named = ofKind(await readTable('activities'), 'activity').flatMap(({ lead, partners, coFunders }) =>
			[...lead, ...partners, ...coFunders.map(({ organisation }) => organisation)].map((mention) =>
				'name' in mention ? mention.name : mention.key
			)
		);
		const unknown = new Set(named.filter((name) => !known.has(name)));
		expect([...unknown].sort()).toEqual(['civil society organisations', 'courts of Agadez']);
	});
});

describe('indicators', () => {
	test('rows that repeat an activity are marked and hold the same number', async () => {
		const activities = ofKind(await readTable('activities'), 'activity');
		const repeated = ofKind(await readTable('indicators'), 'indicator').filter((row) => row.repeatsActivity);
		expect(repeated).toHaveLength(48);
		for (const row of repeated) {
			const activity = activities.find(({ key }) => key === row.activity);
			expect(activity?.participants).toMatchObject({ count: row.value, qualifier: row.qualifier });
		}
	});

	test('context of the sector belongs to no project', async () => {
		const context = ofKind(await readTable('indicators'), 'indicator').filter((row) => row.project === null);
		expect(context.map(({ key }) => key)).toEqual(['I080', 'I081', 'I082']);
	});
});

describe('claims', () => {
	test('of everything claimed at most one statement is chosen', async () => {
		const chosen = (await claimsOf()).filter((claim) => claim.chosen).map(thing);
		expect(chosen.filter((one, index) => chosen.indexOf(one) !== index)).toEqual([]);
	});

	test('whatever has rivals has a chosen statement, and each says why', async () => {
		const claims = await claimsOf();
		const chosen = new Set(claims.filter((claim) => claim.chosen).map(thing));
		for (const rival of claims.filter((claim) => !claim.chosen)) {
			expect(chosen, rival.key).toContain(thing(rival));
			expect(rival.why, rival.key).toMatch(/.{10}/);
		}
	});

	test('the budget is EUR 11 million, beside the newspaper’s dollars', async () => {
		const budget = (await claimsOf()).filter((claim) => thing(claim) === 'project GLOACT budget_total null');
		expect(budget.map(({ key, value, unit, chosen }) => [key, value, unit, chosen])).toEqual([
			['projects:GLOACT:budget_total', '11000000', 'EUR', true],
			['funding:F002', '11000000', 'EUR', false],
			['funding:F003', '12700000', 'USD', false],
			['claims:C001', '10000000', 'EUR', false]
		]);
	});

	test('the Union’s contribution is EUR 10 million; one million is attributed to nobody', async () => {
		const claims = await claimsOf();
		const union = claims.filter(
			(claim) => thing(claim) === 'project GLOACT contribution {"name":"European Union"}'
		);
		expect(union.map(({ key, value, unit, chosen }) => [key, value, unit, chosen])).toEqual([
			['funding:F001', '10000000', 'EUR', true],
			['claims:C002', '11000000', 'EUR', false],
			['claims:C003', '12700000', 'USD', false]
		]);
		expect(claims.find((claim) => claim.property === 'contribution_unattributed')).toMatchObject({
			value: '1000000',
			unit: 'EUR',
			party: null,
			chosen: true
		});
	});

	test('a contribution without a published amount has no value', async () => {
		const unpublished = ofKind(await readTable('funding'), 'claim').filter((claim) => claim.value === null);
		expect(unpublished).toHaveLength(18);
		expect(unpublished.every((claim) => claim.unit === null && claim.valueText === null)).toBe(true);
		expect(unpublished.filter((claim) => claim.subjectKind === 'activity')).toHaveLength(10);
	});

	test('claims speak only of what the tables hold', async () => {
		const keys = new Set<string>();
		for (const name of ['projects', 'activities', 'indicators', 'countries']) {
			for (const record of (await readTable(name)).records) {
				if (record.kind !== 'claim' && 'key' in record) keys.add(record.key);
			}
		}
		const unknown = (await claimsOf()).filter((claim) => !keys.has(claim.subjectKey));
		expect(unknown.map(({ key }) => key)).toEqual([]);
	});
});

describe('rates', () => {
	test('three currencies for each month of the project, as published', async () => {
		const fileName = 'h10-monthly.csv';
		const path = `db/seed/rates/${fileName}`;
		const rates: IntakeRecord[] = [];
		for await (const part of readers['rates-csv'].read(createReadStream(path), {
			fileName,
			nature: 'published'
		})) {
			if (part.kind !== 'finding') rates.push(part);
		}
		expect(rates).toHaveLength(readFileSync(path, 'utf8').trim().split('\n').length - 1);
		expect(rates).toHaveLength(3 * 49);
		expect(rates[1]).toMatchObject({
			kind: 'exchange_rate',
			place: 'h10-monthly.csv row 3',
			publisher: 'Federal Reserve H.10 monthly average',
			series: 'monthly',
			currency: 'EUR',
			validFrom: '2015-07-01',
			unitsPerEur: null,
			unitsPerUsd: '0.9093'
		});
	});
});
