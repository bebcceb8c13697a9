import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { listPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import { totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, sliceOfTerm, sumsOfFormula, type TermValues } from '#lib/slice/formula.ts';
import type { Change } from '#lib/slice/change.ts';
import type { Measure, Slice, Total } from '#lib/slice/slice.ts';

const MEASURES = ['spent', 'received', 'budget'] as const satisfies readonly Measure[];
const LINES = ['known', 'added', 'replaced', 'replacement', 'withdrawn'] as const;
export type ChangeLineKind = (typeof LINES)[number];
const POSTINGS_OFFERED = 12;

/** One measure then and now. Each figure is of its own slice; the formulas are of `known`'s slice. */
export type MeasureChange = {
	measure: Measure;
	lines: Record<ChangeLineKind, { slice: Slice; total: Total }>;
	now: { slice: Slice; total: Total };
	/** After less before of what was changed. */
	changed: Decimal;
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
	const postings = await listPostings(db, slice, POSTINGS_OFFERED);
	return { since, postings, measures: since === null ? [] : await compareSince(db, slice, since, MEASURES) };
}

/** Each measure of a slice then and now, and what lies between; the slice's own measure does not matter. */
export async function compareSince(
	db: Kysely<DB>,
	slice: Slice,
	since: string,
	measures: readonly Measure[]
): Promise<MeasureChange[]> {
	const changes = [null, ...LINES.map((kind): Change => `${kind}:${since}`)];
	const asked = await Promise.all(
		changes.map(async (change) => {
			const changed = { ...slice, change };
			return { slice: changed, totals: await totals(db, changed, measures) };
		})
	);
	return measures.map((measure) => {
		const [now, ...found] = asked.map((one) => ({
			slice: { ...one.slice, measure },
			total: one.totals[measure]
		}));
		return compareMeasure({ ...slice, measure, change: `known:${since}` }, now!, found);
	});
}

/** @param found what stands so to what was known then, in the order of the lines */
function compareMeasure(
	slice: Slice,
	now: MeasureChange['now'],
	found: readonly MeasureChange['now'][]
): MeasureChange {
	const lines = Object.fromEntries(LINES.map((kind, index) => [kind, found[index]!]));
	const values: TermValues = Object.fromEntries(
		sumsOfFormula('difference').map((term) => {
			const { change } = sliceOfTerm(term, slice);
			return [term, found.find((line) => line.slice.change === change)!.total.amount];
		})
	);
	return {
		measure: slice.measure,
		lines: lines as MeasureChange['lines'],
		now,
		changed: FORMULAS.changed.evaluate(values)!,
		difference: FORMULAS.difference.evaluate(values)!
	};
}
