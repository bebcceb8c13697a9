import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { listPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, sliceOfTerm, sumsOfFormula, type TermValues } from '#lib/slice/formula.ts';
import type { Measure, Slice, Total } from '#lib/slice/slice.ts';

const MEASURES = ['spent', 'received', 'budget'] as const satisfies readonly Measure[];
const LINES = ['known', 'added', 'replaced', 'replacement', 'withdrawn'] as const;
export type ChangeLineKind = (typeof LINES)[number];
const POSTINGS_OFFERED = 12;

/** One measure then and now. Each figure is of its own slice; the formulas are of `known`'s slice. */
export type MeasureChange = {
	measure: (typeof MEASURES)[number];
	lines: Record<ChangeLineKind, { slice: Slice; total: Total }>;
	now: { slice: Slice; total: Total };
	difference: Decimal;
};

export type ChangesSince = {
	/** What is asked for; null where nothing is yet. */
	since: string | null;
	/** Postings of this nature that it can be asked since, the newest first. */
	postings: PostingStamp[];
	measures: MeasureChange[];
};

/** What of a slice's money was added, changed and withdrawn since a day or a posting. */
export async function readChangesSince(
	db: Kysely<DB>,
	slice: Slice,
	since: string | null
): Promise<ChangesSince> {
	const postings = await listPostings(db, slice.nature, slice.asof, POSTINGS_OFFERED);
	if (since === null) return { since, postings, measures: [] };
	return {
		since,
		postings,
		measures: await Promise.all(
			MEASURES.map((measure) => readMeasure(db, { ...slice, measure, change: `known:${since}` }, since))
		)
	};
}

async function readMeasure(db: Kysely<DB>, slice: Slice, since: string): Promise<MeasureChange> {
	const ask = async (asked: Slice) => ({ slice: asked, total: await total(db, asked) });
	const [now, ...found] = await Promise.all([
		ask({ ...slice, change: null }),
		...LINES.map((kind) => ask({ ...slice, change: `${kind}:${since}` }))
	]);
	const lines = Object.fromEntries(LINES.map((kind, index) => [kind, found[index]!]));
	const values: TermValues = Object.fromEntries(
		sumsOfFormula('difference').map((term) => {
			const { change } = sliceOfTerm(term, slice);
			return [term, found.find((line) => line.slice.change === change)!.total.amount];
		})
	);
	return {
		measure: slice.measure as MeasureChange['measure'],
		lines: lines as MeasureChange['lines'],
		now,
		difference: FORMULAS.difference.evaluate(values)!
	};
}
