import { formatExact } from '#lib/money/format.ts';
import type { Locale } from '#lib/paraglide/runtime.js';

/** How large the numbers on an axis are: one unit for all of them, named once above it. */
export type Magnitude = 'one' | 'thousand' | 'million' | 'billion';

export type ValueAxis = {
	/** From the lowest value, or zero, to the highest tick: holds every value, and does not waste room below zero. */
	domain: [number, number];
	ticks: { value: number; label: string }[];
	magnitude: Magnitude;
};

const SIZES: [Magnitude, number][] = [
	['billion', 1e9],
	['million', 1e6],
	['thousand', 1e4]
];
const DIVISOR: Record<Magnitude, number> = { one: 1, thousand: 1e3, million: 1e6, billion: 1e9 };

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `rough`. */
function niceStep(rough: number, whole: boolean): number {
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999_999)! * power;
	return whole ? Math.max(1, Math.ceil(step)) : step;
}

/**
 * Ticks for an axis of amounts or counts that begins at zero: about `count` of them, round, in one magnitude.
 * `whole` keeps to whole numbers, for things that are counted. Floats serve only for drawing here.
 */
export function valueAxis(values: number[], locale: Locale, { count = 4, whole = false } = {}): ValueAxis {
	const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
	const reach = high - low || 1;
	const step = niceStep(reach / count, whole);
	const [first, last] = [Math.ceil(low / step - 1e-9), Math.max(1, Math.ceil(high / step - 1e-9))];
	const size = Math.max(-low, high);
	const magnitude = SIZES.find(([, from]) => size >= from)?.[0] ?? 'one';
	const shown = step / DIVISOR[magnitude];
	const places =
		[0, 1, 2, 3, 4].find((n) => Math.abs(Math.round(shown * 10 ** n) - shown * 10 ** n) < 1e-6) ?? 5;
	const ticks = Array.from({ length: last - first + 1 }, (_, i) => {
		const value = (first + i) * step;
		return {
			value,
			label: value === 0 ? '0' : formatExact((value / DIVISOR[magnitude]).toFixed(places), locale)
		};
	});
	return { domain: [low, last * step], ticks, magnitude };
}
