import { isDecimal, scaleOf } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { fromUnits, toUnits } from './scaled.ts';

/** A part of a whole as the source gives it: a country's, region's or sector's code and its per cent. */
export type Share = { code: string; percentage: Decimal };

/** What is wrong with a list of shares. On an error nothing can be shared out: the whole stays unallocated. */
export type ShareFinding = {
	severity: 'warning' | 'error';
	rule: 'shares_scaled' | 'shares_above_100' | 'share_negative' | 'share_not_decimal';
	/** The sum of the percentages, or the percentage that is wrong. */
	given: string;
};

/** Shares as whole-number weights, in the order of their codes. A `null` code is the unallocated rest, always last. */
export type Split = {
	codes: (string | null)[];
	weights: bigint[];
	total: bigint;
	finding: ShareFinding | null;
};

const NOTHING_ALLOCATED = { codes: [null], weights: [1n], total: 1n };

/**
 * Turns percentages into weights. A code given twice counts once with both percentages; zero percentages are left out.
 * A sum below 99.9 leaves the rest unallocated; one within 0.1 of 100 is scaled to 100 with a warning; above 100.1,
 * or with a negative or unreadable percentage, it is an error.
 */
export function readSplit(shares: readonly Share[]): Split {
	let scale = 1;
	for (const { percentage } of shares) {
		if (!isDecimal(percentage)) return refused('share_not_decimal', String(percentage));
		if (percentage.startsWith('-')) return refused('share_negative', percentage);
		scale = Math.max(scale, scaleOf(percentage));
	}
	const byCode = new Map<string, bigint>();
	let total = 0n;
	for (const { code, percentage } of shares) {
		const weight = toUnits(percentage, scale);
		if (weight === 0n) continue;
		total += weight;
		byCode.set(code, (byCode.get(code) ?? 0n) + weight);
	}
	const whole = toUnits('100', scale);
	const tolerance = toUnits('0.1', scale);
	if (total > whole + tolerance) return refused('shares_above_100', fromUnits(total, scale));

	const codes: (string | null)[] = [...byCode.keys()].sort();
	const weights = codes.map((code) => byCode.get(code!)!);
	if (total < whole - tolerance) {
		return { codes: [...codes, null], weights: [...weights, whole - total], total: whole, finding: null };
	}
	const finding: ShareFinding | null =
		total === whole ? null : { severity: 'warning', rule: 'shares_scaled', given: fromUnits(total, scale) };
	return { codes, weights, total, finding };
}

/**
 * Cuts a number of units by weights so that the parts add up to it: each gets its whole units, and what is left goes
 * one by one to the largest remainders, ties to the earlier one. Weights are above zero and add up to `total`.
 */
export function distribute(units: bigint, weights: readonly bigint[], total: bigint): bigint[] {
	if (units < 0n) return distribute(-units, weights, total).map((part) => -part);
	const parts: bigint[] = [];
	const remainders: bigint[] = [];
	let left = units;
	for (const weight of weights) {
		const share = units * weight;
		const part = share / total;
		parts.push(part);
		remainders.push(share - part * total);
		left -= part;
	}
	for (const index of left === 0n ? [] : byLargest(remainders).slice(0, Number(left))) parts[index]! += 1n;
	return parts;
}

/** Positions of the values from the largest down; equal ones stay in order. */
export function byLargest(values: readonly bigint[]): number[] {
	return [...values.keys()].sort((a, b) => (values[a]! > values[b]! ? -1 : values[a]! < values[b]! ? 1 : 0));
}

function refused(rule: ShareFinding['rule'], given: string): Split {
	return { ...NOTHING_ALLOCATED, finding: { severity: 'error', rule, given } };
}
