import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import BarChart from '#lib/chart/BarChart.svelte';
import BurnChart from '#lib/chart/BurnChart.svelte';
import type { Amount } from '#lib/chart/chart-data.ts';
import ColumnChart from '#lib/chart/ColumnChart.svelte';
import TimelineChart from '#lib/chart/TimelineChart.svelte';
import type { Nature } from '#lib/slice/slice.ts';

const html = <Props extends Record<string, unknown>>(component: Component<Props>, props: Props): string =>
	render(component as Component<Record<string, unknown>>, { props }).body.replace(/<!--.*?-->/gs, '');

const frame = (nature: Nature) => ({
	id: 'chart',
	title: 'A title <of its own>',
	subtitle: 'Spent by quarter, EUR',
	source: 'Source: the ledger, as of 31 December 2019',
	nature
});
const euro = (value: string, href?: string): Amount => ({
	value,
	label: value,
	exact: `EUR ${value}`,
	figures: value,
	href
});

const quarters = [
	{ key: 'a', label: '2016, quarter 4', tick: 'Q4', group: '2016', actual: euro('100.10', '/proof?a'), budget: euro('120.00', '/proof?a-budget') }, // prettier-ignore
	{ key: 'b', label: '2017, quarter 1', tick: 'Q1', group: '2017', actual: euro('-5.05', '/proof?b'), budget: { missing: 'not budgeted this finely' } }, // prettier-ignore
	{ key: 'c', label: '2017, quarter 2', tick: 'Q2', group: '2017', actual: { missing: 'not published' }, forecast: euro('80.00') } // prettier-ignore
];
const columns = (nature: Nature, more: object = {}) =>
	html(ColumnChart, {
		...frame(nature),
		points: quarters,
		series: { actual: 'Spent', budget: 'Budget', forecast: 'Planned' },
		unit: 'EUR',
		...more
	});
const bars = (nature: Nature) =>
	html(BarChart, {
		...frame(nature),
		points: [
			{ key: '-', label: 'Unallocated', amount: euro('70.00', '/proof?none'), rest: true },
			{ key: 'ML', label: 'Mali', amount: euro('10.00', '/proof?ml'), budget: euro('11.00', '/proof?ml-b') },
			{ key: 'NE', label: 'Niger', amount: euro('20.00', '/proof?ne') },
			{ key: 'NP', label: 'Nepal', amount: { missing: 'not published' } }
		],
		series: { amount: 'Spent', budget: 'Budget' },
		unit: 'EUR'
	});
const burn = (nature: Nature) =>
	html(BurnChart, {
		...frame(nature),
		sentence: 'At the end 97.1% was spent.',
		points: [
			{ key: 'a', label: 'End of 2017', time: 50, spent: 41.2, timeText: '50%', spentText: '41.2%', exact: 'EUR 4.12', href: '/proof?a' }, // prettier-ignore
			{ key: 'b', label: 'End of 2019', time: 100, spent: 97.1, timeText: '100%', spentText: '97.1%', exact: 'EUR 9.71', href: '/proof?b' } // prettier-ignore
		],
		labels: { spent: 'Spent', time: 'Time', spentAxis: 'Share of the budget', timeAxis: 'Share of the time' }
	});
const count = (value: number): Amount => ({
	value: String(value),
	label: String(value),
	exact: `${value} activities`,
	figures: String(value),
	href: '/activities'
});
const timeline = (nature: Nature) =>
	html(TimelineChart, {
		...frame(nature),
		points: [
			{
				key: '1',
				label: 'January 2017',
				tick: '1',
				group: '2017',
				total: count(5),
				parts: [count(3), count(2)]
			},
			{
				key: '2',
				label: 'February 2017',
				tick: '2',
				group: '2017',
				total: count(0),
				parts: [count(0), count(0)]
			}
		],
		series: { total: 'Activities' },
		types: ['Training', 'Other'],
		unit: 'activities'
	});

const KINDS = { columns, bars, burn, timeline };
const drawing = (body: string, size = 'wide') =>
	body.match(new RegExp(`<div class="drawing ${size}">.*?</svg></div>`, 's'))?.[0] ?? '';
const rows = (body: string) =>
	[...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
		[...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
			cell!
				.replace(/<[^>]*>/g, '')
				.replace(/\s+/g, ' ')
				.trim()
		)
	);

describe.each(Object.entries(KINDS))('%s', (_, chart) => {
	it('names itself, tells its source and draws itself for both sizes', () => {
		const body = chart('published');
		expect(body).toContain('A title &lt;of its own>');
		expect(body).toContain('Source: the ledger, as of 31 December 2019');
		for (const size of ['narrow', 'wide']) {
			expect(drawing(body, size)).toMatch(/<svg viewBox="0 0 \d+ [\d.]+"/);
			expect(drawing(body, size)).toContain('aria-labelledby="chart-title"');
		}
		expect(body).toContain('Show as table');
	});

	it('leaves nothing of LayerChart or of hydration in its markup', () => {
		expect(drawing(chart('published'))).not.toMatch(/lc-|svelte-|<!--|NaN|undefined|\[object/);
	});

	it('bears no mark of demonstration when it is published', () => {
		expect(chart('published')).not.toMatch(/demonstration|nosnippet|-invented/i);
	});

	it('says DEMONSTRATION inside the plot, in a texture, in every name, and keeps out of snippets', () => {
		const body = chart('demonstration');
		expect(body).toMatch(/<figure[^>]*data-nosnippet/);
		for (const size of ['narrow', 'wide']) {
			expect(drawing(body, size)).toMatch(/<text class="watermark"[^>]*>DEMONSTRATION<\/text>/);
			expect(drawing(body, size)).toMatch(/fill="url\(#chart-(narrow|wide)-invented\)"/);
			const names = [...drawing(body, size).matchAll(/class="mark"[^>]*aria-label="([^"]*)"/g)];
			expect(names.length).toBeGreaterThan(0);
			for (const [, name] of names) expect(name).toMatch(/^Demonstration\. /);
		}
	});
});

describe('columns', () => {
	it('draw what was solid, the budget outlined, a forecast hatched, and nothing where nothing is known', () => {
		const picture = drawing(columns('published'));
		expect(picture.match(/class="solid"/g)).toHaveLength(2);
		expect(picture.match(/class="outlined"/g)).toHaveLength(1);
		expect(picture.match(/class="forecast" [^>]*fill="url\(#chart-wide-forecast\)"/g)).toHaveLength(1);
	});

	it('open every number at its own address', () => {
		const picture = drawing(columns('published'));
		for (const href of ['/proof?a', '/proof?a-budget', '/proof?b'])
			expect(picture).toContain(`href="${href}"`);
		expect(picture).toContain('aria-label="2016, quarter 4, Spent: EUR 100.10"');
		expect(picture).toContain('role="group"');
	});

	it('are an image where no number opens', () => {
		const points = [{ key: 'a', label: 'a', tick: 'a', actual: euro('1.00') }];
		expect(drawing(columns('published', { points, series: { actual: 'Spent' } }))).toContain('role="img"');
	});

	it('say in words what they could not draw', () => {
		const aside = [{ label: 'Not dated this finely', cells: [euro('7.07', '/proof?undated')] }];
		const body = columns('published', { series: { actual: 'Spent' }, aside });
		expect(body.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')).toContain('Not dated this finely: EUR 7.07');
		expect(rows(body).at(-1)).toEqual(['Not dated this finely', '7.07']);
	});

	it('have a table with the same numbers, the unit once', () => {
		expect(rows(columns('published'))).toEqual([
			['Period', 'Spent EUR', 'Budget EUR', 'Planned EUR'],
			['2016, quarter 4', '100.10', '120.00', '–'],
			['2017, quarter 1', '-5.05', 'not budgeted this finely', '–'],
			['2017, quarter 2', 'not published', '–', '80.00']
		]);
	});

	it('draw only the series that have a name', () => {
		const body = columns('published', { series: { actual: 'Spent' } });
		expect(drawing(body)).not.toMatch(/outlined|forecast/);
		expect(rows(body)[1]).toEqual(['2016, quarter 4', '100.10']);
	});

	it('show their table at once when asked to', () => {
		expect(columns('published', { table: 'open' })).not.toContain('<details');
	});
});

describe('bars', () => {
	it('stand largest first, the unallocated part last in a texture of its own', () => {
		const picture = drawing(bars('published'));
		const names = [...picture.matchAll(/<text class="name[^"]*"[^>]*><tspan[^>]*>([^<]*)</g)].map(
			([, name]) => name!.trim()
		);
		expect(names).toEqual(['Niger', 'Mali', 'Nepal', 'Unallocated']);
		expect(picture).toMatch(/class="rest"[^>]*fill="url\(#chart-wide-dots\)"/);
		expect(picture).toMatch(/<text class="missing"[^>]*><tspan[^>]*>not published/);
	});

	it('have a table with the same numbers', () => {
		expect(rows(bars('published')).slice(1)).toEqual([
			['Niger', '20.00', '–'],
			['Mali', '10.00', '11.00'],
			['Nepal', 'not published', '–'],
			['Unallocated', '70.00', '–']
		]);
	});
});

describe('burn', () => {
	it('ends its line at the last point and says it in a sentence', () => {
		const body = burn('published');
		expect(body).toContain('At the end 97.1% was spent.');
		expect(drawing(body)).toContain('Spent 97.1%');
		expect(drawing(body)).toContain('aria-label="End of 2019. Time 100%, Spent 97.1%. EUR 9.71"');
		expect(drawing(body)).toMatch(/<line [^>]*class="time"/);
	});

	it('has a table with both shares and the amount', () => {
		expect(rows(burn('published'))).toEqual([
			['Period', 'Time', 'Spent', 'Amount'],
			['End of 2017', '50%', '41.2%', 'EUR 4.12'],
			['End of 2019', '100%', '97.1%', 'EUR 9.71']
		]);
	});
});

describe('a forecast', () => {
	const forecast = { key: 'f', label: 'End of 2020', time: 100, spent: 112.5, timeText: '100%', spentText: '112.5%', exact: 'EUR 11.25', href: '/proof?f' }; // prettier-ignore
	const drawn = html(BurnChart, {
		...frame('published'),
		sentence: 'At half time 41.2% is spent.',
		points: [
			{ key: 'a', label: 'End of 2017', time: 50, spent: 41.2, timeText: '50%', spentText: '41.2%', exact: 'EUR 4.12', href: '/proof?a' } // prettier-ignore
		],
		labels: { spent: 'Spent', time: 'Time', spentAxis: 'Share of the budget', timeAxis: 'Share of the time', forecast: 'Forecast' }, // prettier-ignore
		forecast
	});

	it('leads from the last point to the end over hatched ground, opens, and has its row in the table', () => {
		expect(drawn.match(/class="foreseen"/g)).toHaveLength(2);
		expect(drawn).toContain('url(#chart-wide-forecast)');
		expect(drawn.match(/class="expected"/g)).toHaveLength(2);
		expect(drawn).toContain('href="/proof?f"');
		expect(drawn).toContain('End of 2020 (Forecast)');
		// More than the whole budget: the axis reaches up to it.
		expect(drawn).toContain('150%');
	});

	it('is not drawn where there is none', () => {
		expect(burn('published')).not.toMatch(/foreseen|expected|Forecast/);
	});

	it('of a quarter stands on what is already spent in it', () => {
		const both = columns('published', {
			points: [{ ...quarters[0], budget: undefined, forecast: euro('50.00', '/proof?expected') }]
		});
		const rect = (look: string) => {
			const tag = new RegExp(`<rect class="${look}"[^>]*>`).exec(both)![0];
			return (name: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)![1]);
		};
		const [solid, hatched] = [rect('solid'), rect('forecast')];
		expect(hatched('y') + hatched('height')).toBeCloseTo(solid('y'), 0);
	});
});

describe('timeline', () => {
	it('piles the types up to the total and draws no column for none', () => {
		const picture = drawing(timeline('published'));
		expect(picture.match(/class="kind kind-1"/g)).toHaveLength(1);
		expect(picture.match(/class="kind kind-2"/g)).toHaveLength(1);
		expect(picture).toContain('aria-label="January 2017, Activities: 5 activities"');
		expect(picture).not.toContain('February 2017');
	});

	it('has a table with every period, also the empty one', () => {
		expect(rows(timeline('published'))).toEqual([
			['Period', 'Activities', 'Training', 'Other'],
			['January 2017', '5', '3', '2'],
			['February 2017', '0', '0', '0']
		]);
	});
});
