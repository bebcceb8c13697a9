import type { Kysely } from 'kysely';
import { askOnce } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { BreakdownRow, Dimension, Measure, Slice, Total } from '#lib/slice/slice.ts';
import { keysOfIds } from './names.ts';
import { resolveSlice } from './resolve.ts';
import { sumRows, type SumRow, type Way } from './sum-rows.ts';
import { foldSum, foldTotal } from './total.ts';

/** One dimension or two that a slice is cut by. */
export type Cut = readonly [Dimension] | readonly [Dimension, Dimension];

/**
 * A slice cut by one or two dimensions. Keys are what the same dimension takes in a slice (`none` is null here), so each
 * row opens as that slice. The rows add up to the total; a null key is the unallocated, not stated or not dated this
 * finely part. Ordered by key, null last.
 * @throws UnknownKeyError for a key that names nothing
 */
export async function breakdown(db: Kysely<DB>, slice: Slice, by: Cut, way?: Way): Promise<BreakdownRow[]> {
	const { measure } = slice;
	return (await breakdowns(db, slice, [measure], by, way))[measure];
}

/**
 * A slice cut so for several measures, which are one question; its own measure does not matter.
 * @throws UnknownKeyError for a key that names nothing
 */
export function breakdowns<M extends Measure>(
	db: Kysely<DB>,
	slice: Slice,
	measures: readonly M[],
	by: Cut,
	way?: Way
): Promise<Record<M, BreakdownRow[]>> {
	return askOnce(db, ['breakdowns', { ...slice, measure: measures }, by, way], async () => {
		const rows = await readGroups(db, slice, measures, by, way);
		const isWanted = ({ counting }: SumRow) => by.includes('counting') || counting === slice.counting;
		const groupsOf = (measure: M) =>
			groupByKeys(rows.filter((row) => row.measure === measure && isWanted(row)))
				.map((group): BreakdownRow => ({ keys: group[0]!.keys, ...foldSum(group) }))
				.sort(byKeys);
		return Object.fromEntries(measures.map((measure) => [measure, groupsOf(measure)])) as Record<
			M,
			BreakdownRow[]
		>;
	});
}

/**
 * The total of each part of a slice, by key: what `total` answers for the slice narrowed to it, all in one question. A part
 * without entries is in it only where counting rules leave some out of it.
 * @throws UnknownKeyError for a key that names nothing
 */
export function totalsBy(
	db: Kysely<DB>,
	slice: Slice,
	by: Dimension
): Promise<ReadonlyMap<string | null, Total>> {
	return askOnce(db, ['totals by', slice, by], async () => {
		const rows = await readGroups(db, slice, [slice.measure], [by]);
		const groups = groupByKeys(rows);
		return new Map(groups.map((group) => [group[0]!.keys[0] ?? null, foldTotal(slice, group)]));
	});
}

/** Sums by measure and group, in every counting, with the keys that a slice knows them by. */
async function readGroups(
	db: Kysely<DB>,
	slice: Slice,
	measures: readonly Measure[],
	by: Cut,
	way?: Way
): Promise<SumRow[]> {
	const rows = await sumRows(db, await resolveSlice(db, slice), { measures, by }, way);
	await replaceIds(db, rows, by);
	return rows;
}

function groupByKeys(rows: readonly SumRow[]): SumRow[][] {
	return [...Map.groupBy(rows, ({ keys }) => JSON.stringify(keys)).values()];
}

/** Objectives, agreements and projects go by key in a slice, and by number in the ledger. */
async function replaceIds(db: Kysely<DB>, rows: SumRow[], by: Cut): Promise<void> {
	for (const [index, dimension] of by.entries()) {
		if (dimension !== 'project' && dimension !== 'objective' && dimension !== 'agreement') continue;
		const ids = rows.flatMap(({ keys }) => keys[index] ?? []);
		const keys = await keysOfIds(db, dimension, ids);
		for (const row of rows) row.keys[index] = row.keys[index] == null ? null : keys.get(row.keys[index])!;
	}
}

function byKeys(a: BreakdownRow, b: BreakdownRow): number {
	for (const [index, key] of a.keys.entries()) {
		const other = b.keys[index] ?? null;
		if (key === other) continue;
		if (key === null) return 1;
		if (other === null) return -1;
		return key < other ? -1 : 1;
	}
	return 0;
}
