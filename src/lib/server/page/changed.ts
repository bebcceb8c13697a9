import type { Question } from '#lib/server/answer.ts';
import { labelsOf, namesOf } from '#lib/server/facts/names.ts';
import { listPostings, readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { listChangedRows, type ChangedRow, type Reason } from '#lib/server/ledger/changed-rows.ts';
import { resolveSlice } from '#lib/server/ledger/resolve.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Since } from '#lib/slice/change.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import { narrowBy } from '#lib/slice/narrow.ts';
import type { Dimension, Slice, Sum } from '#lib/slice/slice.ts';
import { sliceSentence } from '#lib/slice/words.ts';
import { refuse } from './refuse.ts';
import { shownRow, type ShownRow } from './shown-row.ts';
import { compareSince, type MeasureChange } from './since.ts';

export const CHANGED_FIELDS = ['since'] as const;

const KINDS = ['added', 'replaced', 'replacement', 'withdrawn'] as const;
const CUTS = ['country', 'provider', 'heading'] as const satisfies readonly Dimension[];
const POSTINGS_OFFERED = 40;
const ROWS_SHOWN = 40;

/** What changed of one part of a cut. Figures are of `slice` with their own change; null for a kind that has no rows here. */
export type ChangedPart = {
	key: string | null;
	label: string | null;
	slice: Slice;
	sums: Record<(typeof KINDS)[number], Sum | null>;
	changed: Decimal | null;
	difference: Decimal;
};
export type ChangedCut = { by: (typeof CUTS)[number]; parts: ChangedPart[] };

/** A row that was added, changed or withdrawn, why, and what it adds to the difference. */
export type ChangedLine = {
	change: ChangedRow['change'];
	before: ShownRow | null;
	after: ShownRow | null;
	reason: (Omit<Reason, 'known_at'> & { knownAt: string }) | null;
};

/** What of a slice changed between two states of its books. */
export async function readChanged(question: Question<'since'>) {
	const { db, slice, fields } = question;
	if (slice.change !== null) refuse('change', slice.change, 'unknown');
	const [names, stamps, offered] = await Promise.all([
		namesOf(db, slice),
		readPostings(db, slice.asof, slice.version),
		listPostings(db, { ...slice, asof: null, version: null }, POSTINGS_OFFERED)
	]);
	const { since } = fields;
	const head = { slice, since, sentence: sliceSentence(slice, names), offered, until: stamps[slice.nature] };
	if (since === null) return { ...head, found: null };
	return { ...head, found: await readFound(question, slice, since) };
}

async function readFound({ db }: Question<'since'>, slice: Slice, since: Since) {
	const [[change], cuts, lines, from] = await Promise.all([
		compareSince(db, slice, since, [slice.measure]),
		readCuts(db, slice, since),
		readChangedLines(db, slice, since),
		readSince(db, slice, since)
	]);
	const whole = change!;
	const entries = KINDS.reduce((count, kind) => count + whole.lines[kind].total.entries, 0);
	/** Of a changed row the slice holds what it was, what it is, or both. */
	const shown = new Set(lines.flatMap(({ before, after }) => [before?.entry, after?.entry]));
	shown.delete(undefined);
	return { whole, cuts, lines, entries, left: entries - shown.size, from };
}

/** The posting that `since` names or was the last one on that day; null where nothing was known yet. */
async function readSince(
	db: Question<never>['db'],
	slice: Slice,
	since: Since
): Promise<PostingStamp | null> {
	const { change } = await resolveSlice(db, { ...slice, change: `added:${since}` });
	const no = change?.since ?? 0;
	const version = slice.nature === 'published' ? `${no}.0` : `0.${no}`;
	return no === 0 ? null : (await readPostings(db, null, version))[slice.nature];
}

/** The first rows that changed, of each kind so many. */
export async function readChangedLines(
	db: Question<never>['db'],
	slice: Slice,
	since: Since
): Promise<ChangedLine[]> {
	const rows = await listChangedRows(db, slice, since, ROWS_SHOWN);
	return rows.map(({ change, before, after, reason }) => ({
		change,
		before: before && shownRow(before),
		after: after && shownRow(after),
		reason: reason && reasonShown(reason)
	}));
}

function reasonShown({ known_at, ...reason }: Reason): ChangedLine['reason'] {
	return { ...reason, knownAt: known_at.toISOString() };
}

function readCuts(db: Question<never>['db'], slice: Slice, since: Since): Promise<ChangedCut[]> {
	// A slice that already names an organisation in another part has no room for a second one.
	const cuts = CUTS.filter((by) => narrowBy(slice, by, null) !== null);
	return Promise.all(cuts.map(async (by) => ({ by, parts: await readParts(db, slice, since, by) })));
}

async function readParts(
	db: Question<never>['db'],
	slice: Slice,
	since: Since,
	by: ChangedCut['by']
): Promise<ChangedPart[]> {
	const found = await Promise.all(
		KINDS.map(async (kind) => {
			const rows = await breakdown(db, { ...slice, change: `${kind}:${since}` }, [by]);
			return new Map(rows.map((row) => [row.keys[0] ?? null, row]));
		})
	);
	const keys = [...new Set(found.flatMap((rows) => [...rows.keys()]))];
	const labels = await labelsOf(db, by, keys);
	return keys
		.map((key): ChangedPart => {
			const sums = Object.fromEntries(
				KINDS.map((kind, index) => [kind, found[index]!.get(key) ?? null])
			) as ChangedPart['sums'];
			const values = {
				added_since: sums.added?.amount,
				replaced_since: sums.replaced?.amount,
				replacement_since: sums.replacement?.amount,
				withdrawn_since: sums.withdrawn?.amount
			};
			return {
				key,
				label: key === null ? null : (labels.get(key) ?? key),
				slice: narrowBy(slice, by, key)!,
				sums,
				changed: sums.replaced || sums.replacement ? FORMULAS.changed.evaluate(values) : null,
				difference: FORMULAS.difference.evaluate(values)!
			};
		})
		.sort((a, b) => (a.label === null ? 1 : b.label === null ? -1 : a.label.localeCompare(b.label)));
}

export type Changed = Awaited<ReturnType<typeof readChanged>>;
export type Found = NonNullable<Changed['found']>;
export type { MeasureChange };
