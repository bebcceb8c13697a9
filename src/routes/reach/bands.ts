import type { LegendBand, Level } from '#lib/map/map-data.ts';

const CLASSES = 5;

/** The width of a class: the smallest of 1, 2, 5, 10, 20, 25, 50 ... with which five classes hold everything up to `most`. */
function stepFor(most: number): number {
	for (let power = 1; ; power *= 10) {
		for (const factor of [1, 2, 2.5, 5]) {
			const step = factor * power;
			if (Number.isInteger(step) && step * CLASSES >= most) return step;
		}
	}
}

/** Classes of equal width for a map: which one a value is in, and those in use with their ends. Whole numbers. */
export function bandsFor(
	values: readonly number[],
	label: (from: number, to: number) => string
): { level: (value: number) => Level; bands: LegendBand[] } {
	const step = stepFor(Math.max(1, ...values));
	const level = (value: number) => (value <= 0 ? 0 : Math.min(CLASSES, Math.ceil(value / step))) as Level;
	const used = [...new Set(values.map(level))].filter((one) => one !== null && one > 0).sort() as (
		1 | 2 | 3 | 4 | 5
	)[];
	return { level, bands: used.map((one) => ({ level: one, label: label((one - 1) * step, one * step) })) };
}
