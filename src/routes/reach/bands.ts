import { formatCount } from '#lib/words/count.ts';
import type { LegendBand, Level } from '#lib/map/map-data.ts';

const CLASSES = 5;
/** Below so many values classes of equal width show best how they differ. */
const MANY = 20;

/** The smallest of 1, 2, 5, 10, 20, 25, 50 ... that is not below `least`; whole. */
function roundUp(least: number): number {
	for (let power = 1; ; power *= 10) {
		for (const factor of [1, 2, 2.5, 5]) {
			const step = factor * power;
			if (Number.isInteger(step) && step >= least) return step;
		}
	}
}

/** Upper ends of the five classes, rising. */
function endsFor(values: readonly number[]): number[] {
	const most = Math.max(1, ...values);
	const step = roundUp(most / CLASSES);
	const even = Array.from({ length: CLASSES }, (_, index) => step * (index + 1));
	const positive = values.filter((value) => value > 0).toSorted((a, b) => a - b);
	const lowest = positive.filter((value) => value <= step).length;
	if (positive.length <= MANY || lowest <= positive.length * 0.6) return even;
	// A few large among many small ones: classes that hold as many each, with round ends.
	const ends: number[] = [];
	for (let index = 1; index < CLASSES; index++) {
		const at = positive[Math.floor((positive.length * index) / CLASSES)]!;
		const end = roundUp(Math.max(at, (ends.at(-1) ?? 0) + 1));
		ends.push(end);
	}
	return [...ends, Math.max(roundUp(most), ends.at(-1)! + 1)];
}

/** A class of whole numbers above `from`: "1–5", or "6" where it holds one only. */
export function countBand(from: number, to: number): string {
	return from + 1 === to ? formatCount(to) : `${formatCount(from + 1)}–${formatCount(to)}`;
}

/** Shades of so many classes: as far from each other, and from land without a value, as five allow. */
const SHADES: readonly (readonly Shade[])[] = [[], [4], [2, 4], [2, 4, 5], [2, 3, 4, 5], [1, 2, 3, 4, 5]];
type Shade = Exclude<Level, 0 | null>;

/**
 * Classes for a map of these values: which one a value is in, and those in use with their ends. Whole numbers. Of equal
 * width, unless there are many values and most would fall in the first.
 */
export function bandsFor(
	values: readonly number[],
	label: (from: number, to: number) => string
): {
	/** Number of a value's class, whatever others are in use; 0 for nothing or less. */
	classOf: (value: number) => number;
	level: (value: number) => Level;
	bands: (LegendBand & { class: number })[];
} {
	const ends = endsFor(values);
	const classOf = (value: number): number => {
		if (value <= 0) return 0;
		const index = ends.findIndex((end) => value <= end);
		return index < 0 ? CLASSES : index + 1;
	};
	const used = [...new Set(values.filter((value) => value > 0).map(classOf))].sort();
	const shades = SHADES[used.length]!;
	return {
		classOf,
		level: (value) => (value <= 0 ? 0 : shades[used.indexOf(classOf(value))]!),
		bands: used.map((one, index) => ({
			level: shades[index]!,
			class: one,
			label: label(ends[one - 2] ?? 0, ends[one - 1]!)
		}))
	};
}
