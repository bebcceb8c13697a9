import { m } from '#lib/paraglide/messages.js';
import type { Aside, BurnPoint, BurnSpec, Cell, PlotSpec, Words } from './chart-data.ts';

/** The numbers of a chart as rows: `head` names every column, `units` those after the first. */
export type ChartTableData = {
	head: string[];
	units?: (string | undefined)[];
	rows: { key: string; label: string; cells: (Cell | Words)[] }[];
};

/** Where a series has no number for a row and gives no reason. */
const NONE: Cell = { missing: '–' };
const known = (names: (string | undefined)[]): string[] => names.filter((name) => name !== undefined);

function rowsOf(spec: PlotSpec): ChartTableData {
	switch (spec.kind) {
		case 'column': {
			const { actual, budget, forecast } = spec.series;
			return {
				head: known([m.chart_period(), actual, budget, forecast]),
				rows: spec.points.map((point) => ({
					key: point.key,
					label: point.label,
					cells: [
						point.actual,
						...(budget ? [point.budget ?? NONE] : []),
						...(forecast ? [point.forecast ?? NONE] : [])
					]
				}))
			};
		}
		case 'bar': {
			const { amount, budget } = spec.series;
			return {
				head: known([m.chart_name(), amount, budget]),
				rows: spec.points.map((point) => ({
					key: point.key,
					label: point.label,
					cells: [point.amount, ...(budget ? [point.budget ?? NONE] : [])]
				}))
			};
		}
		case 'burn':
			return {
				head: [m.chart_period(), spec.labels.time, spec.labels.spent, m.chart_amount()],
				rows: [
					...spec.points,
					...(spec.forecast ? [{ ...spec.forecast, label: forecastLabel(spec.forecast, spec.labels) }] : [])
				].map(({ key, label, time, spent, timeText, spentText, exact, href, figure }) => ({
					key,
					label,
					cells: [
						{ value: String(time), label: timeText, exact: timeText },
						{ value: String(spent), label: spentText, exact: spentText },
						{ value: '0', label: exact, exact, href, figure }
					]
				}))
			};
		case 'timeline':
			return {
				head: [m.chart_period(), spec.series.total, ...(spec.types ?? [])],
				rows: spec.points.map(({ key, label, total, parts = [] }) => ({
					key,
					label,
					cells: [total, ...(spec.types ?? []).map((_, i) => parts[i] ?? NONE)]
				}))
			};
		case 'flow':
			return {
				head: [spec.series.from, spec.series.to, spec.series.amount],
				rows: spec.links.map(({ key, from, to, href, amount }) => ({
					key,
					label: from,
					cells: [{ words: to, href }, amount]
				}))
			};
	}
}

const forecastLabel = ({ label }: BurnPoint, { forecast = '' }: BurnSpec['labels']) =>
	m.spending_forecast_row({ label, forecast });

/** Every number of a chart, in its order, then what the picture could not show. `unit` stands once above the columns. */
export function chartTable(spec: PlotSpec, asides: Aside[], unit: string | undefined): ChartTableData {
	const { head, rows } = rowsOf(spec);
	return {
		head,
		// What is counted is the column's own name; only money has a unit to add.
		units: unitsOf(spec, head, unit),
		rows: [...rows, ...asides.map(({ label, cells }, i) => ({ key: `aside-${i}`, label, cells }))]
	};
}

function unitsOf(spec: PlotSpec, head: readonly string[], unit: string | undefined): ChartTableData['units'] {
	if (spec.kind === 'flow') return [undefined, unit];
	return spec.kind === 'column' || spec.kind === 'bar' ? head.slice(1).map(() => unit) : undefined;
}
