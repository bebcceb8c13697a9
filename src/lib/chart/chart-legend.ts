import type { PlotSpec } from './chart-data.ts';

/** How a mark is drawn. */
export type Sign =
	| 'solid'
	| 'outlined'
	| 'forecast'
	| `kind-${number}`
	/** Somewhere in these days; going on without an end; going on beyond what is drawn. */
	| 'within'
	| 'open'
	| 'beyond';

/** One sign of a drawing with its meaning. */
export type LegendEntry = { sign: Sign; name: string };

/** What the signs of a plot mean. A plot with one series says it in its subtitle and needs none. */
export function legendOf(spec: PlotSpec): LegendEntry[] {
	if (spec.kind === 'timeline')
		return (spec.types ?? []).map((name, i) => ({ sign: `kind-${i + 1}` as const, name }));
	// The two lines of a burn chart carry their names themselves.
	if (spec.kind === 'burn' || spec.kind === 'flow') return [];
	const { budget, ...others } = spec.series;
	const forecast = 'forecast' in others ? others.forecast : undefined;
	const first = 'actual' in others ? others.actual : others.amount;
	if (!budget && !forecast) return [];
	return [
		{ sign: 'solid', name: first },
		...(budget ? [{ sign: 'outlined' as const, name: budget }] : []),
		...(forecast ? [{ sign: 'forecast' as const, name: forecast }] : [])
	];
}
