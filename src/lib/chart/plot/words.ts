import { m } from '#lib/paraglide/messages.js';
import type { Nature } from '#lib/slice/slice.ts';
import type { BurnPoint, BurnSpec, Cell } from '../chart-data.ts';
import type { Magnitude } from '../value-axis.ts';

/** What stands above an axis: its unit and, for large numbers, their magnitude ("EUR million"). */
export function axisTitle(unit: string, magnitude: Magnitude): string {
	if (magnitude === 'one') return unit;
	if (magnitude === 'thousand') return m.chart_axis_thousand({ unit });
	return magnitude === 'million' ? m.chart_axis_million({ unit }) : m.chart_axis_billion({ unit });
}

/** What a mark says: its name, the series, the exact amount; invented amounts begin with that word. */
export function spoken(label: string, series: string, cell: Cell, nature: Nature): string {
	const value = 'missing' in cell ? cell.missing : cell.exact;
	const words = { label, series, value };
	return nature === 'demonstration' ? m.chart_spoken_demonstration(words) : m.chart_spoken(words);
}

/** What a point of the burn line says: when, both shares, the exact amount. */
export function spokenShare(point: BurnPoint, labels: BurnSpec['labels'], nature: Nature): string {
	const words = {
		label: point.label,
		spent: `${labels.spent} ${point.spentText}`,
		time: `${labels.time} ${point.timeText}`,
		exact: point.exact
	};
	return nature === 'demonstration' ? m.chart_burn_demonstration(words) : m.chart_burn(words);
}
