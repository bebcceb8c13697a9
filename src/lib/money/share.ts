import { minorUnit } from './currency.ts';
import { DecimalError, scaleOf } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { finerScale, fromUnits, toUnits } from './scaled.ts';
import { byLargest, distribute, readSplit } from './split.ts';
import type { Share, ShareFinding, Split } from './split.ts';

export type { Share, ShareFinding } from './split.ts';

export type Cell = { code: string; amount: Decimal };

/** Parts in the order of their codes. Cells and `unallocated` together are the amount, to the last digit. */
export type SharedOut = { cells: Cell[]; unallocated: Decimal | null; finding: ShareFinding | null };

/** `country` may hold a region's code too; `null` is the unallocated part of that dimension. */
export type TwoWayCell = { country: string | null; sector: string | null; amount: Decimal };

export type SharedOutTwoWays = {
	cells: TwoWayCell[];
	findings: ({ dimension: 'country' | 'sector' } & ShareFinding)[];
};

/**
 * Shares an amount out by the largest remainder, in the finer of the currency's minor unit and the amount's own scale;
 * ties go by code. A negative amount is cut as the positive one, so that a reversal cancels cell by cell.
 */
export function shareOut(input: { amount: Decimal; currency: string; shares: readonly Share[] }): SharedOut {
	const scale = finerScale(minorUnit(input.currency), input.amount);
	const split = readSplit(input.shares);
	const parts = distribute(toUnits(input.amount, scale), split.weights, split.total);
	const out: SharedOut = { cells: [], unallocated: null, finding: split.finding };
	split.codes.forEach((code, index) => {
		const amount = fromUnits(parts[index]!, scale);
		if (code === null) out.unallocated = amount;
		else out.cells.push({ code, amount });
	});
	return out;
}

/** Shares by country and by sector, read once for all amounts that go by them. `cells` in the order in which these are cut. */
export type TwoWaySplit = {
	cells: readonly Pick<TwoWayCell, 'country' | 'sector'>[];
	findings: SharedOutTwoWays['findings'];
	countries: Split;
	sectors: Split;
};

/** Reads shares by country and by sector, for {@link cutTwoWays}. */
export function splitTwoWays(input: { countries: readonly Share[]; sectors: readonly Share[] }): TwoWaySplit {
	const countries = readSplit(input.countries);
	const sectors = readSplit(input.sectors);
	const findings: SharedOutTwoWays['findings'] = [];
	if (countries.finding) findings.push({ dimension: 'country', ...countries.finding });
	if (sectors.finding) findings.push({ dimension: 'sector', ...sectors.finding });
	const cells = countries.codes.flatMap((country) => sectors.codes.map((sector) => ({ country, sector })));
	return { cells, findings, countries, sectors };
}

/** The amounts of a split's cells; they add up to the amount exactly. As {@link shareOutTwoWays} says. */
export function cutTwoWays(
	{ countries, sectors }: TwoWaySplit,
	{ amount, currency }: { amount: Decimal; currency: string }
): Decimal[] {
	const scale = finerScale(minorUnit(currency), amount);
	const units = toUnits(amount, scale);
	if (units < 0n) return cross(-units, countries, sectors).map((part) => fromUnits(-part, scale));
	return cross(units, countries, sectors).map((part) => fromUnits(part, scale));
}

/**
 * Shares an amount out over countries and sectors at once. The cells add up to the amount exactly, each country's cells
 * to what {@link shareOut} gives that country alone, and each sector's likewise: a country's figure does not depend on
 * whether anyone asked by sector. Order: country, then sector, unallocated last.
 */
export function shareOutTwoWays(input: {
	amount: Decimal;
	currency: string;
	countries: readonly Share[];
	sectors: readonly Share[];
}): SharedOutTwoWays {
	const split = splitTwoWays(input);
	const amounts = cutTwoWays(split, input);
	const cells = split.cells.map((cell, index) => ({ ...cell, amount: amounts[index]! }));
	return { cells, findings: split.findings };
}

/**
 * Cuts a second amount of the same entry (its euro or dollar amount, rounded once) in proportion to cells that exist,
 * so that it adds up exactly. Answers the amounts in the order of the cells; ties go to the earlier cell. Cells that are
 * all zero take equal parts. Throws DecimalError where cells have both signs: there is no proportion to keep.
 */
export function spreadLike(
	total: Decimal,
	cells: readonly { amount: Decimal }[],
	currency: string
): Decimal[] {
	if (cells.length === 0) throw new DecimalError('No cells to spread over', total);
	const scale = finerScale(minorUnit(currency), total);
	let cellScale = 0;
	for (const { amount } of cells) cellScale = Math.max(cellScale, scaleOf(amount));

	let sum = 0n;
	let negative = false;
	let positive = false;
	const weights = cells.map(({ amount }) => {
		const weight = toUnits(amount, cellScale);
		sum += weight;
		if (weight < 0n) negative = true;
		if (weight > 0n) positive = true;
		return weight < 0n ? -weight : weight;
	});
	if (negative && positive) throw new DecimalError('Cells of both signs cannot be spread over', total);

	const parts =
		sum === 0n
			? distribute(
					toUnits(total, scale),
					weights.map(() => 1n),
					BigInt(cells.length)
				)
			: distribute(toUnits(total, scale), weights, negative ? -sum : sum);
	return parts.map((part) => fromUnits(part, scale));
}

/** Fills the table whose margins are already cut, by largest remainder as far as both margins allow. */
function cross(units: bigint, rows: Split, columns: Split): bigint[] {
	const rowLeft = distribute(units, rows.weights, rows.total);
	if (columns.weights.length === 1) return rowLeft;
	const columnLeft = distribute(units, columns.weights, columns.total);
	if (rows.weights.length === 1) return columnLeft;

	const total = rows.total * columns.total;
	const width = columns.weights.length;
	const parts: bigint[] = [];
	const remainders: bigint[] = [];
	let left = units;
	rows.weights.forEach((rowWeight, row) => {
		const ofRow = units * rowWeight;
		columns.weights.forEach((columnWeight, column) => {
			const share = ofRow * columnWeight;
			const part = share / total;
			parts.push(part);
			remainders.push(share - part * total);
			rowLeft[row]! -= part;
			columnLeft[column]! -= part;
			left -= part;
		});
	});
	if (left === 0n) return parts;

	const order = byLargest(remainders);
	// First one unit each, to keep every cell next to its exact share; then whatever the margins still ask for.
	for (const most of [1n, left]) {
		for (const index of order) {
			const row = Math.floor(index / width);
			const column = index % width;
			let extra = rowLeft[row]! < columnLeft[column]! ? rowLeft[row]! : columnLeft[column]!;
			if (extra > most) extra = most;
			if (extra <= 0n) continue;
			parts[index]! += extra;
			rowLeft[row]! -= extra;
			columnLeft[column]! -= extra;
		}
	}
	return parts;
}
