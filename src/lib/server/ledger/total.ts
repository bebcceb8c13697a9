import type { Kysely } from 'kysely';
import { add } from '#lib/money/decimal.ts';
import { askOnce } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { COUNTINGS, type Measure, type Slice, type Sum, type Total } from '#lib/slice/slice.ts';
import { resolveSlice, type ResolvedSlice } from './resolve.ts';
import { sumRows, type SumRow, type Way } from './sum-rows.ts';

/**
 * The figure of a slice, in its currency, with what could not be converted and what the counting rules leave out.
 * `amount` is null when nothing matches. Decimals as text.
 * @throws UnknownKeyError for a key that names nothing
 */
export async function total(db: Kysely<DB>, slice: Slice, way?: Way): Promise<Total> {
	const { measure } = slice;
	return (await totals(db, slice, [measure], way))[measure];
}

/**
 * The figures of a slice for several measures, which are one question; its own measure does not matter.
 * @throws UnknownKeyError for a key that names nothing
 */
export function totals<M extends Measure>(
	db: Kysely<DB>,
	slice: Slice,
	measures: readonly M[],
	way?: Way
): Promise<Record<M, Total>> {
	return askOnce(db, ['totals', { ...slice, measure: measures }, way], async () => {
		const rows = await sumRows(db, await resolveSlice(db, slice), { measures, by: [] }, way);
		const sums = measures.map((measure) => [
			measure,
			foldTotal(
				slice,
				rows.filter((row) => row.measure === measure)
			)
		]);
		return Object.fromEntries(sums) as Record<M, Total>;
	});
}

/** The total of a slice that was looked up before. */
export async function totalOf(db: Kysely<DB>, resolved: ResolvedSlice, way?: Way): Promise<Total> {
	const { slice } = resolved;
	return foldTotal(slice, await sumRows(db, resolved, { measures: [slice.measure], by: [] }, way));
}

/** The total of a slice, or of a part of it, from its rows of every counting. */
export function foldTotal({ counting, currency }: Slice, rows: readonly SumRow[]): Total {
	const sums = COUNTINGS.map((reason) => ({
		reason,
		...foldSum(rows.filter((row) => row.counting === reason))
	}));
	const { amount, entries, unconverted } = sums.find(({ reason }) => reason === counting)!;
	return {
		amount,
		entries,
		unconverted,
		currency,
		// A slice of one of the lines left out is that line alone.
		notCounted:
			counting === 'counted' ? sums.filter((sum) => sum.reason !== 'counted' && sum.entries > 0) : []
	};
}

/** Adds rows of one group over their booked currencies. */
export function foldSum(rows: readonly SumRow[]): Sum {
	let amount: string | null = null;
	let entries = 0;
	const unconverted: Sum['unconverted'] = [];
	for (const row of rows) {
		const count = countOf(row.entries);
		const without = countOf(row.unconverted_entries);
		entries += count;
		if (count > without) amount = amount === null ? row.converted : add(amount, row.converted);
		if (without > 0) unconverted.push({ currency: row.currency, amount: row.unconverted, entries: without });
	}
	unconverted.sort((a, b) => (a.currency < b.currency ? -1 : 1));
	return { amount, entries, unconverted: mergeByCurrency(unconverted) };
}

function mergeByCurrency(parts: Sum['unconverted']): Sum['unconverted'] {
	const merged: Sum['unconverted'] = [];
	for (const part of parts) {
		const last = merged.at(-1);
		if (last?.currency === part.currency) {
			last.amount = add(last.amount, part.amount);
			last.entries += part.entries;
		} else merged.push({ ...part });
	}
	return merged;
}

/** A number of entries, which PostgreSQL gives as text; far below what a number holds exactly. */
export function countOf(text: string): number {
	return Number.parseInt(text, 10);
}
