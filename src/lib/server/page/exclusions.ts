import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { total, totals } from '#lib/server/ledger/total.ts';
import type { SentencePart } from '#lib/slice/sentence.ts';
import type { Measure, Slice } from '#lib/slice/slice.ts';
import { sliceSentence, type SliceNames } from '#lib/slice/words.ts';

/** A part of a filter, and how many rows match without it. */
export type Exclusion = { part: string; without: NonNullable<SentencePart['without']>; count: number };

/** Why nothing matches: the parts that exclude everything by themselves, and what all else leaves without any of them. */
export type Exclusions = {
	parts: Exclusion[];
	/** Rows without any part, and how the address differs then. */
	unfiltered: number;
	cleared: NonNullable<SentencePart['without']>;
	/** Other measures of the same that do hold something. */
	measures: { measure: Measure; count: number }[];
};

/** Each part costs a query; whoever filters by more is told of the first. */
const MOST_PARTS = 10;
const MEASURES_TRIED = ['spent', 'received', 'committed', 'budget'] as const satisfies readonly Measure[];

/**
 * For filters that match nothing: drops each part in turn and counts what that leaves.
 * @param countWithout rows that match when these parameters of the address are changed so
 */
async function findExclusions(
	sentence: readonly SentencePart[],
	countWithout: (changes: NonNullable<SentencePart['without']>) => Promise<number>
): Promise<Omit<Exclusions, 'measures'>> {
	const parts = sentence.flatMap(({ text, without }) => (without ? [{ part: text, without }] : []));
	const nothing = Object.fromEntries(
		parts.flatMap(({ without }) => Object.keys(without).map((n) => [n, null]))
	);
	const [unfiltered, ...counts] = await Promise.all([
		countWithout(nothing),
		...parts.slice(0, MOST_PARTS).map(({ without }) => countWithout(without))
	]);
	return {
		unfiltered,
		cleared: nothing,
		parts: parts
			.slice(0, MOST_PARTS)
			.map((part, index) => ({ ...part, count: counts[index]! }))
			.filter(({ count }) => count > 0)
	};
}

/** The same for a slice of the ledger, with the measures that the rest of the slice does hold. */
export async function explainEmptySlice(
	db: Kysely<DB>,
	slice: Slice,
	names: SliceNames,
	defaults: Slice
): Promise<Exclusions> {
	const count = async (changed: Slice) => (await total(db, changed)).entries;
	const found = await findExclusions(sliceSentence(slice, names), (changes) => {
		const free = Object.entries(changes).map(([name, value]) => [
			name,
			value ?? defaults[name as keyof Slice]
		]);
		return count({ ...slice, ...Object.fromEntries(free) });
	});
	const others = await totals(db, slice, MEASURES_TRIED);
	const measures = MEASURES_TRIED.filter((measure) => measure !== slice.measure).map((measure) => ({
		measure,
		count: others[measure].entries
	}));
	return { ...found, measures: measures.filter((other) => other.count > 0) };
}
