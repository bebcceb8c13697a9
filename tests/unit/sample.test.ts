import { createHash, hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '#lib/money/decimal.ts';
import { toUnits } from '#lib/money/scaled.ts';
import { createDraws } from '#lib/sample/draws.ts';
import { compareItems, type Item } from '#lib/sample/item.ts';
import { createWalk, monetaryBySize } from '#lib/sample/monetary.ts';
import { fieldsOf, planOf, type Plan } from '#lib/sample/plan.ts';
import { drawSample, surveyFor, type Chosen, type Design } from '#lib/sample/selection.ts';
import { allocate } from '#lib/sample/strata.ts';
import { createSurvey } from '#lib/sample/survey.ts';
import { expectAlways } from '../support/property.ts';
import {
	oracleDraws,
	oracleMonetary,
	oracleRandom,
	oracleStratified,
	type OracleChoice
} from '../support/sample-oracle.ts';

const digest = (text: string) => hash('sha256', text, 'hex');

/** A sample as the application draws it, of items in any order. */
function sampleOf(plan: Plan, given: readonly Item[]): { design: Design; chosen: (OracleChoice & Item)[] } {
	const items = given.toSorted(compareItems);
	const survey = surveyFor(plan);
	for (const item of items) survey?.add(item);
	const { design, begin } = drawSample(plan, survey?.result() ?? { items: items.length }, digest);
	const choose = begin();
	const chosen = items.flatMap((item) => {
		const choice: Chosen | null = choose(item);
		return choice === null ? [] : [{ ...item, ...choice }];
	});
	return { design, chosen };
}

const short = (chosen: readonly OracleChoice[]) =>
	chosen.map(({ key, how, at }) => `${key} ${how} ${at}`).toSorted();

const whole = fc.integer({ min: -40, max: 400 });
/** Items in whole units, so that the oracle can lay each unit of money out. */
const items = fc
	.array(
		fc.record({
			day: fc.constantFrom('2016-01-31', '2016-02-01', '2017-10-24', 'infinity'),
			units: fc.oneof(whole, fc.constantFrom(0, 1, 400, 3000)),
			rate: fc.integer({ min: 0, max: 9 }),
			stratum: fc.constantFrom('ML', 'NE', 'BR', 'several', 'none')
		}),
		{ minLength: 1, maxLength: 40 }
	)
	.map((rows) =>
		rows.map(({ day, units, rate, stratum }, index) => ({
			day,
			key: digest(String(index)),
			amount: rate === 0 ? null : String(units),
			units: rate === 0 ? 0 : units,
			stratum
		}))
	);
const seeds = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._:-]{0,12}[A-Za-z0-9]$/);
const sizes = fc.integer({ min: 1, max: 50 });
const plans: fc.Arbitrary<Plan> = fc.oneof(
	fc.record({ seed: seeds, method: fc.constant('random' as const), size: sizes }),
	fc.record({
		seed: seeds,
		method: fc.constant('stratified' as const),
		size: sizes,
		by: fc.constant('country' as const)
	}),
	fc.record({
		seed: seeds,
		method: fc.constant('monetary' as const),
		size: sizes,
		interval: fc.constant(null)
	}),
	fc.record({
		seed: seeds,
		method: fc.constant('monetary' as const),
		size: fc.constant(null),
		interval: fc.integer({ min: 1, max: 900 }).map(String)
	})
);

function oracleOf(plan: Plan, given: readonly (Item & { units: number })[]): OracleChoice[] {
	const sorted = given.toSorted(compareItems) as typeof given;
	switch (plan.method) {
		case 'random':
			return oracleRandom(plan.seed, plan.size, sorted);
		case 'stratified':
			return oracleStratified(plan.seed, plan.size, sorted);
		case 'monetary':
			return oracleMonetary(
				plan.seed,
				plan.size === null ? { interval: Number.parseInt(plan.interval, 10) } : { size: plan.size },
				sorted
			);
	}
}

describe('random numbers by a seed', () => {
	it('are the SHA-256 of seed and counter, as anyone can work out', () => {
		const draws = createDraws('2019-07-31', digest);
		const first = BigInt(`0x${createHash('sha256').update('2019-07-31,1').digest('hex')}`);
		expect(draws.below(1_000_000_007n)).toBe(first % 1_000_000_007n);
	});

	it('are those of the oracle, for any limit', () => {
		expectAlways(
			fc.property(
				seeds,
				fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 20 }),
				(seed, limits) => {
					const draws = createDraws(seed, digest);
					const draw = oracleDraws(seed);
					expect(limits.map((limit) => Number(draws.below(BigInt(limit))))).toEqual(limits.map(draw));
				}
			)
		);
	});

	it('pass over what would favour small remainders', () => {
		// Of a number of 256 bits just above half of them all, only the lower run is whole.
		const limit = (1n << 255n) + 1n;
		const numbers = [`${'f'.repeat(64)}`, `8${'0'.repeat(62)}1`, `7${'f'.repeat(63)}`];
		const draws = createDraws('s', () => numbers.shift()!);
		expect(draws.below(limit)).toBe((1n << 255n) - 1n);
		expect(numbers).toEqual([]);
	});

	it('draw from nothing never', () => {
		expect(() => createDraws('s', digest).below(0n)).toThrow(RangeError);
	});
});

describe('a sample', () => {
	it('is what the method gives when it is done again slowly by the words on the page', () => {
		expectAlways(
			fc.property(plans, items, (plan, given) => {
				expect(short(sampleOf(plan, given).chosen)).toEqual(short(oracleOf(plan, given)));
			})
		);
	});

	it('does not depend on the order in which the items come, and is the same every time', () => {
		expectAlways(
			fc.property(plans, items, fc.infiniteStream(fc.nat()), (plan, given, chance) => {
				const shuffled = given
					.map((item) => ({ item, place: chance.next().value as number }))
					.toSorted((a, b) => a.place - b.place)
					.map(({ item }) => item);
				expect(sampleOf(plan, shuffled)).toEqual(sampleOf(plan, given));
			})
		);
	});

	it('has the size asked for, as far as there are items to choose from', () => {
		expectAlways(
			fc.property(plans, items, (plan, given) => {
				const { design, chosen } = sampleOf(plan, given);
				expect(chosen.length).toBe(design.drawn);
				expect(new Set(chosen.map(({ key }) => key)).size).toBe(chosen.length);
				const able = plan.method === 'monetary' ? given.filter(({ units }) => units > 0) : given;
				if (plan.method === 'stratified') {
					const strata = new Set(given.map(({ stratum }) => stratum)).size;
					expect(chosen.length).toBe(Math.min(Math.max(plan.size, strata), able.length));
				} else if (plan.size !== null) expect(chosen.length).toBe(Math.min(plan.size, able.length));
			})
		);
	});

	it('is another with another seed', () => {
		const given = Array.from({ length: 500 }, (_, index) => ({
			day: '2017-01-01',
			key: digest(String(index)),
			amount: '1.00',
			stratum: ''
		}));
		const of = (seed: string) => short(sampleOf({ seed, method: 'random', size: 25 }, given).chosen);
		expect(of('a')).not.toEqual(of('b'));
	});

	it('is asked for by the fields that it gives back', () => {
		const defaults = { method: 'random', size: 25, interval: null, strata: null, seed: null } as const;
		expectAlways(
			fc.property(plans, (plan) => {
				expect(planOf({ ...defaults, ...fieldsOf(plan) })).toEqual(plan);
			})
		);
		expect(planOf(defaults)).toBeNull();
	});
});

describe('strata', () => {
	const counts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 });

	it('give at least one each, never more than they have, and add up', () => {
		expectAlways(
			fc.property(counts, fc.integer({ min: 1, max: 900 }), (sizes, size) => {
				const strata = allocate(size, new Map(sizes.map((count, index) => [String(index), count])));
				const all = sizes.reduce((sum, count) => sum + count, 0);
				expect(strata.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(
					Math.min(Math.max(size, sizes.length), all)
				);
				for (const { items: count, drawn } of strata) {
					expect(drawn).toBeGreaterThanOrEqual(1);
					expect(drawn).toBeLessThanOrEqual(count);
				}
			})
		);
	});

	it('of more items never give less', () => {
		expectAlways(
			fc.property(counts, fc.integer({ min: 1, max: 900 }), (sizes, size) => {
				const sorted = sizes.toSorted((a, b) => b - a);
				const drawn = allocate(size, new Map(sorted.map((count, index) => [String(index), count]))).map(
					(stratum) => stratum.drawn
				);
				expect(drawn).toEqual(drawn.toSorted((a, b) => b - a));
			})
		);
	});
});

describe('monetary units', () => {
	const monetary = plans.filter((plan) => plan.method === 'monetary');

	it('take every item of the interval or more, and never one of zero or less', () => {
		expectAlways(
			fc.property(monetary, items, (plan, given) => {
				const { design, chosen } = sampleOf(plan, given);
				if (design.method !== 'monetary') throw new Error('not monetary');
				const { count, span, scale } = design.monetary;
				for (const { amount, how } of chosen) {
					expect(compare(amount!, '0')).toBe(1);
					expect(toUnits(amount!, scale) * count >= span).toBe(how === 'top');
				}
				const due = given.filter(
					({ amount, units }) => amount !== null && units > 0 && toUnits(amount, scale) * count >= span
				);
				expect(chosen.filter(({ how }) => how === 'top').length).toBe(due.length);
				expect(design.monetary.top).toBe(due.length);
			})
		);
	});

	it('choose an item for exactly its share of all starts', () => {
		expectAlways(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 12 }),
				fc.integer({ min: 1, max: 11 }),
				(units, size) => {
					const survey = createSurvey({ largest: size, least: null });
					for (const unit of units)
						survey.add({ day: '2017-01-01', key: '', amount: String(unit), stratum: '' });
					const design = monetaryBySize(size, survey.result(), { below: () => 0n });
					const times = units.map(() => 0);
					for (let start = 0n; start < design.rest; start++) {
						const walk = createWalk({ ...design, start });
						units.forEach((unit, index) => {
							if (walk(String(unit)) !== null) times[index]! += 1;
						});
					}
					// A part of `count` chances in `rest` for each unit, not about that but exactly.
					units.forEach((unit, index) => {
						const isWhole = BigInt(unit) * design.count >= design.span;
						const due = isWhole ? Number(design.rest) : unit * Number(design.count);
						expect(times[index]).toBe(due);
					});
				}
			)
		);
	});

	it('are counted in the last digit of the finest amount, wherever that comes', () => {
		const of = (amounts: string[]) => {
			const survey = createSurvey({ largest: 3, least: '2.5' });
			for (const amount of amounts) survey.add({ day: '2017-01-01', key: '', amount, stratum: '' });
			return survey.result();
		};
		const found = of(['3', '2.50', '-1.125', '2.499', '0.00']);
		expect(found).toMatchObject({
			scale: 3,
			total: 7999n,
			positive: { items: 3, amount: '7.999' },
			negative: { items: 1, amount: '-1.125' },
			zero: 1,
			largest: [3000n, 2500n, 2499n],
			atLeast: { items: 2, total: 5500n }
		});
		expect(of(['2.499', '0.00', '2.50', '-1.125', '3'])).toEqual({ ...found, strata: found.strata });
	});

	it('keep the largest of many, and no more', () => {
		const survey = createSurvey({ largest: 2, least: null });
		for (let amount = 1; amount <= 1000; amount++)
			survey.add({ day: '2017-01-01', key: '', amount: String((amount * 7919) % 1009), stratum: '' });
		expect(survey.result().largest).toEqual([1008n, 1007n]);
	});
});
