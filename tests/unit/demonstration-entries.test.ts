import Big from 'big.js';
import { beforeAll, describe, expect, test } from 'vitest';
import {
	UNION,
	UNODC,
	IOM,
	UNICEF,
	SPENDERS,
	files,
	rates,
	readFile,
	postAll,
	sum,
	isSpent,
	isTransfer,
	isIndirect,
	type Entry
} from './demonstration-postings.ts';

const COUNTRIES = ['BR', 'BY', 'CO', 'EG', 'KG', 'LA', 'MA', 'ML', 'NE', 'NP', 'PK', 'UA', 'ZA'];
let last: Entry[];

beforeAll(async () => {
	last = (await postAll()).at(-1)!.entries;
});

describe('invented entries', () => {
	test('the only real parties are the Union, UNODC, IOM and UNICEF', () => {
		const parties = last.flatMap(({ provider, receiver }) => [provider, receiver]);
		expect(new Set(parties)).toEqual(new Set([UNION, UNODC, IOM, UNICEF, null]));
		expect(new Set(last.map(({ reporter }) => reporter))).toEqual(new Set(['DASHBOARD']));
		expect(last.filter((entry) => isSpent(entry) && entry.receiver !== null)).toEqual([]);
		expect(new Set(last.filter(isSpent).map(({ provider }) => provider))).toEqual(new Set(SPENDERS));
	});

	test('costs hang on demonstration outputs in the 13 countries, never on a real activity', async () => {
		const outputs = (await readFile(files[1]!)).records.flatMap((record) =>
			record.kind === 'activity' ? [record] : []
		);
		const known = new Set(outputs.map(({ key }) => key));
		expect(last.filter(({ activity }) => !known.has(activity))).toEqual([]);
		expect(
			outputs.every(({ key, title }) => key.startsWith('DEMO-') && /^Demonstration/.test(title.en!))
		).toBe(true);
		const named = last.flatMap(({ countries }) => countries.map(({ country }) => country));
		expect(new Set(named)).toEqual(new Set([...COUNTRIES, null]));
	});

	test('voucher texts say what they are', () => {
		const texts = last
			.filter(({ entryKind }) => entryKind !== 'budget')
			.map((entry) => [entry.description, entry.reference]);
		for (const [text, reference] of texts) {
			expect(reference).toMatch(/^201[5-9]-\d{4}$/);
			expect(text).toMatch(new RegExp(`^Demonstration voucher ${reference}( \\([a-z0-9 -]+\\))?$`));
		}
		expect(new Set(texts.map(([, reference]) => reference)).size).toBe(texts.length);
	});

	test('every output has spending or is a flow of funds, under the harmonised headings', () => {
		expect(new Set(last.filter(isSpent).map(({ heading }) => heading))).toEqual(
			new Set(['staff', 'supplies', 'equipment', 'contractual', 'travel', 'operating', 'indirect'])
		);
		expect(new Set(last.filter(isTransfer).map(({ heading }) => heading))).toEqual(new Set(['transfers']));
	});

	test('some costs are split, by measure and by a key that is named, and a small part is for no country', () => {
		const split = last.filter(({ countries }) => countries.length > 1);
		expect(split.some(({ countryBasis }) => countryBasis === 'measured')).toBe(true);
		expect(split.some(({ countryBasis }) => countryBasis === 'apportioned')).toBe(true);
		for (const { countryBasis, countryKey } of last)
			expect(countryKey === null).toBe(countryBasis === 'measured');
		for (const { countries } of split) {
			expect(countries.reduce((total, { percentage }) => total.plus(percentage), new Big(0)).toFixed(2)).toBe(
				'100.00'
			);
		}
		const unallocated = last.filter(isSpent).reduce((total, { eur, countries }) => {
			const none = countries.find(({ country }) => country === null)?.percentage ?? '0';
			return total.plus(eur.times(none).div(100));
		}, new Big(0));
		const share = unallocated.div(sum(last, isSpent));
		expect(share.gt('0.01') && share.lt('0.1')).toBe(true);
	});
});

describe('currencies', () => {
	test('dollars, reais and rand are paid beside euro, and each has a rate for its month', () => {
		expect(new Set(last.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'USD', 'BRL', 'ZAR']));
		expect(last.every(({ rateHint }) => rateHint === 'Federal Reserve H.10 monthly average')).toBe(true);
		for (const { valueDate } of last) expect(rates.has(`${valueDate!.slice(0, 7)} EUR`)).toBe(true);
	});

	test('exchange differences stand on lines of their own and make the euro costs exact', () => {
		const differences = last.filter(({ exchangeDifference }) => exchangeDifference);
		expect(differences.length).toBeGreaterThan(20);
		for (const entry of differences) {
			expect(entry).toMatchObject({
				entryKind: '4',
				currency: 'EUR',
				countries: [{ country: null, percentage: '100' }]
			});
			expect(entry.description).toContain('exchange difference');
		}
		const direct = (spender: string) =>
			sum(last, (entry) => isSpent(entry) && !isIndirect(entry) && entry.provider === spender).toFixed(2);
		expect(SPENDERS.map(direct)).toEqual(['6812430.55', '2204118.20', '962347.90']);
	});
});
