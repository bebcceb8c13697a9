import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { NATURES, type Nature, type Slice, type Total } from '#lib/slice/slice.ts';
import { resolveSlice, type ResolvedSlice } from './resolve.ts';
import { totalOf } from './total.ts';

/** The last posting of each nature that an answer knows of; null where there was none. */
export type Version = Record<Nature, number | null>;

/** A slice at one state of the books for good: whatever is posted meanwhile, its total and its rows stay the same. */
export type PinnedSlice = {
	resolved: ResolvedSlice;
	total: Total;
	version: Version;
	/** When that state became known, ISO; null for books that hold nothing. The same whenever it is asked for. */
	knownAt: string | null;
};

/**
 * Fixes a slice by the numbers of the postings and adds it up there.
 * @throws UnknownKeyError for a key that names nothing
 */
export async function pinSlice(db: Kysely<DB>, slice: Slice): Promise<PinnedSlice> {
	const stamps = await readPostings(db, slice.asof, slice.version);
	const found = await resolveSlice(db, slice);
	const known = stamps[slice.nature]?.no ?? null;
	// Named by number, the posting stays the same even when a newer one arrives.
	const posting = found.posting === null || known === null ? null : Math.min(found.posting, known);
	const resolved = { ...found, posting, latest: false };
	const days = NATURES.flatMap((nature) => stamps[nature]?.knownAt ?? []);
	return {
		resolved,
		total: await totalOf(db, resolved),
		version: { published: stamps.published?.no ?? null, demonstration: stamps.demonstration?.no ?? null },
		knownAt: days.sort().at(-1) ?? null
	};
}
