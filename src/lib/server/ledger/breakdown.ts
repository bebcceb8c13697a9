import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { BreakdownRow, Dimension, Slice } from '#lib/slice/slice.ts';
import { keysOfIds } from './names.ts';
import { resolveSlice } from './resolve.ts';
import { sumRows, type SumRow, type Way } from './sum-rows.ts';
import { foldSum } from './total.ts';

/**
 * A slice cut by one or two dimensions. Keys are what the same dimension takes in a slice (`none` is null here), so each
 * row opens as that slice. The rows add up to the total; a null key is the unallocated, not stated or not dated this
 * finely part. Ordered by key, null last.
 * @throws UnknownKeyError for a key that names nothing
 */
export async function breakdown(
	db: Kysely<DB>,
	slice: Slice,
	by: readonly [Dimension] | readonly [Dimension, Dimension],
	way?: Way
): Promise<BreakdownRow[]> {
	const rows = await sumRows(db, await resolveSlice(db, slice), by, way);
	const wanted = by.includes('counting') ? rows : rows.filter(({ counting }) => counting === slice.counting);
	const groups = new Map<string, SumRow[]>();
	for (const row of wanted) {
		const name = JSON.stringify(row.keys);
		const group = groups.get(name);
		if (group) group.push(row);
		else groups.set(name, [row]);
	}
	const folded = [...groups.values()].map((group) => ({ keys: group[0]!.keys, ...foldSum(group) }));
	await replaceIds(db, folded, by);
	return folded.sort(byKeys);
}

/** Objectives, agreements and projects go by key in a slice, and by number in the ledger. */
async function replaceIds(db: Kysely<DB>, rows: BreakdownRow[], by: readonly Dimension[]): Promise<void> {
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
