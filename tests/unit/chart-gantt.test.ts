import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, barOf, isRightToLeft, spanOf } from '#lib/chart/gantt/gantt.ts';
import GanttChart from '#lib/chart/gantt/GanttChart.svelte';
import { addDays, daysBetween } from '#lib/slice/period.ts';
import { draw, links } from '../support/drawn.ts';
import { expectAlways } from '../support/property.ts';

const YEAR = { from: '2017-01-01', to: '2017-12-31' };
const WORDS = {
	month: (month: number) => `m${month}`,
	quarter: (quarter: number) => `Q${quarter}`,
	monthOfYear: (bucket: string) => bucket
};
const days = fc.integer({ min: -2000, max: 2000 }).map((offset) => addDays('2017-07-01', offset));

describe('a bar', () => {
	it('lies where its days lie', () => {
		const bar = barOf({ from: '2017-07-01', to: '2017-12-31' }, YEAR, 365);
		expect(bar).toMatchObject({ x: 181, width: 184, before: false, after: false, open: false });
	});

	it('is cut at the edges, and says so', () => {
		expect(barOf({ from: '2016-07-01', to: '2018-07-01' }, YEAR, 365)).toMatchObject({
			x: 0,
			width: 365,
			before: true,
			after: true
		});
	});

	it('without an end runs on to the edge, open', () => {
		expect(barOf({ from: '2017-12-01', to: null }, YEAR, 365)).toMatchObject({
			x: 334,
			width: 31,
			open: true
		});
	});

	it('is none outside the days, and none without a date', () => {
		expect(barOf({ from: '2018-01-01', to: '2018-01-02' }, YEAR, 365)).toBeNull();
		expect(barOf({ from: '2016-12-30', to: '2016-12-31' }, YEAR, 365)).toBeNull();
		expect(barOf({ from: null, to: null }, YEAR, 365)).toBeNull();
	});

	it('never leaves the plot and is never too narrow to be hit', () => {
		expectAlways(
			fc.property(days, fc.nat(800), days, fc.nat(900), (from, long, start, span) => {
				const shown = { from: start, to: addDays(start, span) };
				const bar = barOf({ from, to: addDays(from, long) }, shown, 470);
				if (bar === null) return from > shown.to || addDays(from, long) < shown.from;
				return bar.x >= 0 && bar.width >= 5 && bar.x + bar.width <= 470.2;
			})
		);
	});
});

describe('the days that are drawn', () => {
	it('are the whole months of the rows', () => {
		expect(
			spanOf([
				{ from: '2016-03-05', to: '2016-03-09' },
				{ from: '2016-05-02', to: null },
				{ from: null, to: null }
			])
		).toEqual({ from: '2016-03-01', to: '2016-05-31' });
		expect(spanOf([{ from: null, to: null }])).toBeNull();
	});

	it('end after forty years, however far a slip of the pen reaches', () => {
		expect(spanOf([{ from: '2015-01-01', to: '9999-12-31' }])).toEqual({
			from: '2015-01-01',
			to: '2054-12-31'
		});
	});
});

describe('the scale', () => {
	it.each([
		['2017-08-01', '2017-08-31', 31, '1'],
		['2017-07-01', '2017-09-30', 3, 'm7'],
		['2017-01-01', '2017-12-31', 12, 'm1'],
		['2015-01-01', '2019-12-31', 20, 'Q1'],
		['2000-01-01', '2019-12-31', 20, '2000']
	])('from %s to %s has %i lines, the first %s', (from, to, lines, first) => {
		const { ticks } = axisOf({ from, to }, 2000, 5, WORDS);
		expect(ticks).toHaveLength(lines);
		expect(ticks[0]).toMatchObject({ x: 0, label: first });
	});

	it('leaves labels out evenly where there is no room, and keeps lines in order', () => {
		expectAlways(
			fc.property(days, fc.integer({ min: 1, max: 9000 }), fc.constantFrom(200, 470), (from, long, width) => {
				const { ticks } = axisOf({ from, to: addDays(from, long) }, width, 7, WORDS);
				const labelled = ticks.filter(({ label }) => label !== null);
				const apart = labelled.slice(1).map(({ x }, index) => x - labelled[index]!.x);
				return (
					labelled.length > 0 &&
					ticks.every(({ x }, index) => index === 0 || x >= ticks[index - 1]!.x) &&
					apart.every((room, index) => room >= labelled[index]!.label!.length * 7)
				);
			})
		);
		expect(daysBetween('2017-01-01', '2017-12-31')).toBe(364);
	});

	it('does not name a first year of which little is drawn where the next name needs its room', () => {
		const { ticks } = axisOf({ from: '2010-11-01', to: '2019-12-31' }, 360, 7, WORDS);
		expect(ticks.flatMap(({ label }) => label ?? [])).toEqual([
			'2011',
			'2012',
			'2013',
			'2014',
			'2015',
			'2016',
			'2017',
			'2018',
			'2019'
		]);
	});
});

describe('a name', () => {
	it('knows its direction by its first letter', () => {
		expect(isRightToLeft('12 ورشة عمل')).toBe(true);
		expect(isRightToLeft('12 workshops في')).toBe(false);
		expect(isRightToLeft('123')).toBe(false);
	});
});

describe('the drawing', () => {
	const rows = [
		{
			key: '1',
			label: '<script>alert(1)</script> '.repeat(12),
			date: '3 May 2017',
			href: '/activities/1',
			from: '2017-05-03',
			to: '2017-05-03',
			exact: true
		},
		{
			key: '2',
			label: 'ورشة عمل للمدعين العامين',
			lang: 'ar',
			date: '2017',
			href: '/activities/2',
			from: '2017-01-01',
			to: '2017-12-31',
			exact: false
		}
	];
	const markup = draw(GanttChart, {
		id: 'timeline',
		title: 'Title',
		subtitle: 'Subtitle',
		source: 'Source',
		rows,
		span: YEAR
	});

	it('makes every line a link with its whole name and its date, drawn once for each width', () => {
		expect(links(markup)).toEqual(['/activities/1', '/activities/2', '/activities/1', '/activities/2']);
		expect(markup).toContain('ورشة عمل للمدعين العامين, 2017');
		expect(markup).toContain('direction="rtl"');
	});

	it('shows whatever a source writes as text', () => {
		expect(markup).not.toContain('<script');
		expect(markup).toContain('&lt;script>alert(1)');
	});

	it('explains the signs it uses and no others', () => {
		expect(markup).toContain('the days are known');
		expect(markup).toContain('some time within');
		expect(markup).not.toContain('no end is given');
	});
});
