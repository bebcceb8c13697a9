import Big from 'big.js';
import { beforeAll, describe, expect, test } from 'vitest';
import {
	UNION,
	IOM,
	UNICEF,
	SPENDERS,
	AGREEMENT,
	postAll,
	sum,
	isSpent,
	isReceived,
	isReturned,
	isBudget,
	isTransfer,
	isIndirect,
	sevenPerCent,
	type Entry,
	type Posting
} from './demonstration-postings.ts';

const QUARTER_ENDS = ['2015', '2016', '2017', '2018', '2019']
	.flatMap((year) => ['03-31', '06-30', '09-30', '12-31'].map((day) => `${year}-${day}`))
	.filter((day) => day > '2015-07' && day < '2019-07')
	.concat('2019-07-31');

let postings: Posting[];
let last: Entry[];

beforeAll(async () => {
	postings = await postAll();
	last = postings.at(-1)!.entries;
});

describe('at the end', () => {
	test('hold between 3 000 and 5 000 entries', () => {
		expect(last.length).toBeGreaterThan(3000);
		expect(last.length).toBeLessThan(5000);
	});

	test('the budget is EUR 11 000 000: 10 280 373.83 direct and 719 626.17 indirect', () => {
		expect(sum(last, (entry) => isBudget(entry) && !isIndirect(entry)).toFixed(2)).toBe('10280373.83');
		expect(sum(last, (entry) => isBudget(entry) && isIndirect(entry)).toFixed(2)).toBe('719626.17');
		expect(sevenPerCent(new Big('10280373.83'))).toBe('719626.17');
	});

	test('the Union gave EUR 10 000 000 and a provider not stated EUR 1 000 000, in five instalments', () => {
		for (const [provider, amount] of [
			[UNION, '10000000.00'],
			[null, '1000000.00']
		] as const) {
			const receipts = last.filter((entry) => isReceived(entry) && entry.provider === provider);
			expect(receipts).toHaveLength(5);
			expect(sum(receipts).toFixed(2)).toBe(amount);
			expect(sum(last, (entry) => entry.entryKind === '11' && entry.provider === provider).toFixed(2)).toBe(
				amount
			);
		}
	});

	test('about 97 per cent was spent and the rest went back to the Union', () => {
		const spent = sum(last, isSpent);
		expect(spent.div('11000000').gt('0.965') && spent.div('11000000').lt('0.975')).toBe(true);
		expect(last.filter(isReturned).map(({ provider }) => provider)).toEqual([UNION]);
		expect(sum(last, isReceived).plus(sum(last, isReturned)).minus(spent).toFixed(2)).toBe('0.00');
	});

	test('each contribution is used up or returned', () => {
		for (const agreement of [AGREEMENT, null]) {
			const own = last.filter((entry) => entry.agreement === agreement);
			const left = sum(own, isReceived).plus(sum(own, isReturned)).minus(sum(own, isSpent));
			expect(left.toFixed(2)).toBe('0.00');
		}
	});

	test('nothing that partners were given is left with them', () => {
		for (const partner of [IOM, UNICEF]) {
			const given = sum(last, (entry) => isTransfer(entry) && entry.receiver === partner);
			const spent = sum(last, (entry) => isSpent(entry) && entry.provider === partner);
			expect(given.toFixed(2)).toBe(spent.toFixed(2));
		}
	});
});

describe('at every posting', () => {
	test('indirect costs are 7 per cent of each organisation’s direct costs, to the cent', () => {
		for (const { entries, knownAt } of postings) {
			for (const spender of SPENDERS) {
				const own = entries.filter((entry) => isSpent(entry) && entry.provider === spender);
				const direct = sum(own, (entry) => !isIndirect(entry));
				expect(sum(own, isIndirect).toFixed(2), `${knownAt} ${spender}`).toBe(sevenPerCent(direct));
			}
		}
	});

	test('the budget that counts is EUR 11 000 000', () => {
		for (const { entries } of postings) expect(sum(entries, isBudget).toFixed(2)).toBe('11000000.00');
		expect(last.some(({ superseded }) => superseded)).toBe(true);
	});

	test('nothing is dated after 31 July 2019 or after it became known', () => {
		for (const { entries, knownAt } of postings) {
			for (const entry of entries) {
				expect(entry.dateTo! <= '2019-07-31').toBe(true);
				if (entry.entryKind !== 'budget') expect(entry.dateTo! < knownAt).toBe(true);
			}
		}
	});

	test('at no quarter’s end was more spent than received, nor more by a partner than it was given', () => {
		for (const { entries, knownAt } of postings) {
			for (const day of QUARTER_ENDS.filter((end) => end < knownAt)) {
				const until = entries.filter(({ dateTo }) => dateTo! <= day);
				const cash = sum(until, isReceived).plus(sum(until, isReturned)).minus(sum(until, isSpent));
				expect(cash.gte(0), `${knownAt} ${day} ${cash.toFixed(2)}`).toBe(true);
				for (const partner of [IOM, UNICEF]) {
					const held = sum(until, (entry) => isTransfer(entry) && entry.receiver === partner).minus(
						sum(until, (entry) => isSpent(entry) && entry.provider === partner)
					);
					expect(held.gte(0), `${knownAt} ${day} ${partner}`).toBe(true);
				}
			}
		}
	});

	test('history is corrected, reversed and withdrawn', () => {
		expect(postings.map(({ withdrawn }) => withdrawn).reduce((one, other) => one + other)).toBe(1);
		expect(postings.slice(1).every(({ changed }) => changed.length > 0)).toBe(true);
		for (const { changed, entries } of postings) {
			for (const before of changed) {
				const after = entries.find(
					({ reference, entryKind }) => reference === before.reference && entryKind === '4'
				);
				expect(after?.amount).not.toBe(before.amount);
				expect({ ...after, amount: '', eur: '', place: '' }).toEqual({
					...before,
					amount: '',
					eur: '',
					place: ''
				});
			}
		}
		const reversals = last.filter(({ description }) => description?.includes('(reverses '));
		expect(reversals).toHaveLength(7);
		for (const { description, eur, activity } of reversals) {
			const reversed = last.find(({ reference }) => description?.endsWith(`(reverses ${reference})`));
			expect(reversed?.activity).toBe(activity);
			expect(reversed?.eur.plus(eur).toFixed(2)).toBe('0.00');
		}
	});

	test('work is reported month by month', () => {
		const months = new Set(last.filter(isSpent).map(({ dateTo }) => dateTo!.slice(0, 7)));
		expect(months.size).toBe(49);
	});
});
