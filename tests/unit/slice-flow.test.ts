import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZero, sum } from '#lib/money/decimal.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { assembleFlow, type FlowBooks } from '#lib/slice/flow.ts';
import { imbalanceOf } from '../support/flow-imbalance.ts';
import type { BreakdownRow } from '#lib/slice/slice.ts';

const slice = { ...defaultSlice('gloact'), nature: 'demonstration' as const };
const row = (keys: (string | null)[], amount: string | null): BreakdownRow => ({
	keys,
	amount,
	entries: 1,
	unconverted: []
});
const NOTHING: FlowBooks = {
	received: [],
	transferred: [],
	spent: [],
	spentIn: [],
	paidIn: [],
	returned: [],
	paidBack: []
};

/** The Union (2) and someone not stated fund UNODC (3), which passes some on to IOM (5). */
const books: FlowBooks = {
	...NOTHING,
	received: [row(['2', '3'], '1000.00'), row([null, '3'], '100.00')],
	transferred: [row(['3', '5'], '300.00')],
	spent: [row(['3', null], '700.00'), row(['5', null], '240.50')],
	spentIn: [row(['3', 'ML'], '650.00'), row(['3', null], '50.00'), row(['5', 'ML'], '240.50')],
	paidIn: [row([null, 'ML'], '890.50'), row([null, null], '50.00')],
	returned: [row(['3'], '20.00')]
};

describe('a flow of money', () => {
	it('shows what is not yet traced as a band of its own, with the formula that it comes from', () => {
		const { links } = assembleFlow(slice, books);
		const untraced = links.filter(({ to }) => to === 'untraced');
		expect(untraced.map(({ from, amount }) => [from, amount])).toEqual([
			['organisation 3', '80.00'],
			['organisation 5', '59.50']
		]);
		expect(untraced[1]!.origin).toMatchObject({ kind: 'formula', slice: { organisation: '5' } });
	});

	it('leads each link to its rows', () => {
		const { links } = assembleFlow(slice, books);
		const of = (from: string, to: string) =>
			links.find((link) => link.from === from && link.to === to)!.origin;
		expect(of('organisation 2', 'organisation 3').slice).toEqual({
			...slice,
			measure: 'received',
			organisation: '2',
			receiver: '3'
		});
		expect(of('organisation none', 'organisation 3').slice).toMatchObject({ organisation: 'none' });
		expect(of('organisation 3', 'organisation 5').slice).toMatchObject({
			measure: 'spent',
			counting: 'internal_transfer',
			organisation: '3',
			receiver: '5'
		});
		expect(of('organisation 3', 'country none').slice).toMatchObject({ country: 'none', receiver: null });
		expect(of('organisation 3', 'returned').slice).toMatchObject({ measure: 'returned_receipts' });
	});

	it('has no band for what is traced to the cent', () => {
		const traced = {
			...books,
			returned: [row(['3'], '100.00')],
			spent: [books.spent[0]!],
			spentIn: books.spentIn
		};
		const { links } = assembleFlow(slice, { ...traced, transferred: [], spentIn: books.spentIn.slice(0, 2) });
		expect(links.filter(({ to }) => to === 'untraced').map(({ amount }) => amount)).toEqual(['300.00']);
		expect(
			assembleFlow(slice, {
				...NOTHING,
				received: [row(['2', '3'], '1.00')],
				spent: [row(['3', null], '1.00')],
				spentIn: [row(['3', 'ML'], '1.00')]
			}).nodes.map(({ kind }) => kind)
		).not.toContain('untraced');
	});

	const party = fc.constantFrom('2', '3', '5', null);
	const cents = fc.bigInt({ min: -5000n, max: 100_000n }).map((value) => {
		const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
		return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
	});
	const entry = fc.record({
		kind: fc.constantFrom('received', 'transferred', 'spent', 'spent', 'returned', 'paidBack'),
		provider: party,
		receiver: party,
		country: fc.constantFrom('ML', 'NE', null),
		amount: cents
	});
	/** Adds entries up by some of their fields, as a breakdown does. */
	const group = (entries: Record<string, string | null>[], by: string[]): BreakdownRow[] =>
		[...Map.groupBy(entries, (one) => JSON.stringify(by.map((name) => one[name]))).values()].map((ones) =>
			row(
				by.map((name) => ones[0]![name] ?? null),
				sum(ones.map(({ amount }) => amount!))
			)
		);

	it('lets as much out as goes in at every organisation that was given anything, whatever the ledger', () => {
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
				const of = (kind: string) => entries.filter((one) => one.kind === kind);
				const made: FlowBooks = {
					received: group(of('received'), ['provider', 'receiver']),
					transferred: group(of('transferred'), ['provider', 'receiver']),
					spent: group(of('spent'), ['provider', 'receiver']),
					spentIn: group(
						of('spent').filter(({ receiver }) => receiver === null),
						['provider', 'country']
					),
					paidIn: group(of('spent'), ['receiver', 'country']),
					returned: group(of('returned'), ['receiver']),
					paidBack: group(of('paidBack'), ['provider'])
				};
				const flow = assembleFlow(slice, made);
				const given = new Set(
					[...made.received, ...made.transferred].map(({ keys }) => `organisation ${keys[1] ?? 'none'}`)
				);
				for (const id of given) expect(isZero(imbalanceOf(flow, id)), id).toBe(true);
				// All that was spent ends in a country or in the part without one.
				const ends = flow.links.filter(({ to }) => to.startsWith('country ')).map(({ amount }) => amount!);
				expect(Number(sum(ends))).toBe(Number(sum(of('spent').map(({ amount }) => amount))));
			})
		);
	});
});
