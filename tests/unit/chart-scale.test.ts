import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarPoint } from '#lib/chart/chart-data.ts';
import { periodAxis } from '#lib/chart/period-axis.ts';
import { shortened } from '#lib/chart/label.ts';
import { sortBars } from '#lib/chart/sort-bars.ts';
import { valueAxis } from '#lib/chart/value-axis.ts';

const labels = (values: number[], options = {}) => valueAxis(values, 'en', options).ticks.map((t) => t.label);

describe('axis of values', () => {
	it('counts millions, thousands or units, the same for every tick', () => {
		expect(valueAxis([1_234_567], 'en')).toMatchObject({ domain: [0, 1_500_000], magnitude: 'million' });
		expect(labels([1_234_567])).toEqual(['0', '0.5', '1.0', '1.5']);
		expect(valueAxis([84_000], 'en').magnitude).toBe('thousand');
		expect(labels([84_000])).toEqual(['0', '25', '50', '75', '100']);
		expect(valueAxis([7_300], 'en').magnitude).toBe('one');
	});

	it('writes decimals as the language does', () => {
		expect(valueAxis([1_234_567], 'fr').ticks[1]?.label).toBe('0,5');
	});

	it('keeps to whole numbers for what is counted', () => {
		expect(labels([3], { whole: true })).toEqual(['0', '1', '2', '3']);
		expect(labels([1], { whole: true })).toEqual(['0', '1']);
	});

	it('goes below zero just as far as the values do', () => {
		const { domain, ticks } = valueAxis([-40_000, 900_000], 'en');
		expect(domain).toEqual([-40_000, 1_000_000]);
		expect(ticks[0]?.value).toBe(0);
	});

	it('has an axis where there is nothing to draw', () => {
		expect(valueAxis([], 'en').domain[1]).toBeGreaterThan(0);
		expect(valueAxis([0, 0], 'en').ticks.length).toBeGreaterThan(1);
	});

	it('holds every value and zero between evenly spaced ticks, for any values', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.integer({ min: -1e11, max: 1e13 }).map((cents) => cents / 100),
					{ minLength: 1 }
				),
				(values) => {
					const { domain, ticks } = valueAxis(values, 'en');
					expect(domain[0]).toBeLessThanOrEqual(Math.min(0, ...values));
					expect(domain[1]).toBeGreaterThanOrEqual(Math.max(0, ...values) * 0.999_999);
					expect(ticks.length).toBeGreaterThan(1);
					expect(ticks.length).toBeLessThan(8);
					const steps = ticks.slice(1).map((tick, i) => tick.value - ticks[i]!.value);
					for (const step of steps) expect(step / steps[0]!).toBeCloseTo(1, 6);
				}
			)
		);
	});
});

describe('axis of periods', () => {
	const quarters = ['2016', '2017'].flatMap((year) =>
		[1, 2, 3, 4].map((n) => ({ key: `${year}Q${n}`, label: `${year} Q${n}`, tick: `Q${n}`, group: year }))
	);

	it('prints every tick where all fit, and each year once', () => {
		const axis = periodAxis(quarters, 600, 8);
		expect(axis.ticks).toHaveLength(8);
		expect(axis.groups).toEqual([
			{ label: '2016', from: '2016Q1', to: '2016Q4', named: true },
			{ label: '2017', from: '2017Q1', to: '2017Q4', named: true }
		]);
	});

	it('leaves the ticks to the years where they do not fit', () => {
		expect(periodAxis(quarters, 120, 8)).toMatchObject({
			ticks: [],
			groups: [{ named: true }, { named: true }]
		});
	});

	it('leaves a year unnamed that is narrower than its name', () => {
		expect(periodAxis(quarters.slice(3), 60, 8).groups.map((group) => group.named)).toEqual([false, true]);
	});

	it('names every second or third year where the name of none fits', () => {
		const decades = Array.from({ length: 120 }, (_, i) => ({
			key: `${i}`,
			label: `${i}`,
			tick: `Q${(i % 4) + 1}`,
			group: `${1990 + Math.floor(i / 4)}`
		}));
		const named = periodAxis(decades, 480, 8).groups.flatMap(({ named, label }) => (named ? [label] : []));
		expect(named.slice(0, 3)).toEqual(['1990', '1993', '1996']);
		expect(named).toHaveLength(10);
	});

	it('prints every second or third tick where there are no years', () => {
		const years = Array.from({ length: 10 }, (_, i) => ({ key: `${i}`, label: `${i}`, tick: `${2010 + i}` }));
		expect(periodAxis(years, 200, 8).ticks.map((tick) => tick.label)).toEqual([
			'2010',
			'2012',
			'2014',
			'2016',
			'2018'
		]);
	});
});

describe('bars', () => {
	const bar = (key: string, value: string | null, rest = false): BarPoint => ({
		key,
		label: key,
		amount: value === null ? { missing: 'not published' } : { value, label: value, exact: value },
		rest
	});

	it('stand largest first, then those without an amount, the unallocated part last', () => {
		const sorted = sortBars([
			bar('none', '900', true),
			bar('a', '9.50'),
			bar('x', null),
			bar('b', '1000000000000000000000.01'),
			bar('c', '-3'),
			bar('d', '1000000000000000000000.02')
		]);
		expect(sorted.map((point) => point.key)).toEqual(['d', 'b', 'a', 'c', 'x', 'none']);
	});

	it('have names that fit, cut with an ellipsis', () => {
		expect(shortened('Mali', 100, 8)).toBe('Mali');
		expect(shortened('General operating costs', 100, 8)).toBe('General ope…');
		expect(shortened('General operating costs', 72, 8)).toBe('General…');
	});
});
