import { describe, expect, it } from 'vitest';
import { moneyCell } from '#lib/figure/chart-cell.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { formatPeriodOf } from '../../src/routes/projects/project-period.ts';
import { bandsFor } from '../../src/routes/reach/bands.ts';
/** Text with plain blanks, as a test can write it. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('classes of a map', () => {
	const label = (from: number, to: number) => `${from}-${to}`;

	it('hold every value, each in one class, and name only those in use', () => {
		const { level, bands } = bandsFor([0, 4, 5, 6, 14], label);
		expect([0, 4, 5, 6, 14].map(level)).toEqual([0, 2, 2, 4, 5]);
		expect(bands).toEqual([
			{ level: 2, class: 1, label: '0-5' },
			{ level: 4, class: 2, label: '5-10' },
			{ level: 5, class: 3, label: '10-15' }
		]);
	});

	it('have whole and round ends, whatever the size', () => {
		for (const most of [1, 7, 101, 1_035_559]) {
			const { level, bands } = bandsFor([most], label);
			expect(level(most)).toBe(bands.at(-1)!.level);
			const [from, to] = bands[0]!.label.split('-').map((end) => Number.parseInt(end, 10));
			expect(from! < most && most <= to!).toBe(true);
		}
	});

	it('give nothing a class of its own', () => {
		const { level, bands } = bandsFor([0], label);
		expect(level(0)).toBe(0);
		expect(bands).toEqual([]);
	});
});

describe('an amount in a chart', () => {
	const origin = { kind: 'slice', slice: defaultSlice('gloact') } as const;
	const proof = () => '/proof';

	it('opens, and is a Figure in the table', () => {
		const value = { amount: '1234.50', currency: 'EUR' };
		expect(moneyCell(value, origin, proof, 'none')).toMatchObject({
			value: '1234.50',
			href: '/proof',
			figure: { value, origin }
		});
	});

	it('never shows an amount alone when something was not converted', () => {
		const unconverted = [{ currency: 'XAF', amount: '500', entries: 1 }];
		const cell = moneyCell({ amount: '10.00', currency: 'EUR', unconverted }, origin, proof, 'none');
		expect('exact' in cell && plain(cell.exact)).toBe('EUR 10.00 + 1 amount not converted: XAF 500');
	});

	it('is missing where there is none, never zero', () => {
		expect(moneyCell(null, origin, proof, 'not published')).toEqual({ missing: 'not published' });
	});
});

describe('the period of a project', () => {
	const period = (start: string | null, startPrecision: string, end: string | null, endPrecision: string) =>
		formatPeriodOf({
			start_date: start,
			start_precision: startPrecision,
			end_date: end,
			end_precision: endPrecision
		});

	it('is said as finely as each end is known', () => {
		expect(period('2015-07-01', 'month', '2019-07-31', 'month')).toBe('July 2015 – July 2019');
		expect(period('2019-11-01', 'month', '2022-12-31', 'year')).toBe('November 2019 – 2022');
	});

	it('stays open where an end is not stated, and is nothing where none is', () => {
		expect(period('2013-01-01', 'year', null, 'unknown')).toBe('from 2013');
		expect(period(null, 'unknown', null, 'unknown')).toBeNull();
	});
});
