import Big from 'big.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateDemonstration } from '../../db/seed/demonstration/generate.ts';
import {
	UNION,
	IOM,
	UNICEF,
	AGREEMENT,
	files,
	readFile,
	readFormat,
	postAll,
	sum,
	isSpent,
	type Entry
} from './demonstration-postings.ts';

let last: Entry[];

beforeAll(async () => {
	last = (await postAll()).at(-1)!.entries;
});

describe('the files', () => {
	test('are the same bytes each time', () => {
		expect(generateDemonstration()).toEqual(files);
	});

	test('are read without an error, and every row says that it is invented', async () => {
		for (const file of files) {
			const { records, findings } = await readFile(file);
			const rows = file.text.trimEnd().split('\n');
			const read = records.filter(({ kind }) => file.format !== 'ledger-csv' || kind !== 'instalment');
			expect(read, file.fileName).toHaveLength(rows.length - 1);
			expect(rows.slice(1).every((row) => row.split(',').includes('demonstration'))).toBe(true);
			expect(
				findings.filter(({ rule }) => rule !== 'place-missing'),
				file.fileName
			).toEqual([]);
			expect(file.fileName).toMatch(/^DEMONSTRATION-/);
		}
	});

	test('are refused as published data, row by row', async () => {
		const { records, findings } = await readFile({ ...files.at(-1)!, nature: 'published' as never });
		expect(records).toEqual([]);
		expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['nature-differs']));
	});

	test('make two postings a year and a last one, in order', () => {
		const days = files.map(({ simulatedKnownAt }) => simulatedKnownAt);
		expect(days.toSorted()).toEqual(days);
		expect([...new Set(days)].map((day) => day.slice(0, 10))).toEqual([
			'2016-02-15',
			'2016-08-15',
			'2017-02-15',
			'2017-08-15',
			'2018-02-15',
			'2018-08-15',
			'2019-02-15',
			'2019-08-15',
			'2019-11-15'
		]);
	});
});

describe('the agreement', () => {
	test('was paid in five instalments that the ledger received, each asked for when the rule was met', async () => {
		const instalments = new Map(
			(await readFormat('ledger-csv')).flatMap((record) =>
				record.kind === 'instalment' ? [[record.number, record] as const] : []
			)
		);
		expect([...instalments.keys()]).toEqual([1, 2, 3, 4, 5]);
		let before = new Big(0);
		let previous = new Big(0);
		for (const { amount, requestedOn, receivedOn, receipts } of instalments.values()) {
			const receipt = last.find(({ reference }) => reference === receipts[0]);
			expect(receipt).toMatchObject({ entryKind: '1', dateFrom: receivedOn, amount, provider: UNION });
			const spent = sum(
				last,
				(entry) => isSpent(entry) && entry.agreement === AGREEMENT && entry.dateTo! <= requestedOn!
			);
			expect(spent.gte(before.plus(previous.times('0.7'))), `${requestedOn} ${spent.toFixed(2)}`).toBe(true);
			before = before.plus(previous);
			previous = new Big(amount);
		}
		expect(before.plus(previous).toFixed(2)).toBe('10000000.00');
	});

	test('knows an instalment only once its half-year was reported', async () => {
		const planned = (await readFormat('terms-csv')).filter((record) => record.kind === 'instalment');
		expect(planned.map(({ number, receivedOn }) => [number, receivedOn])).toEqual(
			[1, 2, 3, 4, 5].map((number) => [number, null])
		);
		for (const file of files.filter(({ format }) => format === 'ledger-csv')) {
			for (const record of (await readFile(file)).records) {
				if (record.kind === 'instalment') expect(record.receivedOn! < file.simulatedKnownAt).toBe(true);
			}
		}
	});

	test('names its rates, its rules are marked as invented, and its budgets are the published one', async () => {
		const terms = await readFormat('terms-csv');
		expect(terms.find((record) => record.kind === 'agreement')).toMatchObject({
			title: 'EU-UNODC demonstration agreement',
			ratePublisher: 'Federal Reserve H.10 monthly average',
			rateSeries: 'monthly',
			amount: '10000000.00'
		});
		const rules = terms.filter((record) => record.kind === 'agreement_rule');
		expect(rules.length).toBeGreaterThan(2);
		expect(
			rules.every(
				({ text, article }) => text.startsWith('Invented rule: ') && article.startsWith('Demonstration')
			)
		).toBe(true);
		expect(terms.filter((record) => record.kind === 'budget_version')).toMatchObject([
			{ key: 'DEMO-B1', amount: '11000000.00', direct: '10280373.83', indirect: '719626.17', replaces: null },
			{
				key: 'DEMO-B2',
				amount: '11000000.00',
				direct: '10280373.83',
				indirect: '719626.17',
				replaces: 'DEMO-B1'
			}
		]);
	});

	test('leaves transfers to partners and superseded budget lines uncounted, by rules that say why', async () => {
		const rules = (await readFormat('terms-csv')).filter((record) => record.kind === 'counting_rule');
		expect(
			rules.map(({ counting, match }) => [counting, match.entryKind, match.receiver, match.budgetVersion])
		).toEqual([
			['internal_transfer', '2', IOM, null],
			['internal_transfer', '3', IOM, null],
			['internal_transfer', '2', UNICEF, null],
			['internal_transfer', '3', UNICEF, null],
			['superseded_budget', 'budget', null, 'DEMO-B1']
		]);
		expect(rules.every(({ reporter, reason }) => reporter === 'DASHBOARD' && reason.length > 20)).toBe(true);
	});
});
