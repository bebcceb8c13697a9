import { createHash } from 'node:crypto';
import type { Item } from '#lib/sample/item.ts';

/*
 * Sampling once more, slowly and by no code of the application: numbers digit by digit, every unit of money by itself, as
 * someone does it who has only the description on the page.
 */

export type OracleChoice = { key: string; how: string; at: string };

/** What is left of a hexadecimal number divided by `limit`, digit by digit. */
function remainderOf(hex: string, limit: number): number {
	let rest = 0;
	for (const digit of hex) rest = (rest * 16 + '0123456789abcdef'.indexOf(digit)) % limit;
	return rest;
}

/** Draws as described. A number is passed over where the whole run of remainders that it is in does not fit below 2^256. */
export function oracleDraws(seed: string): (limit: number) => number {
	let k = 0;
	return (limit) => {
		for (;;) {
			k++;
			const hex = createHash('sha256').update(`${seed},${k}`).digest('hex');
			const rest = remainderOf(hex, limit);
			if (BigInt(`0x${hex}`) - BigInt(rest) + BigInt(limit) <= 2n ** 256n) return rest;
		}
	};
}

function drawFrom(draw: (limit: number) => number, size: number, items: readonly Item[]): OracleChoice[] {
	const chosen: OracleChoice[] = [];
	if (size >= items.length) return items.map(({ key }, i) => ({ key, how: 'draw', at: String(i + 1) }));
	while (chosen.length < size) {
		const { key } = items[draw(items.length)]!;
		if (chosen.every((choice) => choice.key !== key))
			chosen.push({ key, how: 'draw', at: String(chosen.length + 1) });
	}
	return chosen;
}

export function oracleRandom(seed: string, size: number, items: readonly Item[]): OracleChoice[] {
	return drawFrom(oracleDraws(seed), size, items);
}

export function oracleStratified(seed: string, size: number, items: readonly Item[]): OracleChoice[] {
	const names = [...new Set(items.map(({ stratum }) => stratum))];
	const groups = names.map((name) => items.filter(({ stratum }) => stratum === name));
	const quotas = groups.map(() => 1);
	const wanted = Math.min(Math.max(size - groups.length, 0), items.length - groups.length);
	const spare = items.length - groups.length;
	const shares = groups.map((group) => (spare === 0 ? 0 : wanted * (group.length - 1)));
	let given = 0;
	shares.forEach((share, index) => {
		const whole = spare === 0 ? 0 : (share - (share % spare)) / spare;
		quotas[index]! += whole;
		given += whole;
	});
	const taken = new Set<number>();
	while (given < wanted) {
		let best = -1;
		shares.forEach((share, index) => {
			if (!taken.has(index) && (best < 0 || share % spare > shares[best]! % spare)) best = index;
		});
		taken.add(best);
		quotas[best]! += 1;
		given++;
	}
	const draw = oracleDraws(seed);
	return groups.flatMap((group, index) => drawFrom(draw, quotas[index]!, group));
}

/** Every unit of money as an element of a list, named by the item that holds it. */
const unitsOf = (items: readonly { key: string; units: number }[]) =>
	items.flatMap(({ key, units }) => Array.from({ length: units }, () => key));

/** @param items with amounts in whole units; those of zero or less cannot be chosen */
export function oracleMonetary(
	seed: string,
	asked: { size: number } | { interval: number },
	items: readonly { key: string; units: number }[]
): OracleChoice[] {
	let rest = items.filter(({ units }) => units > 0);
	const chosen: OracleChoice[] = [];
	const takeWhole = ({ key }: { key: string }) => {
		chosen.push({ key, how: 'top', at: '' });
		rest = rest.filter((item) => item.key !== key);
	};
	const draw = oracleDraws(seed);
	const hits: number[] = [];
	if ('size' in asked) {
		let left = Math.min(asked.size, rest.length);
		for (;;) {
			const total = unitsOf(rest).length;
			const largest = rest.reduce((a, b) => (b.units > a.units ? b : a), rest[0]!);
			if (left === 0 || largest.units * left < total) break;
			takeWhole(largest);
			left--;
		}
		const total = unitsOf(rest).length;
		const start = left === 0 ? 0 : draw(total);
		for (let j = 0; j < left; j++) hits.push((start + j * total - ((start + j * total) % left)) / left);
	} else {
		for (const item of rest) if (item.units >= asked.interval) takeWhole(item);
		const total = unitsOf(rest).length;
		for (let unit = draw(asked.interval); unit < total; unit += asked.interval) hits.push(unit);
	}
	const units = unitsOf(rest);
	for (const hit of hits) chosen.push({ key: units[hit]!, how: 'unit', at: String(hit + 1) });
	return chosen;
}
